import ArgumentParser
import BootLoader
import Config
import Diagnostics
import HostActions
import HostCheck
import HostTopology
import Installation
import Linux
import Plan
import Presentation
import Values

struct InstallCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "install",
        abstract: "Add the kernel arguments to the boot loader, and record NICs",
        discussion: """
            Runs pvpgen check first, except for what the reboot changes, and changes nothing if there is an error. Then all files change or none: \
            the next install or uninstall rolls back an interrupted run. A second run changes nothing. pvpgen uninstall reverts everything.

            Boot loaders, detected by their files or selected with --boot-loader=:
              grub           Debian, Ubuntu: a file for update-grub
              grub-bls       Fedora, RHEL: /boot/loader/entries/*.conf
              grub-mkconfig  Arch, openSUSE: /etc/default/grub
              systemd-boot   loader/entries/*.conf in /efi, /boot, /boot/efi
              uki            unified kernel images: an addon, by ukify
              print          anything else: the arguments are printed
            New kernels get the arguments too: /etc/kernel/cmdline and /etc/default/grub are changed where kernel-install and grub2-mkconfig read them. \
            Other arguments stay unchanged and in place; one that existed before remains after uninstall. Rescue entries are not changed. \
            Where libvirt's AppArmor profiles do not allow what guests need (the CPUs of a NUMA node, an Emulator= outside of /usr/bin), \
            rules are added to the local rules, and libvirt's profile is loaded again.

            With --root no command is run; the commands to run there are printed.

            Examples:
              pvpgen install && systemctl reboot
              pvpgen install --dry-run
              pvpgen install --boot-loader=print
            """)

    @OptionGroup var root: RootOption

    @Option(help: ArgumentHelp("Boot loader to use instead of the detected one.", valueName: "name"))
    var bootLoader: BootLoader?

    @Flag(help: "Print each file and command without any change.")
    var dryRun = false

    @Flag(help: "Replace files that another process created or changed; they are saved as FILE.pvpgen-save.")
    var force = false

    func run() throws {
        let tree = root.tree
        let runner = CommandRunner(root: tree, isDry: dryRun)
        let nics = try attempt { () throws(Problem) in
            try Config.macAddresses(in: tree).map { macs throws(Problem) in try NICSearch(macs, in: tree).find() }
        }
        let plan = try soundPlan(in: tree, remembered: nics)
        if show(HostCheck(plan: plan, root: tree).preflight) { throw ExitCode.failure }
        let isComplete = try attempt { () throws(Problem) in
            let isRecovered = try runner.recover()
            return try install(plan, nics ?? [], isRecovered, runner)
        }
        let states = HostCheck(plan: plan, root: tree).argumentStates.filter { $0.reason != .present }
        if !dryRun { Self.tell(states) }
        if !isComplete, !states.isEmpty { throw ExitCode.failure }
    }

    /// Whether all could be done: an unknown boot loader is left to the reader.
    private func install(_ plan: Plan, _ nics: [NICRecord], _ isRecovered: Bool, _ runner: CommandRunner)
        throws(Problem) -> Bool
    {
        let tree = root.tree
        let arguments = plan.kernelArguments.map(\.text)
        let found: BootLoader? = if let bootLoader { bootLoader } else { try BootLoader.find(in: tree) }
        let loader = found ?? .manual
        let steps = try loader.steps(arguments, in: tree)
        let old = try Manifest.read(from: tree)
        var changes = InstallPlan(on: tree, after: old, force: force)
        changes.manifest.bootLoader = loader.rawValue
        changes.manifest.arguments = loader == .manual ? [] : arguments
        if !nics.isEmpty {
            let known = NICRecord.read(from: tree)
            for nic in nics where !known.contains(nic) { print(nic) }
            try changes.own(NICRecord.path, Array(NICRecord.text(nics).utf8), isForBootLoader: false)
        }
        if let record = NetworkRecord(of: try HostNetwork(reading: tree), in: tree) {
            try changes.own(NetworkRecord.path, Array(record.text.utf8), isForBootLoader: false)
        }
        for (path, content) in steps.owned { try changes.own(path, content, isForBootLoader: true) }
        if let (path, content) = try steps.produced(arguments, after: old, in: tree, runner) {
            if let content { try changes.own(path, content, isForBootLoader: true) } else { changes.expect(path) }
        }
        for file in steps.shared { try changes.share(file, arguments) }
        if !plan.guests.isEmpty {
            for addition in AppArmor.additions(for: plan.emulatorPaths, in: tree) {
                try changes.share(addition.path, lines: addition.lines)
            }
        }
        try changes.removeObsolete()
        if changes.isForBootLoader || old?.arguments != changes.manifest.arguments {
            changes.manifest.boot = HostCheck.boot(of: tree)
        }
        try changes.finish()
        if !runner.runs { print(changes.text(isDry: dryRun), terminator: "") }
        let commands =
            (changes.isForBootLoader || isRecovered ? steps.commands : []) + (runner.isBooted ? Self.load : [])
        let reloads = AppArmor.reloads(after: changes.changes.map(\.path), in: tree)
        try runner.perform(Transaction(changes.changes, commands: reloads + commands))
        if runner.runs { print(changes.text(isDry: false), terminator: "") }
        if loader == .manual, !arguments.isEmpty {
            print("add to the kernel command line by hand: \(arguments.joined(separator: " "))")
            if found == nil {
                show([
                    Problem(
                        .bootLoader, "no supported boot loader found",
                        remedy: "set --boot-loader=, or add the arguments by hand",
                        severity: HostCheck(plan: plan, root: tree).argumentStates.allSatisfy { $0.reason == .present }
                            ? .warning : .error)
                ])
            }
        }
        return found != nil
    }

    /// What the running kernel lacks, and what is next.
    private static func tell(_ states: [ArgumentState]) {
        let width = states.map(\.text.utf8.count).max() ?? 0
        for state in states {
            print("\(state.text)\(String(repeating: " ", count: width - state.text.utf8.count))  \(state.explanation)")
        }
        print(
            states.isEmpty
                ? "next: systemctl start pvp.target" : "next: systemctl reboot, then systemctl start pvp.target")
    }

    /// Runs the generators as a boot would, so that the units exist without one.
    static let load = [
        Command(["systemd-tmpfiles", "--create", "pvpgen.conf"]), Command(["udevadm", "control", "--reload"]),
        Command(["udevadm", "trigger", "--subsystem-match=pci", "--action=change"]),
        Command(["systemctl", "daemon-reload"]),
    ]
}

extension BootLoader: ExpressibleByArgument {}

extension Config {
    /// Every `MACAddress=` of a `[NIC]`; `nil` if there are errors, which the plan reports: a
    /// misspelled address must not remove the record of a NIC.
    fileprivate static func macAddresses(in root: Root) -> [MACAddress]? {
        let files = ConfigFiles(in: root)
        let (config, problems) = parse(files.files)
        return (files.problems + problems).hasError
            ? nil : config.nics.compactMap(\.macAddress)
    }
}
