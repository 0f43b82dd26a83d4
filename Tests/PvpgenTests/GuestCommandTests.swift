import Linux
import TestSupport
import Testing

/// `pvpgen guest`: the disks of the guests.
@Suite struct GuestCommandTests {
    static let guests = "/var/lib/pvpgen/guests"

    private func tree() throws -> Tree {
        try Tree([
            "/etc/pvpgen/pvp.conf": try InstallTests.machine().text("/etc/pvpgen/pvp.conf"),
            "\(Self.guests)/guest/disk.qcow2": "",
            "\(Self.guests)/guest/disk.origin": "", "\(Self.guests)/guest/ssh_host_ed25519_key": "",
            "\(Self.guests)/gone/disk.qcow2": "",
        ])
    }

    private func run(_ arguments: [String], _ tree: Tree) throws -> Program.Result {
        try Program(name: "pvpgen").run(["guest"] + arguments + ["--root=\(tree.path)"])
    }

    @Test func resetSaysWhatItRemoves() throws {
        let tree = try tree()
        let result = try run(["reset", "guest"], tree)
        #expect(result.status == 0 && result.error == "", "\(result.error)")
        #expect(
            result.output
                == "\(Self.guests)/guest/disk.qcow2: removed\n\(Self.guests)/guest/disk.origin: removed\n"
                + "next: systemctl start pvp-guest@guest\n"
        )
        #expect(try tree.root.list("\(Self.guests)/guest") == ["lock", "ssh_host_ed25519_key"])
        #expect(tree.root.exists("\(Self.guests)/gone/disk.qcow2"))
        #expect(try run(["reset", "guest"], tree).output == "guest guest had no disk\n")
    }

    @Test(arguments: ["nobody", "..", "../guests/guest", ""]) func filesOfOtherOwnersAreNotRemoved(_ name: String)
        throws
    {
        let tree = try tree()
        #expect(try run(["reset", name], tree).status == 1)
        #expect(tree.root.exists("\(Self.guests)/guest/disk.qcow2"))
    }

    @Test func aGuestThatRunsKeepsItsDisk() throws {
        let systemd = try FakeSystemd(
            "Id=pvp-guest@nobody-of-that-name.service\nLoadState=loaded\nActiveState=deactivating\n")
        let result = try Program(name: "pvpgen", environment: systemd.environment).run([
            "guest", "reset", "nobody-of-that-name",
        ])
        #expect(
            result.status == 1 && result.error.contains("pvp-guest@nobody-of-that-name.service is deactivating"),
            "\(result.error)")
        #expect(result.error.contains("systemctl stop pvp-guest@nobody-of-that-name"))
    }

    @Test("A guest that may run on after its unit has failed keeps its disk")
    func aGuestWhoseUnitHasFailedKeepsItsDisk() throws {
        let states = ["guest": "failed", "domain": "active"]
        let units = states.map { "Id=pvp-\($0)@nobody-of-that-name.service\nLoadState=loaded\nActiveState=\($1)\n" }
        let systemd = try FakeSystemd(units.joined(separator: "\n"))
        let result = try Program(name: "pvpgen", environment: systemd.environment).run([
            "guest", "reset", "nobody-of-that-name",
        ])
        #expect(
            result.status == 1 && result.error.contains("pvp-domain@nobody-of-that-name.service is active"),
            "\(result.error)")
        #expect(result.error.contains("systemctl stop pvp-guest@nobody-of-that-name"))
    }

    @Test func listShowsThoseThatAreLeftAsWell() throws {
        let tree = try InstallTests.machine()
        try tree.write("\(Self.guests)/gone/disk.qcow2", "")
        let result = try run(["list"], tree)
        #expect(result.status == 0)
        #expect(result.output.contains("gone: \(Self.guests)/gone, in no configuration\n"), "\(result.output)")
    }

    @Test(arguments: [["reset"], ["reset", "a", "b"], ["list", "--what"], ["frobnicate"]]) func wrongUsageIs2(
        _ arguments: [String]
    ) throws {
        #expect(try Program(name: "pvpgen").run(["guest"] + arguments).status == 2)
    }

    @Test(arguments: ["reset", "list"]) func helpHasExamples(_ verb: String) throws {
        let result = try Program(name: "pvpgen").run(["guest", verb, "--help"])
        #expect(result.status == 0 && result.output.contains("Examples:\n") && result.output.contains("--root"))
    }
}
