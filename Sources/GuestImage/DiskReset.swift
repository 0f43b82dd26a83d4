package import Diagnostics
package import Linux
import Plan

/// Removes a guest's disk, so that its next start creates a new one over the same image.
package enum DiskReset {
    /// Removes the disk and returns the removed files. What the guest is known by, its ssh host
    /// key, stays.
    ///
    /// `refuseUse` throws if the disk is in use. The closure is called twice: at once, because
    /// waiting for a pvp-image that fetches an image may take hours, and under the lock of
    /// pvp-image, when no other process can begin to use the disk.
    package static func reset(
        _ guest: String, in root: Root, waiting: () -> Void = {}, refuseUse: () throws(Problem) -> Void = {}
    ) throws(Problem) -> [String] {
        try refuseUse()
        let directory = DiskPlan.directory(of: guest)
        guard root.exists(directory) else {
            throw Problem(
                .noDisk, "guest \(guest): \(directory) not found",
                remedy: "run 'pvpgen guest list' to list the guests with a disk")
        }
        let lock = try GuestDisk.lock(guest, in: root, waiting: waiting)
        defer { withExtendedLifetime(lock) {} }
        try refuseUse()
        // The record goes last: without a disk it means nothing.
        let files = ["disk.qcow2", "disk.qcow2.part", "disk.origin"].map { "\(directory)/\($0)" }.filter(root.exists)
        for file in files {
            do {
                try root.remove(file)
            } catch {
                throw error.problem(.diskNotRemoved, remedy: "run the command as root")
            }
        }
        return files
    }
}
