import Diagnostics
import Linux
import TestSupport
import Testing

@testable import GuestImage

@Suite struct SSHCallTests {
    @Test func aGuestWithoutARecordIsReachedAsSSHDoes() {
        #expect(SSHCall(name: "guest", address: "192.168.200.2").arguments == ["ssh", "root@192.168.200.2"])
    }

    @Test func itsOwnKeyAndHostKeyAreUsedAndNoOther() {
        let call = SSHCall(
            name: "a", address: "10.0.0.2", identity: "/root/key", knownHosts: "/var/lib/pvpgen/guests/a/known_hosts",
            command: ["-weird", "two words"])
        #expect(
            call.arguments == [
                "ssh", "-i", "/root/key", "-o", "IdentitiesOnly=yes", "-o",
                "UserKnownHostsFile=/var/lib/pvpgen/guests/a/known_hosts",
                "-o", "StrictHostKeyChecking=yes", "-o", "HostKeyAlias=a", "root@10.0.0.2", "--", "-weird", "two words",
            ])
    }

    /// What ssh is called with, by a program in its place.
    private func ssh(_ words: [String], guests: String = "[Guest]\nImage=/a\nVCPUs=1\nMemory=1G\n") throws
        -> Program.Result
    {
        let tree = try CheckTests.sound()
        let nics = ["0", "1"].map { "[NIC]\nPCIAddress=0000:17:00.\($0)\n" }.joined()
        try tree.write("/etc/pvpgen/pvp.conf", nics + "[Testpmd]\nForwardingLcores=1\n" + guests)
        try tree.write("/var/lib/pvpgen/guests/known/known_hosts", "")
        let tools = try Tree(["/ssh": "#!/bin/sh\necho \"$@\"\nexit 7\n"])
        try tools.root.replace("/ssh", with: Array("#!/bin/sh\necho \"$@\"\nexit 7\n".utf8), mode: 0o755)
        return try Program(name: "pvpgen", tools: tools).run(["ssh", "--root=\(tree.path)"] + words)
    }

    @Test func withoutANameItIsTheOnlyGuest() throws {
        let shell = try ssh([])
        #expect(shell.status == 7 && shell.output == "root@192.168.200.2\n", "\(shell.error)")
        let command = try ssh(["--", "ls", "-l"])
        #expect(command.status == 7 && command.output == "root@192.168.200.2 -- ls -l\n", "\(command.error)")
    }

    @Test func amongSeveralItHasToBeNamed() throws {
        let guests =
            ["known", "b", "off"].map { "[Guest]\nName=\($0)\nImage=/a\nVCPUs=1\nMemory=1G\n" }.joined()
            + "Network=no\n"
        let none = try ssh([], guests: guests)
        #expect(none.status == 1 && none.error.contains("expected the name of a guest, one of: known, b, off"))
        let known = try ssh(["known"], guests: guests)
        #expect(
            known.output.contains("-o StrictHostKeyChecking=yes -o HostKeyAlias=known root@192.168.200.2"),
            "\(known.error)")
        #expect(try ssh(["b"], guests: guests).output == "root@192.168.200.3\n")
        #expect(try ssh(["off"], guests: guests).error.contains("guest off is not on the management network"))
        #expect(try ssh(["c"], guests: guests).error.contains("guest 'c': not found in the plan"))
    }
}
