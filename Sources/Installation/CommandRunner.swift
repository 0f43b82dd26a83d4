package import Diagnostics
package import Linux
import SystemdBus

/// Who runs the commands of an installation: this machine does; in a tree, and for `--dry-run`,
/// they are shown.
package struct CommandRunner {
    var root: Root
    var isDry: Bool

    /// For the machine or tree below `root`; `isDry` shows commands without running them.
    package init(root: Root, isDry: Bool) {
        self.root = root
        self.isDry = isDry
    }

    /// Whether commands are run.
    package var runs: Bool { root.prefix.isEmpty && !isDry }

    /// Whether systemd runs here (`sd_booted(3)`): it does not in a chroot, where a package may be
    /// removed.
    package var isBooted: Bool { root.prefix.isEmpty && root.exists("/run/systemd/system") }

    /// Runs a command, or shows it. `systemctl daemon-reload` is a call to systemd.
    package func run(_ command: Command) throws(Problem) {
        let text = command.arguments.map(Self.quoted).joined(separator: " ")
        guard runs else { return print(isDry ? "would run: \(text)" : "to be run in \(root.prefix): \(text)") }
        guard command == UnitAction.reload.command else { return try command.succeed() }
        // In a chroot an interrupted installation can be rolled back too, and no systemd runs.
        if isBooted { try ServiceManager().perform(.reload) }
    }

    /// Takes back what a run that was cut short has left; whether there was one.
    package func recover() throws(Problem) -> Bool {
        let isOpen = Transaction.isOpen(in: root)
        if isDry {
            if isOpen { print("an earlier run was interrupted: it would be rolled back first") }
            return isOpen
        }
        for path in try Transaction.recover(in: root, run) where path != Manifest.path {
            print("\(path): rolled back, an earlier run was interrupted")
        }
        return isOpen
    }

    /// Does all of a transaction, or shows its commands.
    package func perform(_ transaction: Transaction) throws(Problem) {
        // A tree's files change, and what is shown is to be run after that.
        if !isDry, !transaction.changes.isEmpty { return try transaction.run(in: root, run) }
        for command in transaction.commands { try run(command) }
    }

    /// A word as a shell takes it.
    static func quoted(_ word: String) -> String {
        let isPlain =
            !word.isEmpty
            && word.utf8.allSatisfy { byte in
                Character(Unicode.Scalar(byte)).isLetter && byte < 0x80 || Character(Unicode.Scalar(byte)).isNumber
                    || "-_=./,:@+%".utf8.contains(byte)
            }
        return isPlain
            ? word : "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}

extension Command {
    /// Runs it; a status other than 0 is a problem that has the command's last line in it.
    func succeed() throws(Problem) {
        let result = try run()
        guard result.status != 0 else { return }
        let last = result.output.split(separator: "\n").last.map(String.init) ?? "no message"
        throw Problem(
            .commandFailed, "'\(arguments.joined(separator: " "))': failed with status \(result.status): \(last)",
            remedy: "run the command by hand to see all of its output")
    }
}
