import ArgumentParser
import BootLoader
import Config
import Diagnostics
import HostActions
import Installation
import Linux
import SystemdBus
import Units
import Views

struct UninstallCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "uninstall", abstract: "Stop all units, and revert what install did",
        discussion: """
            Stops the units and waits for them: guests shut down, NICs return to their drivers, hugepages to the \
            kernel. \
            Then exactly the changes of install are reverted, all or none, and files that install --force saved are \
            restored. \
            A file that was changed since is an error; --force saves it as FILE.pvpgen-save.
            The configuration and the guests' disks remain unless --purge is given. While the configuration exists, \
            its units are generated at each boot.

            Examples:
              pvpgen uninstall && systemctl reboot
              pvpgen uninstall --dry-run
              pvpgen uninstall --purge
            """)

    @OptionGroup var root: RootOption

    @Flag(
        help:
            """
            Also remove the configuration and the guests' disks: /etc/pvpgen, /var/lib/pvpgen, /run/pvpgen and /run/pvp.
            """
    )
    var purge = false

    @Flag(help: "Print each file and command without any change.")
    var dryRun = false

    @Flag(help: "Continue if a file was changed since (it is saved as FILE.pvpgen-save) or a unit failed to stop.")
    var force = false

    private static let own = ["/etc/pvpgen", "/var/lib/pvpgen", "/run/pvpgen", "/run/pvp"]

    func run() throws {
        let runner = CommandRunner(root: root.tree, isDry: dryRun)
        try exitOnProblem { () throws(Problem) in
            let isRecovered = try runner.recover()
            if runner.isBooted { try stop(runner) }
            let isDone = try takeBack(isRecovered, runner)
            if purge { try removeAll() }
            if runner.isBooted, isDone || purge { try runner.perform(.reload, by: ServiceManager()) }
            if !isDone { print("nothing is installed") }
        }
    }

    /// Stops all of our units that run, in systemd's order. Stopping is what gives NICs and pages
    /// back, so one that fails to is an error.
    private func stop(_ runner: CommandRunner) throws(Problem) {
        let present = UnitTree(reading: root.tree, DiffCommand.directory, layout: .own)
        let manager = try ServiceManager()
        let running = try RunningUnit.all([present], from: manager).map(\.name)
        guard !running.isEmpty else { return }
        try runner.perform(.stop(["pvp.target"] + running), by: manager)
        guard runner.runs else { return }
        let failed = try manager.properties(of: running).filter { $0.activeState != "inactive" }
        for unit in running { print("\(unit): \(failed.first { $0.id == unit }?.activeState ?? "stopped")") }
        guard let unit = failed.first, !force else { return }
        throw Problem(
            .unitNotStopped, "\(unit.id): expected inactive, got \(unit.activeState); nothing was removed",
            remedy: "read 'journalctl -u \(unit.id)'; --force continues nevertheless")
    }

    /// Whether there was something.
    private func takeBack(_ isRecovered: Bool, _ runner: CommandRunner) throws(Problem) -> Bool {
        let tree = root.tree
        guard let old = try Manifest.read(from: tree) else { return false }
        // A boot loader that is gone needs no command; its files, if any are left, are in the
        // manifest.
        let steps = (try? BootLoader(rawValue: old.bootLoader)?.steps([], in: tree)) ?? BootSteps()
        var changes = InstallPlan(on: tree, after: old, force: force)
        changes.manifest.arguments = []
        try changes.removeObsolete(entries: steps.shared.filter { $0.baseContent == nil })
        try changes.finish()
        if !runner.runs { print(changes.text(isDry: dryRun), terminator: "") }
        let reloads = AppArmor.reloads(after: changes.changes.map(\.path), in: tree)
        let commands = changes.isForBootLoader || isRecovered ? steps.commands : []
        try runner.perform(Transaction(changes.changes, commands: reloads + commands))
        if runner.runs { print(changes.text(isDry: false), terminator: "") }
        if !dryRun {
            for directory in old.directories.reversed() { _ = try? tree.removeEmptyDirectory(directory) }
            // One that a package or a hypervisor brought is not ours to remove.
            if !purge,
                let path = ConfigFiles(in: tree).paths.first(where: { path in
                    Self.own.contains { path.hasPrefix($0 + "/") }
                })
            {
                print("\(path): kept, and its units are generated at each boot; --purge removes it")
            }
            print(changes.isForBootLoader ? "next: systemctl reboot" : "done")
        }
        return true
    }

    private func removeAll() throws(Problem) {
        let lock = dryRun ? nil : try Transaction.lock(in: root.tree)
        defer { withExtendedLifetime(lock) {} }
        for directory in Self.own where root.tree.exists(directory) {
            print("\(directory): \(dryRun ? "would be removed" : "removed")")
            if dryRun { continue }
            do throws(SystemError) {
                try root.tree.removeTree(directory)
            } catch {
                throw error.problem(.notRemoved, remedy: "run the command as root, with nothing mounted in there")
            }
        }
    }
}
