import Diagnostics
import Linux

/// What `install` wrote: a copy of each file, so that `uninstall` takes back exactly that. A copy is `pending` from before the file is written until the boot loader has
/// read it, so that a run which was cut short anywhere is known and can be finished or taken back.
struct InstalledFiles {
    private static let pending = "/var/lib/pvpgen/pending"
    private static let installed = "/var/lib/pvpgen/installed"
    let root: Root

    /// Whether the file is as `install` would write it, and the last run went through.
    func isCurrent(_ path: String, _ content: String) -> Bool {
        let wanted = Array(content.utf8)
        return (try? root.bytes(path)) == wanted && (try? root.bytes(Self.installed + path)) == wanted && !root.exists(Self.pending + path)
    }

    /// Whether `install` has been here.
    func isKnown(_ path: String) -> Bool { root.exists(Self.installed + path) || root.exists(Self.pending + path) }

    /// Refuses a file that somebody else made or changed.
    func checkOwnership(_ path: String, before verb: String) throws(Problem) {
        guard let found = try? root.bytes(path) else { return }
        if found == (try? root.bytes(Self.installed + path)) || found == (try? root.bytes(Self.pending + path)) { return }
        throw Problem(
            "file-changed", "\(path) was not written by pvpgen install, or was changed since",
            remedy: "move it away, then run pvpgen \(verb) again")
    }

    /// Writes the file; `body` is what must follow before it counts as installed. If that fails the file is as it was.
    func write(_ path: String, _ content: String, then body: () throws(Problem) -> Void) throws(Problem) {
        let before = try? root.bytes(path)
        try wrapping { () throws(SystemError) in
            try root.replace(Self.pending + path, with: Array(content.utf8))
            try root.replace(path, with: Array(content.utf8))
        }
        do throws(Problem) {
            try body()
        } catch {
            try wrapping { () throws(SystemError) in
                if let before { try root.replace(path, with: before) } else { try root.remove(path) }
                try root.remove(Self.pending + path)
            }
            throw error
        }
        try wrapping { () throws(SystemError) in
            try root.replace(Self.installed + path, with: Array(content.utf8))
            try root.remove(Self.pending + path)
        }
    }

    /// Removes the file; `body` is what must follow before it is forgotten.
    func remove(_ path: String, then body: () throws(Problem) -> Void) throws(Problem) {
        try wrapping { () throws(SystemError) in try root.remove(path) }
        try body()
        try wrapping { () throws(SystemError) in
            try root.remove(Self.pending + path)
            try root.remove(Self.installed + path)
        }
    }

    private func wrapping(_ body: () throws(SystemError) -> Void) throws(Problem) {
        do throws(SystemError) {
            try body()
        } catch {
            throw error.problem("not-written", remedy: "run it as root, on a file system that can be written")
        }
    }
}
