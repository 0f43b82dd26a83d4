import Foundation
import Linux
import TestSupport
import Testing

@Suite struct InstallTests {
    /// The machine of case 01 as a tree that can be written, with GRUB as on Debian.
    static func machine() throws -> Tree {
        let tree = try Tree(["/etc/default/grub.d/init-select.cfg": "# other\n", "/usr/sbin/update-grub": "", "/proc/cmdline": "quiet\n"])
        let cases = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Cases/01-example")
            .path
        let manager = FileManager.default
        for directory in ["sys", "usr/lib"] {
            if directory.contains("/") { try tree.directory("/usr") }
            try manager.copyItem(atPath: "\(cases)/\(directory)", toPath: "\(tree.path)/\(directory)")
        }
        try tree.write("/etc/pvpgen/pvp.conf", String(decoding: Root(cases).bytes("/etc/pvpgen/pvp.conf"), as: UTF8.self))
        return tree
    }

    static func pvpgen(_ verb: String, _ tree: Tree) throws -> Program.Result {
        try Program(name: "pvpgen").run([verb, "--root=\(tree.path)"])
    }

    /// Every file below `/etc` and `/boot` with its content.
    static func files(_ tree: Tree) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: tree.path) where name.hasPrefix("etc") || name.hasPrefix("boot") {
            files[name] = FileManager.default.contents(atPath: "\(tree.path)/\(name)") ?? Data()
        }
        return files
    }

    @Test func installThenUninstallLeavesNothing() throws {
        let tree = try Self.machine()
        let before = try Self.files(tree)
        let installed = try Self.pvpgen("install", tree)
        #expect(installed.status == 0 && installed.error == "")
        #expect(installed.output == "/etc/default/grub.d/60-pvpgen.cfg: written\nnext: systemctl reboot, then systemctl start pvp.target\n")
        #expect(
            try tree.text("/etc/default/grub.d/60-pvpgen.cfg").contains(
                "GRUB_CMDLINE_LINUX_DEFAULT=\"$GRUB_CMDLINE_LINUX_DEFAULT default_hugepagesz=1G hugepagesz=1G hugepages=5 isolcpus=1-7 "))
        let after = try Self.files(tree)
        let again = try Self.pvpgen("install", tree)
        #expect(again.output.hasPrefix("/etc/default/grub.d/60-pvpgen.cfg: unchanged\n"))
        #expect(try Self.files(tree) == after)
        let removed = try Self.pvpgen("uninstall", tree)
        #expect(removed.status == 0 && removed.output == "/etc/default/grub.d/60-pvpgen.cfg: removed\nnext: systemctl reboot\n")
        #expect(try Self.files(tree) == before)
        #expect(try Self.pvpgen("uninstall", tree).output == "nothing is installed\n")
    }

    /// Killed before the boot loader has read the file: the copy is pending, and the file may be written or not.
    @Test(arguments: [true, false]) func anInstallThatWasCutShortIsDoneAgainOrTakenBack(_ written: Bool) throws {
        let tree = try Self.machine()
        let before = try Self.files(tree)
        _ = try Self.pvpgen("install", tree)
        let content = try String(decoding: tree.root.bytes("/etc/default/grub.d/60-pvpgen.cfg"), as: UTF8.self)
        try tree.write("/var/lib/pvpgen/pending/etc/default/grub.d/60-pvpgen.cfg", content)
        try tree.root.remove("/var/lib/pvpgen/installed/etc/default/grub.d/60-pvpgen.cfg")
        if !written { try tree.root.remove("/etc/default/grub.d/60-pvpgen.cfg") }
        let again = try Self.pvpgen("install", tree)
        #expect(again.status == 0 && again.output.hasPrefix("/etc/default/grub.d/60-pvpgen.cfg: written\n"))
        try tree.write("/var/lib/pvpgen/pending/etc/default/grub.d/60-pvpgen.cfg", content)
        try tree.root.remove("/var/lib/pvpgen/installed/etc/default/grub.d/60-pvpgen.cfg")
        #expect(try Self.pvpgen("uninstall", tree).status == 0)
        #expect(try Self.files(tree) == before)
    }

    @Test func aFileOfSomebodyElseStays() throws {
        let tree = try Self.machine()
        try tree.write("/etc/default/grub.d/60-pvpgen.cfg", "mine\n")
        let refused = try Self.pvpgen("install", tree)
        #expect(refused.status == 1 && refused.error.contains("/etc/default/grub.d/60-pvpgen.cfg was not written by pvpgen install"))
        #expect(try tree.text("/etc/default/grub.d/60-pvpgen.cfg") == "mine")
    }

    @Test func aFileThatWasChangedStays() throws {
        let tree = try Self.machine()
        _ = try Self.pvpgen("install", tree)
        try tree.write("/etc/default/grub.d/60-pvpgen.cfg", "changed\n")
        #expect(try Self.pvpgen("uninstall", tree).status == 1)
        #expect(try tree.text("/etc/default/grub.d/60-pvpgen.cfg") == "changed")
    }

    @Test func aMistakeInstallsNothing() throws {
        let tree = try Self.machine()
        try tree.write("/etc/pvpgen/pvp.conf", "[NIC]\nPCIAdress=0000:17:00.0\n")
        let before = try Self.files(tree)
        let refused = try Self.pvpgen("install", tree)
        #expect(refused.status == 78 && refused.error.contains("/etc/pvpgen/pvp.conf:2:1: error: unknown key 'PCIAdress' in [NIC]"))
        #expect(try Self.files(tree) == before)
    }

    @Test func anotherBootLoaderGetsTheArgumentsPrinted() throws {
        let tree = try Self.machine()
        try tree.root.remove("/usr/sbin/update-grub")
        let refused = try Self.pvpgen("install", tree)
        #expect(refused.status == 1 && refused.error.contains("add to the kernel command line by hand: default_hugepagesz=1G"))
    }

    /// A card whose MAC address only its kernel driver tells: found before it is on vfio-pci, known afterwards, told when it is moved.
    @Test func aNICIsFoundByItsMACAddressAndRemembered() throws {
        let tree = try Self.machine()
        let nic = "/sys/bus/pci/devices/0000:17:00.0"
        for (file, text) in [("vendor", "0x8086"), ("device", "0x10d3"), ("subsystem_vendor", "0x8086"), ("subsystem_device", "0xa01f")] {
            try tree.write("\(nic)/\(file)", text + "\n")
        }
        try tree.write("\(nic)/net/eth1/address", "68:05:ca:12:34:56\n")
        try tree.write("\(nic)/net/eth1/addr_assign_type", "0\n")
        let config = try tree.text("/etc/pvpgen/pvp.conf").replacingOccurrences(
            of: "PCIAddress=0000:17:00.0", with: "MACAddress=68:05:CA:12:34:56")
        try tree.write("/etc/pvpgen/pvp.conf", config)
        let unknown = try Self.pvpgen("plan", tree)
        #expect(unknown.error.contains("not known yet where MACAddress=68:05:ca:12:34:56 is") && unknown.error.contains("pvpgen install"))
        let installed = try Self.pvpgen("install", tree)
        #expect(installed.status == 0 && installed.output.hasPrefix("68:05:ca:12:34:56: NIC 0000:17:00.0, 8086:10d3, card 8086:a01f\n"))
        try FileManager.default.removeItem(atPath: tree.root.path("\(nic)/net"))
        #expect(try Self.pvpgen("plan", tree).status == 0)
        let again = try Self.pvpgen("install", tree)
        #expect(again.status == 0 && again.output.hasPrefix("/etc/default/grub.d/60-pvpgen.cfg: unchanged\n"))
        // A mistake elsewhere does not make it forgotten.
        try tree.write("/etc/pvpgen/pvp.conf", config.replacingOccurrences(of: "MACAddress", with: "MACAdress"))
        #expect(try Self.pvpgen("install", tree).status == 78 && tree.root.exists("/var/lib/pvpgen/nics"))
        try tree.write("/etc/pvpgen/pvp.conf", config)
        try tree.write("\(nic)/device", "0x1572\n")
        let swapped = try Self.pvpgen("plan", tree)
        #expect(swapped.status != 0 && swapped.error.contains("on 8086:10d3, card 8086:a01f, where 8086:1572, card 8086:a01f is now"))
        #expect(try Self.pvpgen("uninstall", tree).output.hasPrefix("/var/lib/pvpgen/nics: removed\n"))
        #expect(!tree.root.exists("/var/lib/pvpgen/nics"))
    }

    @Test func aMACAddressThatNobodyHasInstallsNothing() throws {
        let tree = try Self.machine()
        let config = try tree.text("/etc/pvpgen/pvp.conf").replacingOccurrences(
            of: "PCIAddress=0000:17:00.0", with: "MACAddress=68:05:ca:12:34:56")
        try tree.write("/etc/pvpgen/pvp.conf", config)
        let before = try Self.files(tree)
        let refused = try Self.pvpgen("install", tree)
        #expect(refused.status == 1 && refused.error.contains("MACAddress=68:05:ca:12:34:56: no network interface of a PCI device has it"))
        #expect(try Self.files(tree) == before && !tree.root.exists("/var/lib/pvpgen/nics"))
    }
}
