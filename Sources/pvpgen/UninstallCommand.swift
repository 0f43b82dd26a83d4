import ArgumentParser
import Config
import Diagnostics
import Installation
import JSON
import Linux
import SystemdBus
import Units
import Verbs
import Views

struct UninstallCommand: RootedVerb {
    static let configuration = CommandConfiguration(
        commandName: "uninstall", abstract: "Stop all units, and revert what install did",
        discussion: """
            Stops the units and waits for them: guests shut down, NICs return to their drivers, hugepages to the \
            kernel. \
            Then exactly the changes of install are reverted, all or none, and files that install --force saved are \
            restored. \
            A file that was changed since is an error; --force saves it as FILE.pvpgen-save.
            The configuration, the guests' disks and the builds remain unless --purge is given. While the \
            configuration exists, its units are generated at each boot.

            Examples:
              pvpgen uninstall
              pvpgen uninstall --dry-run
              pvpgen uninstall --purge
            """)

    @OptionGroup var root: RootOption
    @OptionGroup var form: JSONOption

    @Flag(
        help:
            """
            Also remove the configuration, the guests' disks and the builds: /etc/pvpgen, /opt/pvpgen, \
            /var/cache/pvpgen, /var/lib/pvpgen, /run/pvpgen and /run/pvp.
            """
    )
    var purge = false

    @Flag(help: "Print each file and command without any change.")
    var dryRun = false

    @Flag(help: "Continue if a file was changed since (it is saved as FILE.pvpgen-save) or a unit failed to stop.")
    var force = false

    var document: Document.Kind? { form.json ? .uninstall : nil }

    func run(_ output: VerbOutput) throws {
        let reverted = try output.events(["files", "commands", "units"], in: root.tree, isDry: dryRun) {
            runner throws(Problem) in
            let uninstaller = Uninstaller(with: runner, force: force, purge: purge)
            let isRecovered = try runner.recover()
            if runner.isBooted { try stop(runner, output) }
            let reboot = try uninstaller.run(
                afterRollback: isRecovered, configuration: ConfigFiles(in: root.tree).paths)
            if purge { try uninstaller.purge() }
            if runner.isBooted, reboot != nil || purge { try runner.perform(.reload, by: ServiceManager()) }
            if reboot == nil { runner.report(.note("nothing is installed")) }
            return reboot
        }
        guard let reboot = reverted else {
            // What an earlier removal has left in effect is not known any more; its mark stays.
            return output.add(["reboot_required": .null, "reboot_reasons": []])
        }
        output.add(reboot.json)
        if !dryRun, let warning = reboot.mark(in: root.tree) { output.report([warning]) }
    }

    /// Stops all of our units that run, in systemd's order. Stopping is what gives NICs and pages
    /// back, so one that fails to is an error.
    private func stop(_ runner: CommandRunner, _ output: VerbOutput) throws(Problem) {
        let present = UnitTree(reading: root.tree, UnitTree.generated, layout: .own)
        let manager = try ServiceManager()
        let running = try RunningUnit.all([present], from: manager).map(\.name)
        // A build that is stopped has failed, which is no error here.
        let builds = try RunningUnit.builds(from: manager)
        guard !running.isEmpty || !builds.isEmpty else { return }
        if runner.runs { output.markChanged() }
        try runner.perform(.stop(["pvp.target"] + builds + running), by: manager)
        guard runner.runs else { return }
        let failed = try manager.properties(of: running).filter { $0.activeState != "inactive" }
        for unit in running {
            runner.report(.unit(unit, failed.first { $0.id == unit }?.activeState ?? "stopped"))
        }
        guard let unit = failed.first, !force else { return }
        throw Problem(
            .unitNotStopped, "\(unit.id): expected inactive, got \(unit.activeState); nothing was removed",
            remedy: "read 'journalctl -u \(unit.id)'; --force continues nevertheless")
    }
}
