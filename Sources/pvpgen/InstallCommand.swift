import ArgumentParser
import Diagnostics
import Linux
import Plan
import Units

struct InstallCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "install", abstract: "Give the plan's kernel arguments to the boot loader, and make the units known.",
        discussion:
            "Running it again changes nothing. pvpgen uninstall takes everything back.\n\nExamples:\n  pvpgen install && systemctl reboot")

    @OptionGroup var root: RootOption

    func run() throws {
        let plan = try soundPlan(in: root.tree)
        try attempt { () throws(Problem) in
            try checkDevices(of: plan)
            try installArguments(of: plan)
            if root.tree.prefix.isEmpty { try Self.load() }
        }
        let missing = HostCheck(plan: plan, root: root.tree).missingArguments
        print(missing.isEmpty ? "next: systemctl start pvp.target" : "next: systemctl reboot, then systemctl start pvp.target")
    }

    private func installArguments(of plan: Plan) throws(Problem) {
        let arguments = plan.kernelArguments
        guard GRUB.isThere(in: root.tree) else {
            throw Problem(
                "boot-loader", "no boot loader that pvpgen knows: expected /etc/default/grub and update-grub",
                remedy: "add to the kernel command line by hand: \(arguments.map(\.text).joined(separator: " "))")
        }
        let files = InstalledFiles(root: root.tree)
        let content = GRUB.content(arguments)
        if files.isCurrent(GRUB.path, content) { return print("\(GRUB.path): unchanged") }
        try files.checkOwnership(GRUB.path, expected: content)
        let before = try? root.tree.bytes(GRUB.path)
        try files.write(GRUB.path, content)
        do throws(Problem) {
            try update()
        } catch {
            if let before { try files.write(GRUB.path, String(decoding: before, as: UTF8.self)) } else { try files.remove(GRUB.path) }
            throw error
        }
        try files.record(GRUB.path, content)
        print("\(GRUB.path): written")
    }

    private func update() throws(Problem) {
        if root.tree.prefix.isEmpty { try GRUB.update.succeed() }
    }

    /// EAL's own parsers look at the devices before a boot does.
    private func checkDevices(of plan: Plan) throws(Problem) {
        guard root.tree.prefix.isEmpty, let program = Command.find(Self.checker) else { return }
        for testpmd in plan.testpmds {
            let devices = testpmd.nics.flatMap { ["-a", "\($0)"] } + testpmd.devices.flatMap { ["--vdev", $0] }
            try Command([program, "check"] + devices).succeed()
        }
    }

    static let checker = "/usr/lib/pvpgen/pvp-dpdk"

    /// What a boot would do, so that the units are there without one.
    static func load() throws(Problem) {
        try Command(["systemd-tmpfiles", "--create", "pvpgen.conf"]).succeed()
        try Command(["udevadm", "control", "--reload"]).succeed()
        try Command(["udevadm", "trigger", "--subsystem-match=pci", "--action=change"]).succeed()
        try Command(["systemctl", "daemon-reload"]).succeed()
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
