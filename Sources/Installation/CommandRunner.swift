package import Diagnostics
package import Linux
package import SystemdBus

/// Who runs the commands of an installation: this machine does; in a tree, and for `--dry-run`,
/// they are reported only.
package struct CommandRunner {
    let root: Root
    let isDry: Bool
    package let report: (InstallEvent) -> Void

    /// For the machine or tree below `root`; `isDry` reports commands without running them.
    package init(root: Root, isDry: Bool, report: @escaping (InstallEvent) -> Void) {
        self.root = root
        self.isDry = isDry
        self.report = report
    }

    /// Whether commands are run.
    package var runs: Bool { root.prefix.isEmpty && !isDry }

    /// Whether systemd runs here (`sd_booted(3)`): it does not in a chroot, where a package may be
    /// removed.
    package var isBooted: Bool { root.prefix.isEmpty && root.exists("/run/systemd/system") }

    /// Runs a command, or reports it. `systemctl daemon-reload` is a call to systemd.
    package func run(_ command: Command) throws(Problem) {
        report(.command(command, isRun: runs))
        guard runs else { return }
        guard command == UnitAction.reload.command else { return try command.succeed() }
        // In a chroot an interrupted installation can be rolled back too, and no systemd runs.
        if isBooted { try ServiceManager().perform(.reload) }
    }

    /// Performs the action, or reports the systemctl command that does the same; `manager` is `nil`
    /// if systemd does not run.
    package func perform(_ action: UnitAction, by manager: ServiceManager?) throws(Problem) {
        guard runs, let manager else { return try run(action.command) }
        report(.command(action.command, isRun: true))
        try manager.perform(action)
    }

    /// Rolls back what an interrupted run has left; whether there was one.
    package func recover() throws(Problem) -> Bool {
        let isOpen = Transaction.isOpen(in: root)
        if isDry {
            if isOpen { report(.interrupted) }
            return isOpen
        }
        for path in try Transaction.recover(in: root, run) where path != Manifest.path { report(.rolledBack(path)) }
        return isOpen
    }

    /// Does all of a transaction, or reports its commands.
    package func perform(_ transaction: Transaction) throws(Problem) {
        // A tree's files change, and the reported commands are to be run after that.
        if !isDry, !transaction.changes.isEmpty { return try transaction.run(in: root, run) }
        for command in transaction.commands { try run(command) }
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

    /// Its words as a shell takes them.
    package var quoted: String { arguments.map(Self.quoted).joined(separator: " ") }

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
