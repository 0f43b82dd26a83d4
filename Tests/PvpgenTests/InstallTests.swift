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
}
