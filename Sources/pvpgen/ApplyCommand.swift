import ArgumentParser
import Diagnostics
import HostActions
import Installation
import Linux
import Plan
import UnitView
import Units

struct ApplyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Bring what runs to the configuration, as far as that goes without a reboot.",
        discussion: """
            Units that are no longer in the plan are stopped, those that pvpgen diff calls outdated or stale are stopped, then daemon-reload, \
            then they are started again, and with them what is new if pvp.target is up; systemd keeps to their order. A unit that was stopped stays stopped.
            Kernel arguments that this kernel was not booted with are listed: for them it takes pvpgen install and a reboot.
            With --root nothing is run, and the units that run are not looked at.
            Ends with 0 when what runs is the plan, 3 when something waits for a reboot, 1 when it failed, 78 when there are mistakes in the configuration.

            Examples:
              pvpgen apply
              pvpgen apply --dry-run
            """)

    @OptionGroup var root: RootOption

    @Flag(help: "Show each command, and run none.")
    var dryRun = false

    func run() throws {
        let plan = try soundPlan(in: root.tree)
        let new = UnitTree(plan, problems: [], layout: .own)
        let present = UnitTree(reading: root.tree, DiffCommand.directory, layout: .own)
        let hand = Hand(root: root.tree, isDry: dryRun)
        try attempt { () throws(Problem) in
            if !dryRun { try recordNetwork() }
            let isMachine = root.tree.prefix.isEmpty
            let running = isMachine ? try RunningUnit.all([new, present]) : []
            let difference = UnitDifference(from: present, to: new, running: running)
            let isUp = isMachine ? try UnitStatus.read(["pvp.target"]).first?.isUp ?? false : false
            let application = UnitApplication(difference, from: present, to: new, isTargetUp: isUp)
            for unit in difference.running where unit.freshness != .current {
                print("\(unit.unit): \(unit.freshness.rawValue), to be \(unit.freshness == .orphan ? "stopped" : "restarted")")
            }
            if application.commands.isEmpty { print("what runs is what the configuration says") }
            for command in application.commands { try hand.run(command) }
        }
        let waiting = HostCheck(plan: plan, root: root.tree).argumentStates.filter { $0.reason != .present }
        guard !waiting.isEmpty else { return }
        for state in waiting { print("\(state.text): \(state.explanation)") }
        let isGiven = waiting.allSatisfy { $0.reason == .notBooted }
        print(isGiven ? "next: systemctl reboot" : "next: pvpgen install, then systemctl reboot")
        throw ExitCode.waiting
    }
}

extension ApplyCommand {
    /// Renews the record of the host's network that `pvpgen install` has written; where nothing is installed, uninstall would not remove it.
    private func recordNetwork() throws(Problem) {
        guard try Manifest.read(from: root.tree)?.owned.contains(where: { $0.path == NetworkRecord.path }) == true,
            let record = NetworkRecord(of: try HostNetwork(reading: root.tree), in: root.tree)
        else { return }
        do throws(SystemError) {
            try root.tree.replace(NetworkRecord.path, with: Array(record.text.utf8), mode: 0o600)
        } catch {
            throw error.problem("not-written", remedy: "run it as root, on a file system that can be written")
        }
    }
}

extension ExitCode {
    /// Not everything is up, or in effect.
    static let waiting = ExitCode(3)
}
