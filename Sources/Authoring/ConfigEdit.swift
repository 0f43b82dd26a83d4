package import Config
package import Diagnostics
package import Linux

/// A change of a configuration file by the user's editor. It is made in a copy beside the file,
/// which exists once: a second edit at the same time is refused, and nothing that a user wrote is
/// lost when this process ends.
package struct ConfigEdit: Sendable {
    /// The file, and the copy that the editor opens. No reader of the configuration takes the copy
    /// for one, because of the dot.
    package let path: String
    private let copy: String
    private let root: Root
    private let name: String?
    /// The content of the file before; `nil` if there was none.
    private let before: [UInt8]?

    /// Creates the copy of `pvp.conf`, or of a drop-in. Throws `file-exists`, `file-unreadable`,
    /// `file-unwritable`.
    package init(_ dropIn: String?, in root: Root) throws(Problem) {
        let directory = ConfigFiles.directories[0]
        let folder = dropIn == nil ? directory : "\(directory)/\(ConfigFiles.name).d"
        let file = dropIn ?? ConfigFiles.name
        path = "\(folder)/\(file)"
        copy = "\(folder)/.\(file).edit"
        name = dropIn
        self.root = root
        before = try Self.current(path, in: root)
        do throws(SystemError) {
            // As closed as a file with a secret in it may be.
            try root.create(copy, with: before ?? [], mode: 0o600)
        } catch {
            guard error.code == Errno.exists else { throw error.problem(.fileUnwritable, remedy: Self.remedy) }
            throw Problem(
                .fileExists, "\(copy): already exists, because another 'pvpgen edit' is running or was interrupted",
                remedy: "end the other edit; after an interruption, save what you need of the file and remove it")
        }
    }

    /// Opens the copy in the user's editor and waits for its end. Throws `editor-failed`; the copy
    /// then stays.
    package func open() throws(Problem) {
        let words = Self.editor()
        let status = try Command(words + [root.path(copy)]).runOnTerminal()
        guard status == 0 else {
            throw Problem(
                .editorFailed, "\(words[0]): exit status \(status), \(path) is not changed",
                remedy: "save what you need of \(copy) and remove it; set EDITOR to another editor")
        }
    }

    /// The words of the first variable that is set, or an editor that exists (systemctl(1), edit).
    private static func editor() -> [String] {
        let variables = ["SYSTEMD_EDITOR", "EDITOR", "VISUAL"].compactMap { Environment[$0] }
        if let words = variables.map({ $0.split(separator: " ").map(String.init) }).first(where: { !$0.isEmpty }) {
            return words
        }
        return [["editor", "nano", "vim"].first { Command.find($0) != nil } ?? "vi"]
    }

    /// The copy as a candidate for the file; `nil` if it is the same. Throws `file-unreadable`.
    package func candidate() throws(Problem) -> ConfigFiles.Candidate? {
        let content = try after()
        guard content != before ?? [] else { return nil }
        return ConfigFiles.Candidate(dropIn: name, .init(path: path, content: content))
    }

    /// Puts the copy in place; the file keeps its owner and mode. Throws `file-changed` if another
    /// process has changed the file since, `file-unreadable`, `file-unwritable`.
    package func publish() throws(Problem) {
        let content = try after()
        guard try Self.current(path, in: root) == before else { throw changed }
        do throws(SystemError) {
            // A file that another process creates from here on is not replaced; a link to nothing
            // stays a link.
            if before == nil, (try? root.link(path)) == nil {
                try root.create(path, with: content)
            } else {
                try root.overwrite(path, with: content)
            }
        } catch {
            throw error.code == Errno.exists ? changed : error.problem(.fileUnwritable, remedy: Self.remedy)
        }
        try discard()
    }

    private var changed: Problem {
        Problem(
            .fileChanged, "\(path): another process has changed the file, leaving its change",
            remedy: "compare with your change in \(copy), and remove \(copy)")
    }

    /// Removes the copy. Throws `file-unwritable`.
    package func discard() throws(Problem) {
        do throws(SystemError) {
            try root.remove(copy)
        } catch {
            throw error.problem(.fileUnwritable, remedy: "remove the file")
        }
    }

    private static func current(_ path: String, in root: Root) throws(Problem) -> [UInt8]? {
        do throws(SystemError) {
            return try root.contents(path)
        } catch {
            throw error.problem(
                .fileUnreadable, remedy: "run the command as root, and check that it is a regular file")
        }
    }

    private func after() throws(Problem) -> [UInt8] {
        do throws(SystemError) {
            return try root.bytes(copy)
        } catch {
            throw error.problem(.fileUnreadable, remedy: "run 'pvpgen edit' again")
        }
    }

    private static let remedy = "run the command as root"
}
