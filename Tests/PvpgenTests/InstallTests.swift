import Foundation
import Linux
import TestSupport
import Testing

@Suite struct InstallTests {
    /// The machine of case 01 as a tree that can be written, with GRUB as on Debian.
    static func machine() throws -> Tree {
        let tree = try host()
        try tree.write("/etc/default/grub.d/init-select.cfg", "# other\n")
        try tree.write("/usr/sbin/update-grub", "")
        return tree
    }

    /// The same without a boot loader. Nothing is missing on it but what a reboot brings.
    static func host() throws -> Tree {
        let tree = try HostCase("01-example").tree
        try tree.write("/proc/cmdline", "quiet\n")
        for program in [
            "/usr/bin/dpdk-testpmd", "/usr/bin/qemu-system-x86_64", "/usr/bin/qemu-img", "/usr/sbin/dnsmasq",
        ] {
            try tree.root.replace(program, with: [], mode: 0o755)
        }
        try tree.root.replace("/var/lib/libvirt/images/guest.qcow2", with: [0x51, 0x46, 0x49, 0xfb, 0, 0, 0, 3])
        try tree.directory("/sys/module/vfio_pci")
        return tree
    }

    static func pvpgen(_ verb: String, _ tree: Tree) throws -> Program.Result {
        try Program(name: "pvpgen").run([verb, "--root=\(tree.path)"])
    }

