import LabTools
import Linux
import Nspawn
import Testing

/// testpmd's terminal as its users, the journal and the service manager see it.
extension NspawnTests {
    private func console(_ arguments: String...) -> [String] { ["pvpgen", "console"] + arguments }

    @Test func whatPeopleTypeIsInTheJournal() throws {
        let (container, mark) = try Container.running()
        let answer = try container.run(console("-c", "show port info 1", "-c", "stop"), as: "member")
        #expect(answer.contains("Device name: net_null1") && answer.contains("Telling cores to stop"))
        let typed = try container.journal(since: mark, unit: Container.testpmd, matching: ["PVP_DIRECTION=input"])
        #expect(typed.map(\.message) == ["typed by member: show port info 1", "typed by member: stop"])
        #expect(typed.allSatisfy { $0["PVP_USER"] == "member" && $0["PVP_TESTPMD"] == "testpmd" && $0.priority == 5 })
        #expect(typed.map { $0["PVP_PORT"] } == ["1", nil])
        try container.wait(for: Container.testpmd, to: "say that it does not forward") {
            $0["StatusText"]?.hasPrefix("not forwarding") == true
        }
        let lines = try container.journal(since: mark, unit: Container.testpmd, matching: ["PVP_TESTPMD=testpmd"])
        #expect(lines.contains { $0.message == "Device name: net_null1" && $0.priority == 6 })
        #expect(lines.contains { $0.message.hasPrefix("Configuring Port 1") && $0["PVP_PORT"] == "1" })
        #expect(lines.allSatisfy { !$0.message.contains("\u{1b}") && !$0.message.hasPrefix("testpmd>") })
    }

    @Test func aWrongCommandIsAFailure() throws {
        let (container, _) = try Container.running()
        let result = try container.attempt(console("-c", "show port stats nine"))
        #expect(result.status == 1)
        #expect(result.output.contains("Bad arguments"))
    }

    @Test func whoIsNotInTheGroupIsRefused() throws {
        let (container, mark) = try Container.running()
        let refused = try container.attempt(console("-c", "stop"), as: "stranger")
        #expect(refused.status == 1)
        #expect(refused.output.contains("group pvp"), "\(refused.output)")
        // Should an administrator open the socket to all, it is still refused, and logged.
        try container.run(["chmod", "0666", "/run/pvp/testpmd.sock"])
        let again = try container.attempt(console("-c", "stop"), as: "stranger")
        #expect(again.status == 1)
        #expect(again.output.contains("stranger may not attach"), "\(again.output)")
        let told = try container.journal(since: mark, unit: Container.testpmd, matching: ["PVP_USER=stranger"])
        #expect(told.count == 1 && told.first?.priority == 4, "\(told)")
        #expect(try container.journal(since: mark, matching: ["PVP_DIRECTION=input"]) == [])
    }

    @Test func aGroupMayLookOn() throws {
        let (container, _) = try Container.idle(Container.configuration(testpmd: "ReadOnlyGroup=viewers\n"))
        try container.run(["systemctl", "start", "pvp.target"], within: Limit.unit)
        let asked = try container.attempt(console("-c", "stop"), as: "viewer")
        #expect(asked.status == 1 && asked.output.contains("member of the group pvp"), "\(asked.output)")
        // It stays until its time is over and it is ended; one that is refused ends by itself.
        let seen = try container.attempt(
            ["timeout", "--preserve-status", "2"] + console("--read-only", "testpmd"), as: "viewer")
        #expect(seen.status == 128 + 15, "\(seen.output)")
        #expect(try container.attempt(console("--read-only", "testpmd"), as: "stranger").status == 1)
    }

    @Test func aTestpmdThatHangsIsStartedAgain() throws {
        // The watchdog's 30 s are for loaded hosts.
        let (container, mark) = try Container.idle(files: [
            "/etc/systemd/system/testpmd.service.d/watchdog.conf": "[Service]\nWatchdogSec=8\n"
        ])
        try container.run(["systemctl", "start", "pvp.target"], within: Limit.unit)
        let hung = try container.testpmdProcess()
        try container.kill(hung, "STOP")
        #expect(try container.testpmdProcess() != hung, "\(container.story(since: mark))")
        #expect(try container.properties(of: "pvp-guest@guest.service")["ActiveState"] == "active")
        #expect(
            try container.journal(since: mark, matching: ["UNIT=testpmd.service"]).contains {
                $0.message.contains("Watchdog timeout")
            })
    }

    @Test func reloadTakesOverAnotherForwardMode() throws {
        let (container, mark) = try Container.running()
        let testpmd = try container.testpmdProcess()
        try container.files.replace(
            Container.configurationFile, with: Array(Container.configuration(testpmd: "ForwardMode=macswap\n").utf8))
        try container.run(["systemctl", "daemon-reload"])
        try container.run(["systemctl", "reload", "testpmd"], within: Limit.unit)
        let mode = try container.run(console("-c", "show config fwd"))
        #expect(mode.contains("macswap packet forwarding - ports=4"), "\(mode)\n\(container.story(since: mark))")
        #expect(try container.testpmdProcess() == testpmd)
        #expect(try container.properties(of: Container.testpmd)["StatusText"]?.hasPrefix("forwarding") == true)
    }

    @Test func whoLooksAtAStoppedTestpmdDoesNotStartIt() throws {
        let (container, mark) = try Container.running()
        try container.run(["systemctl", "stop", "testpmd.service"], within: Limit.unit)
        let result = try container.attempt(console("-c", "show port stats all"))
        #expect(result.status == 1 && result.output.contains("systemctl start pvp.target"), "\(result.output)")
        try container.waitForJobs()
        #expect(try container.processes("dpdk-testpmd") == [], "\(container.story(since: mark))")
        #expect(try container.attempt(["test", "-e", "/run/pvp/testpmd.sock"]).status != 0)
    }
}
