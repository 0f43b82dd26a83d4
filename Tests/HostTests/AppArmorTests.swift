import HostActions
import Linux
import TestSupport
import Testing

@Suite struct AppArmorTests {
    private static let abstraction = "/etc/apparmor.d/abstractions/libvirt-qemu"
    private static let profile = "/etc/apparmor.d/usr.sbin.libvirtd"
    private static let local = "/etc/apparmor.d/local/abstractions/libvirt-qemu"
    private static let localDaemon = "/etc/apparmor.d/local/usr.sbin.libvirtd"
    private static let on = "/sys/module/apparmor/parameters/enabled"
    private static let old = """
          /usr/bin/qemu-system-x86_64 rmix,
          /sys/devices/system/node/node[0-9]*/meminfo r,

        """
    private static let new = old + "  /sys/devices/system/node/*/cpumap r,\n"
    private static let daemon = "  /bin/* PUx,\n  /usr/bin/* PUx,\n  /usr/sbin/* PUx,\n"
    private static let own = "/opt/qemu/bin/qemu-system-x86_64"

    /// A machine with libvirt's profiles and AppArmor on.
    private func machine(_ abstraction: String = new, _ files: [String: String] = [:]) throws -> Tree {
        try Tree(
            [Self.abstraction: abstraction, Self.profile: Self.daemon, Self.on: "Y\n"].merging(files) { $1 })
    }

