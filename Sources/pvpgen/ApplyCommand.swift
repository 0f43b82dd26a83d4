import ArgumentParser
import Diagnostics
import HostActions
import HostCheck
import Installation
import Linux
import Plan
import SystemdBus
import Units
import Views

struct ApplyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Apply the configuration to the running units",
        discussion: """
            Stops orphaned units and those that pvpgen diff calls outdated, stale or replaced, reloads systemd, \
            and starts them again, with \
            new ones if pvp.target is active, in systemd's order. Guests are restarted last: a guest with the same \
            domain keeps running, \
            and only its pvp-guest is restarted. It is stopped if its hugepages, network or disk changed. \
            An inactive unit stays inactive.
            Kernel arguments that the running kernel lacks are listed: they require pvpgen install and a reboot.
            With --root no command is run, and running units are ignored.

            Exit codes: 0 on success, 1 on failure, 3 if a reboot is required, 78 if the configuration has errors.

            Examples:
              pvpgen apply
              pvpgen apply --dry-run
            """)

    @OptionGroup var root: RootOption

    @Flag(help: "Print each command without running it.")
    var dryRun = false

    func run() throws {
        let plan = try validPlan(in: root.tree)
        let new = UnitTree(plan, problems: [], layout: .own)
        let present = UnitTree(reading: root.tree, DiffCommand.directory, layout: .own)
        let runner = CommandRunner(root: root.tree, isDry: dryRun)
        try exitOnProblem { () throws(Problem) in
            if !dryRun { try recordNetwork() }
            let manager = root.tree.prefix.isEmpty ? try ServiceManager() : nil
            let running =
                try manager.map { manager throws(Problem) in try RunningUnit.all([new, present], from: manager) } ?? []
            let difference = UnitDifference(from: present, to: new, running: running)
            let isUp = try manager?.properties(of: "pvp.target").activeState == "active"
            let applyPlan = ApplyPlan(difference, from: present, to: new, isTargetUp: isUp)
            for unit in difference.running where unit.configState != .current {
                let next = unit.configState == .orphan ? "stopped" : "restarted"
                let detail =
                    applyPlan.renewed.contains(unit.unit) ? "; the guest goes on if its domain is the same" : ""
                print("\(unit.unit): \(unit.configState.rawValue), to be \(next)\(detail)")
            }
            if applyPlan.actions.isEmpty { print("what runs is what the configuration says") }
            for action in applyPlan.actions { try runner.perform(action, by: manager) }
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
    /// Renews the record of the host's network that `pvpgen install` has written; where nothing is
    /// installed, uninstall would not remove it.
    private func recordNetwork() throws(Problem) {
        guard try Manifest.read(from: root.tree)?.owned.contains(where: { $0.path == NetworkRecord.path }) == true,
            let record = NetworkRecord(of: try HostNetwork(reading: root.tree), in: root.tree)
        else { return }
        do throws(SystemError) {
            try root.tree.replace(NetworkRecord.path, with: Array(record.text.utf8), mode: 0o600)
        } catch {
            throw error.problem(.fileUnwritable, remedy: "run the command as root, on a writable file system")
        }
    }
}

extension ExitCode {
    /// Not everything is up, or in effect.
    static let waiting = ExitCode(3)
}
