import Diagnostics
import Linux

/// What `install` wrote: a copy of each file below `/var/lib/pvpgen/installed`, so that `uninstall` takes back exactly that.
struct InstalledFiles {
    static let directory = "/var/lib/pvpgen/installed"
    let root: Root

    /// Whether the file is as `install` would write it, and recorded.
    func isCurrent(_ path: String, _ content: String) -> Bool {
        (try? root.bytes(path)) == Array(content.utf8) && (try? root.bytes(Self.directory + path)) == Array(content.utf8)
    }

    /// Refuses a file that somebody else made or changed. One that has the `expected` content was written by an install that was cut short.
    func checkOwnership(_ path: String, expected: String = "") throws(Problem) {
        guard let found = try? root.bytes(path), found != Array(expected.utf8), found != (try? root.bytes(Self.directory + path)) else {
            return
        }
        throw Problem(
            "file-changed", "\(path) was not written by pvpgen install, or was changed since",
            remedy: "move it away, then run pvpgen install again")
    }

    /// Writes the file.
    func write(_ path: String, _ content: String) throws(Problem) {
        try wrapping { () throws(SystemError) in try root.replace(path, with: Array(content.utf8)) }
    }

    /// Records the file as installed: done last, so that an install that was cut short is done again.
    func record(_ path: String, _ content: String) throws(Problem) {
        try wrapping { () throws(SystemError) in try root.replace(Self.directory + path, with: Array(content.utf8)) }
    }

    /// Removes the file and forgets it.
    func remove(_ path: String) throws(Problem) {
        try wrapping { () throws(SystemError) in try root.remove(path) }
    }

    /// Forgets the file.
    func forget(_ path: String) throws(Problem) {
        try wrapping { () throws(SystemError) in try root.remove(Self.directory + path) }
    }

    private func wrapping(_ body: () throws(SystemError) -> Void) throws(Problem) {
        do throws(SystemError) {
            try body()
        } catch {
            throw error.problem("not-written", remedy: "run it as root, on a file system that can be written")
        }
    }
}
