import ArgumentParser
import Config
import Diagnostics
import HostActions
import HostTopology
import Linux
import Plan

struct InstallCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "install",
        abstract: "Find NICs by MAC address, give the plan's kernel arguments to the boot loader, and make the units known.",
        discussion:
            "Running it again changes nothing. pvpgen uninstall takes everything back.\n\nExamples:\n  pvpgen install && systemctl reboot")

    @OptionGroup var root: RootOption

    func run() throws {
        if let macs = Config.macAddresses(in: root.tree) {
            try attempt { () throws(Problem) in
                for line in try NICSearch(macs, in: root.tree).remember() { print(line) }
            }
        }
        let plan = try soundPlan(in: root.tree)
        if show(HostCheck(plan: plan, root: root.tree).devices) { throw ExitCode.failure }
        try attempt { () throws(Problem) in
            if root.tree.prefix.isEmpty { try Self.load() }
            try installArguments(of: plan)
        }
        let missing = HostCheck(plan: plan, root: root.tree).missingArguments
        print(missing.isEmpty ? "next: systemctl start pvp.target" : "next: systemctl reboot, then systemctl start pvp.target")
    }

    private func installArguments(of plan: Plan) throws(Problem) {
        let arguments = plan.kernelArguments
        guard GRUB.isThere(in: root.tree) else {
            throw Problem(
                "boot-loader", "no boot loader that pvpgen knows: expected /etc/default/grub.d and update-grub",
                remedy: "add to the kernel command line by hand: \(arguments.map(\.text).joined(separator: " "))")
        }
        let files = InstalledFiles(root: root.tree)
        let content = GRUB.content(arguments)
        if files.isCurrent(GRUB.path, content) { return print("\(GRUB.path): unchanged") }
        try files.checkOwnership(GRUB.path, before: "install")
        try files.write(GRUB.path, content) { () throws(Problem) in
            if root.tree.prefix.isEmpty { try GRUB.update.succeed() }
        }
        print("\(GRUB.path): written")
    }

    /// What a boot would do, so that the units are there without one.
    static func load() throws(Problem) {
        try Command(["systemd-tmpfiles", "--create", "pvpgen.conf"]).succeed()
        try Command(["udevadm", "control", "--reload"]).succeed()
        try Command(["udevadm", "trigger", "--subsystem-match=pci", "--action=change"]).succeed()
        try Command(["systemctl", "daemon-reload"]).succeed()
    }
}

extension Config {
    /// Every `MACAddress=` of a `[NIC]`; `nil` when there are mistakes, which are the plan's to report: what is remembered of a NIC must not go for a slip of the pen.
    fileprivate static func macAddresses(in root: Root) -> [MACAddress]? {
        let files = ConfigFiles(in: root)
        let (config, problems) = parse(files.files)
        return (files.problems + problems).contains { $0.severity == .error } ? nil : config.nics.compactMap(\.macAddress)
    }
}

extension Command {
    /// Runs it; a status other than 0 is a problem that has the command's last line in it.
    func succeed() throws(Problem) {
        let result = try run()
        guard result.status != 0 else { return }
        let last = result.output.split(separator: "\n").last.map(String.init) ?? "no message"
        throw Problem(
            "command-failed", "\(arguments.joined(separator: " ")) ended with \(result.status): \(last)",
            remedy: "run it by hand to see more")
    }
}
