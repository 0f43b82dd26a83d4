import ArgumentParser
import BootLoader
import Config
import Diagnostics
import HostActions
import Installation
import Linux
import UnitView
import Units

struct UninstallCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "uninstall", abstract: "Stop what runs, and take back what install did.",
        discussion: """
            The units are stopped and waited for: guests shut down, NICs go back to their kernel drivers, hugepages to the kernel. \
            Then exactly what install has put on the disk goes, all or nothing; a file of somebody else's that install --force has put aside comes back. \
            A file that was changed since is an error; --force keeps it as FILE.pvpgen-save.
            The configuration and the guests' disks stay, but for --purge; while the configuration is there, units are made of it at each boot, and Autostart=yes starts them.

            Examples:
              pvpgen uninstall && systemctl reboot
              pvpgen uninstall --dry-run
              pvpgen uninstall --purge
            """)

    @OptionGroup var root: RootOption

    @Flag(help: "Remove the configuration and the guests' disks too: /etc/pvpgen, /var/lib/pvpgen, /run/pvpgen and /run/pvp.")
    var purge = false

    @Flag(help: "Show each file and command, and change nothing.")
    var dryRun = false

    @Flag(help: "Go on when a file was changed since, which is kept as FILE.pvpgen-save, or a unit failed to stop.")
    var force = false

    private static let own = ["/etc/pvpgen", "/var/lib/pvpgen", "/run/pvpgen", "/run/pvp"]

    func run() throws {
        let hand = Hand(root: root.tree, isDry: dryRun)
        try attempt { () throws(Problem) in
            let isRecovered = try hand.recover()
            if hand.isBooted { try stop(hand) }
            let isDone = try takeBack(isRecovered, hand)
            if purge { try removeAll() }
            if hand.isBooted, isDone || purge { try hand.run(Command(["systemctl", "daemon-reload"])) }
            if !isDone { print("nothing is installed") }
        }
    }

    /// Stops all of our units that run, in systemd's order. Stopping is what gives NICs and pages back, so one that fails to is an error.
    private func stop(_ hand: Hand) throws(Problem) {
        let present = UnitTree(reading: root.tree, DiffCommand.directory, layout: .own)
        let running = try RunningUnit.all([present]).map(\.name)
        guard !running.isEmpty else { return }
        try hand.run(Command(["systemctl", "stop", "--", "pvp.target"] + running))
        guard hand.runs else { return }
        let failed = try UnitStatus.read(running).filter { $0.active != "inactive" }
        for unit in running { print("\(unit): \(failed.first { $0.unit == unit }?.active ?? "stopped")") }
        guard let unit = failed.first, !force else { return }
        throw Problem(
            "unit-not-stopped", "\(unit.unit) is \(unit.active), stopped expected; nothing was taken back",
            remedy: "journalctl -u \(unit.unit); --force goes on all the same")
    }

    /// Whether there was something.
    private func takeBack(_ isRecovered: Bool, _ hand: Hand) throws(Problem) -> Bool {
        let tree = root.tree
        guard let old = try Manifest.read(from: tree) else { return false }
        // A boot loader that is gone needs no command; its files, if any are left, are in the manifest.
        let steps = (try? BootLoader(rawValue: old.bootLoader)?.steps([], in: tree)) ?? BootSteps()
        var changes = InstallPlan(on: tree, after: old, force: force)
        changes.manifest.arguments = []
        try changes.dropTheRest(entries: steps.shared.filter { $0.seed == nil })
        changes.finish()
        if !hand.runs { print(changes.text(isDry: dryRun), terminator: "") }
        let reloads = AppArmor.reloads(after: changes.changes.map(\.path), in: tree)
        let commands = changes.isForBootLoader || isRecovered ? steps.commands : []
        try hand.perform(Transaction(changes.changes, commands: reloads + commands))
        if hand.runs { print(changes.text(isDry: false), terminator: "") }
        if !dryRun {
            for directory in old.directories.reversed() { _ = try? tree.removeEmptyDirectory(directory) }
            // One that a package or a hypervisor brought is not ours to remove.
            if !purge, let path = ConfigFiles(in: tree).paths.first(where: { path in Self.own.contains { path.hasPrefix($0 + "/") } }) {
                print("\(path): kept, and its units are made at each boot; --purge removes it")
            }
            print(changes.isForBootLoader ? "next: systemctl reboot" : "done")
        }
        return true
    }

    private func removeAll() throws(Problem) {
        for directory in Self.own where root.tree.exists(directory) {
            print("\(directory): \(dryRun ? "would be removed" : "removed")")
            if dryRun { continue }
            do throws(SystemError) {
                try root.tree.removeTree(directory)
            } catch {
                throw error.problem("not-removed", remedy: "run it as root, with nothing mounted in there")
            }
        }
    }
}
