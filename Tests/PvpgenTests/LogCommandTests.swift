import Linux
import TestSupport
import Testing

/// `pvpgen log` with the configuration of case 01 and a journal beside it.
@Suite(.enabled(if: CurrentProcess.isRoot)) struct LogCommandTests {
    private static func entry(_ message: String, _ unit: String, _ more: String = "PRIORITY=6") -> String {
        "MESSAGE=\(message)\nSYSLOG_IDENTIFIER=program\nOBJECT_SYSTEMD_UNIT=\(unit)\n\(more)"
    }

    private static func tree() throws -> Tree {
        let tree = try InstallTests.machine()
        let entries = [
            entry("4 ports", "testpmd.service"), entry("disk is ready", "pvp-image@guest.service"),
            entry("typed by root: stop", "testpmd.service", "PVP_DIRECTION=input"),
            entry("hello", "ssh.service"), entry("it is up", "pvp-guest@guest.service"),
        ]
        return try JournalFiles(entries.joined(separator: "\n\n"), in: tree).tree
    }

    /// What the lines say, without times.
    private func messages(_ output: String) -> [String] {
        output.split(separator: "\n").map { line in
            line.split(separator: " ", maxSplits: 3).last.map(String.init) ?? ""
        }.map { line in line.replacing(#/\[[0-9]+\]/#, with: "") }
    }

    @Test("The chain, a member, what was typed, and the last entries")
    func selections() throws {
        let tree = try Self.tree()
        func log(_ arguments: String...) throws -> [String] {
            let result = try ShowTests.run(["log"] + arguments, tree)
            #expect(result.status == 0 && result.error == "", "\(result)")
            return messages(result.output)
        }
        let all = [
            "testpmd.service program: 4 ports", "pvp-image@guest.service program: disk is ready",
            "testpmd.service program: typed by root: stop", "pvp-guest@guest.service program: it is up",
        ]
        #expect(try log() == all)
        #expect(try log("--since=boot") == all && log("--since=@0") == all && log("--since=today") == all)
        #expect(try log("guest") == [all[1], all[3]])
        #expect(try log("pvp-image@guest") == ["program: disk is ready"])
        #expect(try log("--input") == [all[2]] && log("-n", "1", "testpmd") == [all[2]])
        #expect(try log("-n", "0") == [] && log("--since=now", "-n", "3").count <= 3)
    }

    @Test("Unknown names, times and numbers are errors")
    func errors() throws {
        let tree = try InstallTests.machine()
        let unknown = try ShowTests.run(["log", "gest"], tree)
        #expect(unknown.status == 1 && unknown.error.contains("did you mean 'guest'?"), "\(unknown)")
        #expect(try ShowTests.run(["log", "--since=soon"], tree).status == 2)
        #expect(try ShowTests.run(["log", "-n", "-1"], tree).status == 2)
        // Without a journal there is none to show.
        #expect(try ShowTests.run(["log"], tree).output == "")
    }

    @Test("With -f, later entries are waited for until Ctrl-C")
    func follow() throws {
        let tree = try Self.tree()
        let terminal = try Terminal(rows: 24, columns: 100)
        let inherited = Environment.all { !["LD_LIBRARY_PATH", "LLVM_PROFILE_FILE"].contains($0) }
        let child = try terminal.spawn(
            [try Program.path("pvpgen"), "log", "-f", "--root=\(tree.path)"], environment: ["TERM=xterm"] + inherited)
        _ = try terminal.read(until: "it is up")
        #expect(terminal.descriptor.write([3]) != nil)
        try #require(Descriptor.poll(child.descriptor.number, .input, timeout: 20_000), "it did not end")
        #expect(try child.reap() == .status(130))
    }
}