    /// Every file below `/etc` and `/boot` with its content.
    static func files(_ tree: Tree) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: tree.path)
        where name.hasPrefix("etc") || name.hasPrefix("boot") {
            files[name] = FileManager.default.contents(atPath: "\(tree.path)/\(name)") ?? Data()
        }
        return files
    }

    @Test func installThenUninstallLeavesNothing() throws {
        let tree = try Self.machine()
        let before = try Self.files(tree)
        let installed = try Self.pvpgen("install", tree)
        #expect(installed.status == 3 && installed.error == "")
        #expect(
            installed.output.hasPrefix(
                "/etc/default/grub.d/60-pvpgen.cfg: written\nto be run in \(tree.path): update-grub\ndefault_hug"))
        #expect(
            installed.output.hasSuffix(
                "iommu=pt                         not booted yet\n"
                    + "next: systemctl reboot, then systemctl start pvp.target\n"
            ))
        #expect(
            try tree.text("/etc/default/grub.d/60-pvpgen.cfg").contains(
                "GRUB_CMDLINE_LINUX_DEFAULT=\"$GRUB_CMDLINE_LINUX_DEFAULT default_hugepagesz=1G hugepagesz=1G "
                    + "hugepages=5 isolcpus=managed_irq,domain,1-7 "
            ))
        let after = try Self.files(tree)
        let again = try Self.pvpgen("install", tree)
        #expect(again.output.hasPrefix("/etc/default/grub.d/60-pvpgen.cfg: unchanged\n"))
        #expect(try Self.files(tree) == after)
        let removed = try Self.pvpgen("uninstall", tree)
        #expect(removed.status == 0)
        let kept = "/etc/pvpgen/pvp.conf: kept, and its units are generated at each boot; --purge removes it\n"
        #expect(
            removed.output
                == "/etc/default/grub.d/60-pvpgen.cfg: removed\nto be run in \(tree.path): update-grub\n"
                + "\(kept)done\n"
        )
        #expect(try Self.files(tree) == before)
        #expect(try Self.pvpgen("uninstall", tree).output == "nothing is installed\n")
    }

    @Test func aConfigurationThatPurgeLeavesAloneIsNotSaidToBeRemovedByIt() throws {
        let tree = try Self.machine()
        let text = try tree.text("/etc/pvpgen/pvp.conf")
        try tree.root.remove("/etc/pvpgen/pvp.conf")
        try tree.write("/usr/lib/pvpgen/pvp.conf", text)
        #expect(try Self.pvpgen("install", tree).output.contains("60-pvpgen.cfg: written"))
        let removed = try Self.pvpgen("uninstall", tree)
        #expect(removed.status == 0 && !removed.output.contains("kept"), "\(removed)")
    }

    @Test func aFileOfAnotherOwnerStays() throws {
        let tree = try Self.machine()
        try tree.write("/etc/default/grub.d/60-pvpgen.cfg", "mine\n")
        let refused = try Self.pvpgen("install", tree)
        #expect(
            refused.status == 1
                && refused.error.contains("/etc/default/grub.d/60-pvpgen.cfg: not written by 'pvpgen install'"))
        #expect(try tree.text("/etc/default/grub.d/60-pvpgen.cfg") == "mine")
        let before = try Snapshot(tree)
        let forced = try Program(name: "pvpgen").run(["install", "--force", "--root=\(tree.path)"])
        #expect(forced.status == 3 && forced.output.contains("60-pvpgen.cfg: kept beside it as .pvpgen-save\n"))
        #expect(try tree.text("/etc/default/grub.d/60-pvpgen.cfg.pvpgen-save") == "mine")
        let removed = try Self.pvpgen("uninstall", tree)
        #expect(removed.status == 0 && removed.output.contains("60-pvpgen.cfg: restored\n"))
        #expect(try Snapshot(tree) == before)
    }

    @Test func aFileThatWasChangedStays() throws {
        let tree = try Self.machine()
        _ = try Self.pvpgen("install", tree)
        try tree.write("/etc/default/grub.d/60-pvpgen.cfg", "changed\n")
        let before = try Snapshot(tree)
        for verb in ["install", "uninstall"] {
            let refused = try Self.pvpgen(verb, tree)
            #expect(
                refused.status == 1
                    && refused.error.contains("60-pvpgen.cfg: not written by 'pvpgen install', or changed since\n"))
            #expect(refused.error.contains("then run 'pvpgen \(verb)' again; --force keeps it as"))
        }
        #expect(try Snapshot(tree) == before)
        let forced = try Program(name: "pvpgen").run(["uninstall", "--force", "--root=\(tree.path)"])
        #expect(forced.status == 0 && !tree.root.exists("/etc/default/grub.d/60-pvpgen.cfg"))
        #expect(try tree.text("/etc/default/grub.d/60-pvpgen.cfg.pvpgen-save") == "changed")
    }

    @Test func whatTheMachineLacksInstallsNothing() throws {
        let tree = try Self.machine()
        try tree.root.remove("/usr/bin/qemu-img")
        let before = try Snapshot(tree)
        let refused = try Self.pvpgen("install", tree)
        #expect(refused.status == 1 && refused.error.contains("/usr/bin/qemu-img: not found"))
        #expect(try Snapshot(tree) == before)
    }

    @Test func purgeRemovesConfigurationAndDisks() throws {
        let tree = try Self.machine()
        let other = try Snapshot(tree).files.keys.filter { !$0.hasPrefix("etc/pvpgen/") }
        _ = try Self.pvpgen("install", tree)
        try tree.write("/var/lib/pvpgen/guests/guest/disk.qcow2", "x")
        try tree.write("/run/pvpgen/pvp.conf.d/x.conf", "")
        try tree.write("/opt/pvpgen/builds/dpdk-24.11.1-0123abcd/build.json", "")
        try tree.write("/var/cache/pvpgen/builds/lock", "")
        try tree.write("/etc/pvpgen/builds/dpdk-24.11", "")
        let dry = try Program(name: "pvpgen").run(["uninstall", "--purge", "--dry-run", "--root=\(tree.path)"])
        #expect(
            dry.output.contains("/var/lib/pvpgen: would be removed\n")
                && tree.root.exists("/run/pvpgen/pvp.conf.d/x.conf"))
        #expect(try Program(name: "pvpgen").run(["uninstall", "--purge", "--root=\(tree.path)"]).status == 0)
        for directory in ["/etc/pvpgen", "/opt/pvpgen", "/var/cache/pvpgen", "/var/lib/pvpgen", "/run/pvpgen"] {
            #expect(!tree.root.exists(directory))
        }
        #expect(try Set(Snapshot(tree).files.keys) == Set(other))
    }

    @Test func aMistakeInstallsNothing() throws {
        let tree = try Self.machine()
        try tree.write("/etc/pvpgen/pvp.conf", "[NIC]\nPCIAdress=0000:17:00.0\n")
        let before = try Self.files(tree)
        let refused = try Self.pvpgen("install", tree)
        #expect(
            refused.status == 78
                && refused.error.contains("/etc/pvpgen/pvp.conf:2:1: error: unknown key 'PCIAdress' in [NIC]"))
        #expect(try Self.files(tree) == before)
    }

    @Test func anotherBootLoaderGetsTheArgumentsPrinted() throws {
        let tree = try Self.machine()
        try tree.root.remove("/usr/sbin/update-grub")
        let refused = try Self.pvpgen("install", tree)
        #expect(
            refused.status == 1 && refused.error.contains("error: no supported boot loader found\n  set --boot-loader=")
        )
        #expect(refused.output.contains("add to the kernel command line by hand: default_hugepagesz=1G"))
        let named = try Program(name: "pvpgen").run(["install", "--boot-loader=print", "--root=\(tree.path)"])
        #expect(named.status == 3 && named.error == "" && named.output.contains("by hand: default_hugepagesz=1G"))
    }

    /// A card whose MAC address only its kernel driver reports: found before it is on vfio-pci,
    /// known afterwards, reported when it is moved.
    @Test func aNICIsFoundByItsMACAddressAndRemembered() throws {
        let tree = try Self.machine()
        let nic = "/sys/bus/pci/devices/0000:17:00.0"
        for (file, text) in [
            ("vendor", "0x8086"), ("device", "0x10d3"), ("subsystem_vendor", "0x8086"), ("subsystem_device", "0xa01f"),
        ] {
            try tree.write("\(nic)/\(file)", text + "\n")
        }
        let driver =
            "\0\u{7f}PMD_INFO_STRING= {\"name\": \"net_e1000_em\", \"kmod\": \"* vfio-pci\", \"pci_ids\": [[32902, "
            + "4307, 65535, 65535]]}\0"
        try tree.root.replace(
            "/usr/bin/dpdk-testpmd", with: ELFFile.program(libraries: ["librte_eal.so.23"]), mode: 0o755)
        try tree.write("/usr/lib/x86_64-linux-gnu/dpdk/pmds-23.0/librte_net_e1000.so", driver)
        try tree.write("\(nic)/net/eth1/address", "68:05:ca:12:34:56\n")
        try tree.write("\(nic)/net/eth1/addr_assign_type", "0\n")
        let config = try tree.text("/etc/pvpgen/pvp.conf").replacingOccurrences(
            of: "PCIAddress=0000:17:00.0", with: "MACAddress=68:05:CA:12:34:56")
        try tree.write("/etc/pvpgen/pvp.conf", config)
        let unknown = try Self.pvpgen("plan", tree)
        #expect(
            unknown.error.contains("MACAddress=68:05:ca:12:34:56: PCI address not recorded yet")
                && unknown.error.contains("pvpgen install")
        )
        let installed = try Self.pvpgen("install", tree)
        #expect(
            installed.status == 3
                && installed.output.hasPrefix("68:05:ca:12:34:56: NIC 0000:17:00.0, 8086:10d3, card 8086:a01f\n"))
        #expect(installed.output.contains("/var/lib/pvpgen/nics: written\n"))
        try FileManager.default.removeItem(atPath: tree.root.path("\(nic)/net"))
        #expect(try Self.pvpgen("plan", tree).status == 0)
        let again = try Self.pvpgen("install", tree)
        #expect(again.status == 3 && again.output.contains("/etc/default/grub.d/60-pvpgen.cfg: unchanged\n"))
        // An error elsewhere does not remove its record.
        try tree.write("/etc/pvpgen/pvp.conf", config.replacingOccurrences(of: "MACAddress", with: "MACAdress"))
        #expect(try Self.pvpgen("install", tree).status == 78 && tree.root.exists("/var/lib/pvpgen/nics"))
        try tree.write("/etc/pvpgen/pvp.conf", config)
        try tree.write("\(nic)/device", "0x1572\n")
        let swapped = try Self.pvpgen("plan", tree)
        #expect(
            swapped.status != 0
                && swapped.error.contains("a card 8086:10d3, card 8086:a01f, found 8086:1572, card 8086:a01f"))
        #expect(try Self.pvpgen("uninstall", tree).output.contains("/var/lib/pvpgen/nics: removed\n"))
        #expect(!tree.root.exists("/var/lib/pvpgen/nics"))
    }

    /// What keeps the NICs of the host's network at boot: written by install, renewed by it and by
    /// apply, removed by uninstall.
    @Test func theHostsNetworkIsRecorded() throws {
        let tree = try Self.machine()
        let file = "/var/lib/pvpgen/network"
        let id = String(repeating: "a", count: 32)
        let other = "/sys/bus/pci/devices/0000:00:04.0"
        try tree.write("/etc/machine-id", id + "\n")
        try tree.write("\(other)/net/ens4/address", "52:54:00:00:00:04\n")
        try tree.write("\(other)/net/ens4/addr_assign_type", "0\n")
        let head = "Iface Destination Gateway Flags RefCnt Use Metric Mask\n"
        try tree.write("/proc/net/route", head + "ens4 00000000 0102 0003 0 0 0 00000000\n")
        #expect(try Self.pvpgen("install", tree).output.contains("\(file): written\n"))
        #expect(
            try tree.text(file).split(separator: "\n").dropFirst() == [
                "machine\t\(id)", "0000:00:04.0\t52:54:00:00:00:04\tens4\troute to default",
            ])
        #expect(try Self.pvpgen("install", tree).output.contains("\(file): unchanged\n"))
        try tree.write("/proc/net/route", head + "ens4 000200C0 0 0001 0 0 0 00FFFFFF\n")
        _ = try Self.pvpgen("apply", tree)
        #expect(try tree.text(file).hasSuffix("\tens4\troute to 192.0.2.0/24"))
        #expect(try Self.pvpgen("install", tree).output.contains("\(file): unchanged\n"))
        #expect(try Self.pvpgen("uninstall", tree).output.contains("\(file): removed\n"))
        _ = try Self.pvpgen("apply", tree)
        #expect(!tree.root.exists(file))
    }

    @Test func anUnknownMACAddressInstallsNothing() throws {
        let tree = try Self.machine()
        let config = try tree.text("/etc/pvpgen/pvp.conf").replacingOccurrences(
            of: "PCIAddress=0000:17:00.0", with: "MACAddress=68:05:ca:12:34:56")
        try tree.write("/etc/pvpgen/pvp.conf", config)
        let before = try Self.files(tree)
        let refused = try Self.pvpgen("install", tree)
        #expect(
            refused.status == 1
                && refused.error.contains(
                    "MACAddress=68:05:ca:12:34:56: not found on a network interface of a PCI device")
        )
        #expect(try Self.files(tree) == before && !tree.root.exists("/var/lib/pvpgen/nics"))
    }
}
