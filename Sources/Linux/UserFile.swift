package import Diagnostics
import Glibc

/// Files that the user names on the command line: a name without a slash in front is from the
/// working directory.
package enum UserFile {
    /// All of a file; `-` is standard input. Waits for what a FIFO or another process gives, such
    /// as `<(COMMAND)` of a shell. Throws `file-unreadable` with the remedy.
    package static func read(
        _ name: String, remedy: String = "name a file that can be read, or - for standard input"
    ) throws(Problem) -> [UInt8] {
        do throws(SystemError) {
            if name == "-" { return try Descriptor.readToEnd(Descriptor.standardInput, "standard input") }
            let path = absolute(name)
            let file = Descriptor(owning: try Root.machine.openDescriptor(path, O_RDONLY | O_NOCTTY))
            return try withExtendedLifetime(file) { () throws(SystemError) in
                try Descriptor.readToEnd(file.number, path)
            }
        } catch {
            throw error.problem(.fileUnreadable, remedy: remedy)
        }
    }

    /// Writes a file, whole or not at all; see ``Root/overwrite(_:with:)``. Throws
    /// `file-unwritable`.
    package static func write(_ name: String, _ text: String) throws(Problem) {
        do throws(SystemError) {
            try Root.machine.overwrite(absolute(name), with: Array(text.utf8))
        } catch {
            throw error.problem(.fileUnwritable, remedy: "name a writable file")
        }
    }

    /// Writes a file that must not exist yet, not even as a link to nothing. Throws `file-exists`,
    /// `file-unwritable`.
    package static func create(
        _ name: String, _ text: String, remedy: String = "name another file, or remove it"
    ) throws(Problem) {
        do throws(SystemError) {
            try Root.machine.create(absolute(name), with: Array(text.utf8))
        } catch {
            guard error.code == EEXIST else {
                throw error.problem(.fileUnwritable, remedy: "name a writable file")
            }
            throw Problem(.fileExists, "\(absolute(name)): already exists", remedy: remedy)
        }
    }

    /// Where a file is.
    package static func absolute(_ name: String) -> String {
        if name.hasPrefix("/") { return name }
        return CurrentProcess.workingDirectory.map { "\($0)/\(name)" } ?? name
    }
}
