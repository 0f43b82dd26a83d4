package import BootLoader
package import Diagnostics
package import HostActions
package import HostTopology
package import Linux
package import Plan
import SystemdBus

/// `pvpgen install`: the kernel arguments for the boot loader, the records of NICs and of the
/// host's network, the rules for AppArmor; all of it or nothing.
package struct Installer {
    let plan: Plan
    /// NICs that were found by their MAC address.
    let nics: [NICRecord]
    let runner: CommandRunner
    /// Used instead of the detected one.
    let bootLoader: BootLoader?
    let isForced: Bool

    /// Runs the generators as a boot would, so that the units exist without one.
    private static let load = [
        Command(["systemd-tmpfiles", "--create", "pvpgen.conf"]), Command(["udevadm", "control", "--reload"]),
        Command(["udevadm", "trigger", "--subsystem-match=pci", "--action=change"]),
        UnitAction.reload.command,
    ]

    /// For a plan on the machine of `runner`. With `force` files that another process created or
    /// changed are saved and replaced.
    package init(_ plan: Plan, nics: [NICRecord], with runner: CommandRunner, bootLoader: BootLoader?, force: Bool) {
        self.plan = plan
        self.nics = nics
        self.runner = runner
        self.bootLoader = bootLoader
        isForced = force
    }

    private var root: Root { runner.root }

    /// Installs, after a rollback of an interrupted run. Returns the problem of an unknown boot
    /// loader, for which the arguments have to be added by hand. Throws `file-changed`,
    /// `file-saved`, `file-unreadable`, `file-unwritable`, `command-failed`, `manifest-broken`.
    package func run() throws(Problem) -> Problem? {
        let isRecovered = try runner.recover()
        let arguments = plan.kernelArguments.map(\.text)
        let found: BootLoader? = if let bootLoader { bootLoader } else { try BootLoader.find(in: root) }
        let loader = found ?? .manual
        let steps = try loader.steps(arguments, in: root)
        let old = try Manifest.read(from: root)
        var changes = InstallPlan(on: root, after: old, force: isForced)
        changes.manifest.bootLoader = loader.rawValue
        changes.manifest.arguments = loader == .manual ? [] : arguments
        try addRecords(to: &changes)
        try addBootFiles(steps, arguments, after: old, to: &changes)
        if !plan.guests.isEmpty {
            for addition in AppArmor.additions(for: plan.emulatorPaths, in: root) {
                try changes.share(addition.path, lines: addition.lines)
            }
        }
        try changes.removeObsolete()
        changes.manifest.removed = ArgumentState.removed(from: old, besides: arguments, on: root).map(\.text)
        if changes.isForBootLoader || old?.arguments != changes.manifest.arguments {
            changes.manifest.boot = root.bootID
        }
        try changes.finish()
        let commands =
            (changes.isForBootLoader || isRecovered ? steps.commands : []) + (runner.isBooted ? Self.load : [])
        try runner.perform(changes, then: commands)
        guard loader == .manual, !arguments.isEmpty else { return nil }
        runner.report(.note("add to the kernel command line by hand: \(arguments.joined(separator: " "))"))
        guard found == nil else { return nil }
        let isBooted = !RebootState(of: plan, on: root).isRequired
        return Problem(
            .bootLoader, "no supported boot loader found",
            remedy: "set --boot-loader=, or add the arguments by hand", severity: isBooted ? .warning : .error)
    }

    private func addRecords(to changes: inout InstallPlan) throws(Problem) {
        if !nics.isEmpty {
            let known = NICRecord.read(from: root)
            for nic in nics where !known.contains(nic) { runner.report(.nic(nic)) }
            try changes.own(NICRecord.path, Array(NICRecord.text(nics).utf8), isForBootLoader: false)
        }
        if let record = NetworkRecord(of: try HostNetwork(reading: root), in: root) {
            try changes.own(NetworkRecord.path, Array(record.text.utf8), isForBootLoader: false)
        }
    }

    private func addBootFiles(
        _ steps: BootSteps, _ arguments: [String], after old: Manifest?, to changes: inout InstallPlan
    ) throws(Problem) {
        for (path, content) in steps.owned { try changes.own(path, content, isForBootLoader: true) }
        if let (path, content) = try steps.produced(arguments, after: old, in: root, with: runner) {
            if let content { try changes.own(path, content, isForBootLoader: true) } else { changes.expect(path) }
        }
        for file in steps.shared { try changes.share(file, arguments) }
    }
}

extension CommandRunner {
    /// Changes the files of a plan, runs commands and what AppArmor needs, and reports the files.
    func perform(_ plan: InstallPlan, then commands: [Command]) throws(Problem) {
        let all = AppArmor.reloads(after: plan.changes.map(\.path), in: root) + commands
        if isDry { report(.files(plan)) }
        // Elsewhere than on this machine, commands are for later.
        if runs || isDry { try perform(Transaction(plan.changes, commands: all)) }
        if isDry { return }
        if !runs { try perform(Transaction(plan.changes)) }
        report(.files(plan))
        if !runs { for command in all { try run(command) } }
    }
}

extension NetworkRecord {
    /// Renews the record that `pvpgen install` has written; returns whether it has changed. Where
    /// nothing is installed, uninstall would not remove it. Throws `file-unwritable`,
    /// `manifest-broken`.
    package static func renew(in root: Root) throws(Problem) -> Bool {
        guard try Manifest.read(from: root)?.owned.contains(where: { $0.path == path }) == true,
            let record = NetworkRecord(of: try HostNetwork(reading: root), in: root)
        else { return false }
        let text = Array(record.text.utf8)
        do throws(SystemError) {
            if try root.contents(path) == text { return false }
            try root.replace(path, with: text, mode: 0o600)
            return true
        } catch {
            throw error.problem(.fileUnwritable, remedy: "run the command as root, on a writable file system")
        }
    }
}
