package import Diagnostics
package import Linux

/// The files that make up the configuration, found as systemd finds its own (`systemd.syntax(7)`,
/// `systemd-analyze(1)` cat-config).
package struct ConfigFiles: Sendable {
    /// Whether systemd would read a file of this name as a drop-in.
    package static func isDropIn(_ name: String) -> Bool {
        name.hasSuffix(".conf") && !name.hasPrefix(".") && !name.contains("/")
    }

    /// A file and what is in it.
    package struct File: Hashable, Sendable {
        /// Its path within the root.
        package var path: String
        /// Its content.
        package var content: [UInt8]
        /// Creates a file, for tests.
        package init(path: String, content: [UInt8]) {
            self.path = path
            self.content = content
        }
    }

    /// A file that is not in place yet, for a check of what it changes.
    package struct Candidate: Hashable, Sendable {
        /// Its name in `/etc/pvpgen`: `pvp.conf`, or that of a drop-in in `pvp.conf.d`.
        package var name: String
        /// Its path in messages, and its content.
        package var file: File
        /// Creates a candidate; with `name` it is a drop-in, which ends in `.conf`.
        package init(dropIn name: String? = nil, _ file: File) {
            self.name = name ?? ConfigFiles.name
            self.file = file
        }
    }

    /// Directories by precedence, the first wins.
    package static let directories = ["/etc/pvpgen", "/run/pvpgen", "/usr/local/lib/pvpgen", "/usr/lib/pvpgen"]
    /// The main file's name.
    package static let name = "pvp.conf"
    /// The credential of that name, which a hypervisor hands in (`systemd.system-credentials(7)`):
    /// the main file where there is no other.
    package static let credential = "/run/credentials/@system/\(name)"

    /// Where they are: the main file first, then the drop-ins in the order of their names. Masked
    /// and unreadable ones are among them.
    package var paths: [String] = []
    /// Those that could be read, in that order.
    package var files: [File] = []
    /// Files that exist and could not be read.
    package var problems: [Problem] = []

    /// Finds and reads the files below a root. The first main file counts; drop-ins of all
    /// directories are taken together, and of two with the same name the one in the earlier
    /// directory counts, even when it is a directory or a dangling link. A link to `/dev/null`
    /// masks its name; a masked main file has drop-ins all the same (systemd 252: conf_files_cat in
    /// src/shared/pretty-print.c, conf_files_list_strv in src/basic/conf-files.c). A candidate is
    /// taken for the file of its name in `/etc/pvpgen`.
    package init(in root: Root, with candidate: Candidate? = nil) {
        if let candidate, candidate.name == Self.name { take(candidate.file) } else { readMain(in: root) }
        var dropIns: [DropIn] = []
        if let candidate, candidate.name != Self.name {
            dropIns.append(DropIn(name: Array(candidate.name.utf8), path: candidate.file.path))
        }
        for directory in Self.directories.map({ "\($0)/\(Self.name).d" }) {
            for name in names(in: directory, root) where Self.isDropIn(name) {
                let dropIn = DropIn(name: Array(name.utf8), path: "\(directory)/\(name)")
                if !dropIns.contains(where: { $0.name == dropIn.name }) { dropIns.append(dropIn) }
            }
        }
        for dropIn in dropIns.sorted(by: { $0.name.lexicographicallyPrecedes($1.name) }) {
            if let candidate, dropIn.name == Array(candidate.name.utf8) {
                take(candidate.file)
            } else {
                read(dropIn.path, in: root)
            }
        }
    }

    private mutating func readMain(in root: Root) {
        for path in Self.directories.map({ "\($0)/\(Self.name)" }) + [Self.credential] {
            // One that cannot be looked up may exist.
            if !root.isMissing(path) {
                read(path, in: root)
                break
            }
            // systemd ignores a dangling link without a message, but its settings are missing.
            guard (try? root.link(path)) != nil else { continue }
            read(path, in: root)
            if Self.isMasked(path, in: root) { break }
        }
    }

    /// The names in a directory of drop-ins; only a missing one has none.
    private mutating func names(in directory: String, _ root: Root) -> [String] {
        do throws(SystemError) {
            return try root.list(directory)
        } catch {
            if error.code != Errno.noSuchFileOrDirectory {
                problems.append(
                    error.problem(.configUnreadable, remedy: "make it a directory that can be read, or remove it"))
            }
            return []
        }
    }

    /// Whether a link masks its name. An image that is being built need not have the device.
    private static func isMasked(_ path: String, in root: Root) -> Bool {
        (try? root.link(path)) != nil && root.resolved(path) == "/dev/null"
    }

    private struct DropIn {
        /// In bytes: two strings are equal when they look the same, two file names are not.
        var name: [UInt8]
        var path: String
    }

    private mutating func take(_ candidate: File) {
        paths.append(candidate.path)
        files.append(candidate)
    }

    private mutating func read(_ path: String, in root: Root) {
        paths.append(path)
        if Self.isMasked(path, in: root) { return }
        do throws(SystemError) {
            guard let content = try root.contents(path) else {
                throw SystemError("open", path, code: Errno.noSuchFileOrDirectory)
            }
            files.append(File(path: path, content: content))
        } catch {
            problems.append(error.problem(.configUnreadable, remedy: "make it a file that can be read, or remove it"))
        }
    }
}
