public import Diagnostics
public import Linux
import Plan

/// Throws a guest's disk away, so that its next start makes a new one over the same image.
public enum DiskReset {
    /// Removes it and returns what was removed. What the guest is known by, its ssh host key, stays.
    public static func reset(_ guest: String, in root: Root) throws(Problem) -> [String] {
        let directory = DiskPlan.directory(of: guest)
        guard root.exists(directory) else {
            throw Problem(
                "no-disk", "guest \(guest): there is no \(directory)",
                remedy: "`pvpgen guest list` shows the guests with a disk of their own")
        }
        // The record goes last: without a disk it means nothing.
        let files = ["disk.qcow2", "disk.qcow2.part", "disk.origin"].map { "\(directory)/\($0)" }.filter(root.exists)
        for file in files {
            do {
                try root.remove(file)
            } catch {
                throw error.problem("disk-not-removed", remedy: "run it as root")
            }
        }
        return files
    }
}
