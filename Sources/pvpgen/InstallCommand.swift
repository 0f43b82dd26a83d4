import ArgumentParser
import BootLoader
import Config
import Diagnostics
import HostActions
import HostCheck
import Installation
import JSON
import Linux
import Values
import Verbs

struct InstallCommand: RootedVerb {
    static let configuration = CommandConfiguration(
        commandName: "install",
        abstract: "Add the kernel arguments to the boot loader, and record NICs",
        discussion: """
            Runs pvpgen check first, except for what the reboot changes, and changes nothing if there is an error. \
            Then all files change or none: \
            the next install or uninstall rolls back an interrupted run. A second run changes nothing. \
            pvpgen uninstall reverts everything.

            Boot loaders, detected by their files or selected with --boot-loader=:
              grub           Debian, Ubuntu: a file for update-grub
              grub-bls       Fedora, RHEL: /boot/loader/entries/*.conf
              grub-mkconfig  Arch, openSUSE: /etc/default/grub
              systemd-boot   loader/entries/*.conf in /efi, /boot, /boot/efi
              uki            unified kernel images: an addon, by ukify
              print          anything else: the arguments are printed
            New kernels get the arguments too: /etc/kernel/cmdline and /etc/default/grub are changed where \
            kernel-install and grub2-mkconfig read them. \
            Other arguments stay unchanged and in place; one that existed before remains after uninstall. \
            Rescue entries are not changed. \
            Where libvirt's AppArmor profiles do not allow what guests need (the CPUs of a NUMA node, an Emulator= \
            outside of /usr/bin), \
            rules are added to the local rules, and libvirt's profile is loaded again.

            With --root no command is run; the commands to run there are printed.

            Exit codes: 0 on success and with --dry-run, 1 on failure, 3 if a reboot is required, 78 if the \
            configuration has errors.

            Examples:
              pvpgen install
              pvpgen install --dry-run
              pvpgen install --boot-loader=print
            """)

    @OptionGroup var root: RootOption
    @OptionGroup var form: JSONOption

    @Option(help: ArgumentHelp("Boot loader to use instead of the detected one.", valueName: "name"))
    var bootLoader: BootLoader?

    @Flag(help: "Print each file and command without any change.")
    var dryRun = false

    @Flag(help: "Replace files that another process created or changed; they are saved as FILE.pvpgen-save.")
    var force = false

    var document: Document.Kind? { form.json ? .install : nil }

    func run(_ output: VerbOutput) throws {
        let tree = root.tree
        let nics = try Config.macAddresses(in: tree).map { macs throws(Problem) in try NICSearch(macs, in: tree).find()
        }
        let plan = try output.plan(in: tree, remembered: nics)
        if output.report(HostCheck(plan: plan, root: tree).preflight) { throw ExitCode.failure }
        let manual = try output.events(["files", "commands", "nics"], in: tree, isDry: dryRun) {
            runner throws(Problem) in
            try Installer(plan, nics: nics ?? [], with: runner, bootLoader: bootLoader, force: force).run()
        }
        if let manual { output.report([manual]) }
        let reboot = RebootState(of: plan, on: tree)
        output.add(reboot.json)
        if !dryRun {
            if let warning = reboot.mark(in: tree) { output.report([warning]) }
            output.print(reboot.text, terminator: "")
            let remedy = reboot.remedy(isManual: true)
            output.print("next: \(remedy)\(remedy.isEmpty ? "" : ", then ")systemctl start pvp.target")
        }
        if manual?.severity == .error { throw ExitCode.failure }
        if !dryRun, reboot.isRequired { throw ExitCode.waiting }
    }
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
