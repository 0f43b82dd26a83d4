import HostActions
import TestSupport
import Testing

@Suite struct AppArmorTests {
    private static let abstraction = "/etc/apparmor.d/abstractions/libvirt-qemu"
    private static let old = "  /sys/devices/system/node/ r,\n  /sys/devices/system/node/node[0-9]*/meminfo r,\n"
    private static let on = "/sys/module/apparmor/parameters/enabled"

    @Test func anOldProfileIsInTheWayUntilTheRuleIsThere() throws {
        let tree = try Tree([Self.abstraction: Self.old, AppArmor.local: "", Self.on: "Y\n"])
        #expect(AppArmor.lacksRule(in: tree.root) && AppArmor.isInTheWay(in: tree.root))
        try tree.write(AppArmor.local, AppArmor.rules.joined(separator: "\n") + "\n")
        #expect(AppArmor.lacksRule(in: tree.root) && !AppArmor.isInTheWay(in: tree.root))
    }

    @Test func aNewProfileAndNoneNeedNoRule() throws {
        let new = try Tree([Self.abstraction: Self.old + "  /sys/devices/system/node/node[0-9]*/cpumap r,\n", Self.on: "Y\n"])
        #expect(!AppArmor.lacksRule(in: new.root) && !AppArmor.isInTheWay(in: new.root))
        #expect(!AppArmor.lacksRule(in: try Tree([Self.on: "Y\n"]).root))
        let off = try Tree([Self.abstraction: Self.old, Self.on: "N\n"])
        #expect(AppArmor.lacksRule(in: off.root) && !AppArmor.isInTheWay(in: off.root))
    }
}
