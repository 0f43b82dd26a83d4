import Foundation
import Linux
import TestSupport
import Testing

/// The rules for `Emulator=` on a machine with AppArmor, over check, install, another configuration
/// and uninstall.
@Suite struct AppArmorInstallTests {
    private static let local = "/etc/apparmor.d/local/usr.sbin.libvirtd"
    private static let guests = "/etc/apparmor.d/abstractions/libvirt-qemu.d/pvpgen"
    private static let configuration = "/etc/pvpgen/pvp.conf"
    private static let own = "Emulator=/opt/qemu-10.1/bin/qemu-system-x86_64"

    /// Debian 13 with AppArmor on.
    private func machine() throws -> Tree {
        let tree = try InstallGoldenTests.machine("debian-13")
        try tree.write("/sys/module/apparmor/parameters/enabled", "Y\n")
        return tree
    }

    @Test func checkNamesEachMissingRuleUntilInstall() throws {
        let tree = try machine()
        let before = try InstallTests.pvpgen("check", tree)
        #expect(before.status != 0)
        for file in [Self.local, Self.guests] {
            #expect(before.error.contains("\(file): rule missing: libvirt's"), "\(before.error)")
        }
        #expect(
            before.error.contains("'/opt/qemu-10.1/bin/qemu-system-x86_64'")
                && before.error.contains("run 'pvpgen install'"))
        #expect(try InstallTests.pvpgen("install", tree).status == 3)
        #expect(try !InstallTests.pvpgen("check", tree).error.contains("rule missing"))
    }

    @Test func rulesGoWhenEmulatorNoLongerNeedsThem() throws {
        let tree = try machine()
        let load = "to be run in \(tree.path): apparmor_parser --replace /etc/apparmor.d/usr.sbin.libvirtd\n"
        #expect(try InstallTests.pvpgen("install", tree).output.contains(load))
        let text = try tree.text(Self.configuration)
        try tree.write(Self.configuration, text.replacing(Self.own, with: ""))
        let other = try InstallTests.pvpgen("install", tree)
        #expect(other.status == 3 && other.output.contains(load), "\(other)")
        #expect(try tree.text(Self.local) == "# Of the machine itself." && !tree.root.exists(Self.guests))
        #expect(try !InstallTests.pvpgen("install", tree).output.contains("apparmor_parser"))
    }

    @Test func uninstallLeavesTheRulesOfAnotherProcess() throws {
        let tree = try machine()
        _ = try InstallTests.pvpgen("install", tree)
        for file in [Self.local, Self.guests] {
            try tree.write(file, "  /srv/first r,\n\(tree.text(file))\n  /srv/last r,\n")
        }
        let removed = try InstallTests.pvpgen("uninstall", tree)
        #expect(removed.status == 0 && removed.output.contains("\(Self.local): changed\n"), "\(removed)")
        #expect(try tree.text(Self.local) == "  /srv/first r,\n# Of the machine itself.\n  /srv/last r,")
        #expect(try tree.text(Self.guests) == "  /srv/first r,\n  /srv/last r,")
    }
}