    @Test func anOldProfileRefusesUntilTheRuleIsThere() throws {
        let tree = try machine(Self.old)
        let additions = AppArmor.additions(for: [], in: tree.root)
        #expect(additions.map(\.path) == [Self.local] && AppArmor.missing(for: [], in: tree.root) == additions)
        try tree.write(Self.local, additions[0].lines.joined(separator: "\n") + "\n")
        #expect(
            AppArmor.additions(for: [], in: tree.root) == additions && AppArmor.missing(for: [], in: tree.root) == [])
    }

    @Test func aNewProfileAndNoneNeedNoRule() throws {
        let new = try machine()
        #expect(AppArmor.additions(for: ["/usr/bin/qemu-system-x86_64"], in: new.root) == [])
        let none = try Tree([Self.on: "Y\n"])
        #expect(AppArmor.additions(for: [Self.own], in: none.root) == [])
    }

    @Test func rulesAreAddedButNotMissedWhileAppArmorIsOff() throws {
        let off = try machine(Self.old, [Self.on: "N\n"])
        #expect(!AppArmor.additions(for: [], in: off.root).isEmpty && AppArmor.missing(for: [], in: off.root) == [])
    }

    @Test func anEmulatorElsewhereNeedsRulesInBothProfiles() throws {
        let tree = try machine()
        let additions = AppArmor.additions(for: [Self.own, "/usr/bin/qemu-system-x86_64"], in: tree.root)
        let comment = "# pvpgen install: for Emulator= in /etc/pvpgen/pvp.conf."
        #expect(additions.map(\.path) == [Self.local, Self.localDaemon])
        #expect(
            additions.map(\.lines) == [
                [
                    comment, "  \(Self.own) rmix,", "  /opt/qemu/lib/** mr,", "  /opt/qemu/lib64/** mr,",
                    "  /opt/qemu/share/qemu/** rk,",
                ], [comment, "  \(Self.own) PUx,"],
            ])
        #expect(AppArmor.missing(for: [Self.own], in: tree.root) == additions)
        #expect(
            AppArmor.refuses(Self.own, in: tree.root) && !AppArmor.refuses("/usr/bin/qemu-system-x86_64", in: tree.root)
        )
        try tree.write(Self.local, additions[0].lines.joined(separator: "\n") + "\n")
        #expect(AppArmor.missing(for: [Self.own], in: tree.root).map(\.path) == [Self.localDaemon])
        // In another order, with other white space, among the administrator's own.
        try tree.write(Self.localDaemon, "  /srv/x r,\n\t\(Self.own) PUx, \n")
        #expect(AppArmor.missing(for: [Self.own], in: tree.root) == [] && !AppArmor.refuses(Self.own, in: tree.root))
    }

    @Test func twoEmulatorsOfOnePrefixShareLines() throws {
        let tree = try machine()
        let additions = AppArmor.additions(for: [Self.own, "/opt/qemu/bin/other"], in: tree.root)
        #expect(additions[0].rules.count == 2 && additions[0].lines.count == 6 && additions[1].lines.count == 3)
    }

    /// An executable of any other name in /usr/bin may be started by libvirtd, and is not known to
    /// the guests' profiles.
    @Test func anotherNameInUsrBinNeedsOnlyItsOwnRule() throws {
        let tree = try machine()
        let additions = AppArmor.additions(for: ["/usr/bin/qemu-mine"], in: tree.root)
        #expect(
            additions.map(\.path) == [Self.local] && additions[0].lines.dropFirst() == ["  /usr/bin/qemu-mine rmix,"])
    }

    @Test func aFileOutsideOfABinDirectoryGetsNoRuleForItsNeighbours() throws {
        let tree = try machine()
        let additions = AppArmor.additions(for: ["/home/me/qemu-system-x86_64"], in: tree.root)
        #expect(additions[0].lines.dropFirst() == ["  /home/me/qemu-system-x86_64 rmix,"])
    }

    /// Another result of a build needs no other rule, and no new install.
    @Test func allBuildsShareOneRule() throws {
        let tree = try machine()
        let builds = ["a-10.0-00000000", "b-10.1-11111111"].map { "/opt/pvpgen/builds/\($0)/bin/qemu-system-x86_64" }
        let additions = AppArmor.additions(for: [builds[0]], in: tree.root)
        let comment = "# pvpgen install: for Build= in /etc/pvpgen/pvp.conf."
        let pattern = "/opt/pvpgen/builds/*/bin/qemu-system-x86_64"
        #expect(additions.map(\.path) == [Self.local, Self.localDaemon])
        #expect(additions.map(\.lines) == [[comment, "  \(pattern) rmix,"], [comment, "  \(pattern) PUx,"]])
        #expect(additions.allSatisfy { $0.rules.count == 1 && $0.rules[0].refusal.hasSuffix("'\(pattern)'") })
        #expect(AppArmor.additions(for: builds, in: tree.root) == additions)
        #expect(AppArmor.missing(for: builds, in: tree.root) == additions && AppArmor.refuses(builds[1], in: tree.root))
        for addition in additions { try tree.write(addition.path, addition.lines.joined(separator: "\n") + "\n") }
        #expect(AppArmor.missing(for: builds, in: tree.root) == [] && !AppArmor.refuses(builds[1], in: tree.root))
        // Beside an emulator elsewhere each has its own.
        let both = AppArmor.additions(for: [Self.own, builds[0]], in: tree.root)
        #expect(both.map(\.rules.count) == [2, 2] && both[1].lines.count == 4)
        #expect(AppArmor.missing(for: [Self.own, builds[0]], in: tree.root).map(\.rules.count) == [1, 1])
        // The administrator's own rule is enough, also in the profile itself.
        let known = try machine(Self.new + "  \(pattern) rmix,\n", [Self.profile: Self.daemon + "  \(pattern) PUx,\n"])
        #expect(AppArmor.additions(for: builds, in: known.root) == [])
    }

    @Test func buildsOnAnotherFileSystemHaveItsPath() throws {
        let tree = try machine()
        try tree.directory("/srv/builds")
        try tree.directory("/opt/pvpgen")
        try tree.link("/opt/pvpgen/builds", "/srv/builds")
        let path = "/opt/pvpgen/builds/qemu-10.0-00000000/bin/qemu-system-x86_64"
        let additions = AppArmor.additions(for: [path], in: tree.root)
        #expect(additions.map { $0.lines[1] }.first == "  /srv/builds/*/bin/qemu-system-x86_64 rmix,")
    }

    @Test func aLinkIsFollowedWithinTheRoot() throws {
        let tree = try machine(Self.new, ["/opt/qemu-10.1/bin/qemu-system-x86_64": ""])
        try tree.link("/opt/qemu", "qemu-10.1")
        try tree.link("/usr/bin/qemu-new", "/opt/qemu/bin/qemu-system-x86_64")
        try tree.link("/bin", "usr/bin")
        let rules = AppArmor.additions(for: ["/bin/qemu-new", Self.own], in: tree.root).map { $0.lines[1] }
        #expect(
            rules == ["  /opt/qemu-10.1/bin/qemu-system-x86_64 rmix,", "  /opt/qemu-10.1/bin/qemu-system-x86_64 PUx,"])
    }

    @Test func specialCharactersOfAPathAreNotAPattern() throws {
        let tree = try machine()
        let additions = AppArmor.additions(for: ["/opt/a b[1]{x}*@{y}\"\\/bin/qemu"], in: tree.root)
        #expect(additions[1].lines[1] == "  \"/opt/a b\\[1\\]\\{x\\}\\*@\\{y\\}\\\"\\\\/bin/qemu\" PUx,")
        #expect(additions[0].lines[2] == "  \"/opt/a b\\[1\\]\\{x\\}\\*@\\{y\\}\\\"\\\\/lib/**\" mr,")
    }

    @Test func aProfileWithADirectoryForAdditionsGetsAFileThere() throws {
        let tree = try machine(Self.old + "  include if exists <abstractions/libvirt-qemu.d>\n")
        #expect(AppArmor.additions(for: [], in: tree.root).map(\.path) == [Self.abstraction + ".d/pvpgen"])
    }

    @Test func onlyALoadedProfileIsLoadedAgain() throws {
        let loaded = "/sys/kernel/security/apparmor/profiles"
        let tree = try machine(Self.new, [loaded: "/usr/bin/man (enforce)\nlibvirtd//qemu_bridge_helper (enforce)\n"])
        #expect(AppArmor.reloads(after: [Self.localDaemon], in: tree.root) == [])
        try tree.write(loaded, "libvirtd (enforce)\n")
        #expect(AppArmor.reloads(after: [Self.local], in: tree.root) == [])
        #expect(
            AppArmor.reloads(after: [Self.local, Self.localDaemon], in: tree.root)
                == [Command(["apparmor_parser", "--replace", Self.profile])])
    }

    @Test func theModularDaemonHasAProfileOfItsOwn() throws {
        let tree = try machine(Self.new, ["/etc/apparmor.d/usr.sbin.virtqemud": Self.daemon])
        #expect(
            AppArmor.additions(for: [Self.own], in: tree.root).map(\.path)
                == [Self.local, Self.localDaemon, "/etc/apparmor.d/local/usr.sbin.virtqemud"])
    }
}
