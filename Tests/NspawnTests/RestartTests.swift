import LabTools
import Nspawn
import Testing

extension NspawnTests {
    @Test func killedTestpmdIsStartedAgain() throws {
        let (container, mark) = try Container.running()
        let testpmd = try container.testpmdProcess()
        let main = try container.mainProcess()
        try container.kill(testpmd)
        #expect(try container.testpmdProcess() != testpmd, "\(container.story(since: mark))")
        #expect(try container.mainProcess() != main)
        #expect(try container.properties(of: Container.testpmd)["NRestarts"] == "1")
        // What depends on it stays.
        #expect(try container.properties(of: "pvp-guest@guest.service")["ActiveState"] == "active")
    }

    @Test func killedConsoleLeavesNoOrphan() throws {
        let (container, mark) = try Container.running()
        let testpmd = try container.testpmdProcess()
        try container.kill(try container.mainProcess())
        // One only, and a child of the new console.
        let now = try container.testpmdProcess()
        #expect(now != testpmd, "\(container.story(since: mark))")
        let parent = try container.run(["ps", "--no-headers", "-o", "ppid", "-p", "\(now)"])
        #expect(Int(parent.filter { $0.isNumber }) == (try container.mainProcess()))
    }

    /// The watchdog of the unit as it is: half a minute without an answer from telemetry.
    @Test func hungTestpmdIsStartedAgain() throws {
        let (container, mark) = try Container.running()
        let testpmd = try container.testpmdProcess()
        try container.kill(testpmd, "STOP")
        #expect(try container.testpmdProcess() != testpmd, "\(container.story(since: mark))")
        let ends = try container.journal(since: mark, matching: ["UNIT=testpmd.service"]).compactMap {
            $0["UNIT_RESULT"]
        }
        #expect(ends == ["watchdog"], "\(container.story(since: mark))")
        let words = try container.journal(since: mark, unit: Container.testpmd).map(\.message)
        #expect(words.contains { $0.contains("has not answered telemetry for") }, "\(words)")
    }

    @Test func aProgramThatFailsAtOnceIsNotStartedForEver() throws {
        let (container, mark) = try Container.idle(Container.configuration(binary: "/bin/false"))
        #expect(try container.attempt(["systemctl", "start", "pvp.target"], within: Limit.unit).status != 0)
        let end = try container.wait(for: Container.testpmd, to: "be given up") { $0["SubState"] == "failed" }
        // systemd's own entry for the start of a unit (SD_MESSAGE_UNIT_STARTING).
        let starts = try container.journal(
            since: mark, matching: ["MESSAGE_ID=7d4958e842da4a758f6c1cdc7b36dcc5", "UNIT=testpmd.service"])
        #expect((1...5).contains(starts.count), "\(container.story(since: mark))")
        try container.waitForJobs()
        #expect(try container.properties(of: Container.testpmd)["NRestarts"] == end["NRestarts"])
        #expect(try container.processes("pvp-console") == [])
        let reasons = try container.journal(since: mark, unit: Container.testpmd).map(\.message)
        #expect(reasons.contains { $0.contains("ended with status 1") }, "\(reasons)")
    }

    @Test func aCrashLeavesNoCoreFile() throws {
        let (container, mark) = try Container.running()
        for isMain in [false, true] {
            let process = isMain ? try container.mainProcess() : try container.testpmdProcess()
            let limits = try container.run(["cat", "/proc/\(process)/limits"])
            let core = limits.lines.first { $0.hasPrefix("Max core file size") }?.split(separator: " ").dropFirst(4)
                .prefix(2)
            #expect(core == ["0", "0"], "\(limits)")
            try container.kill(process, "SEGV")
        }
        let exits = try container.journal(since: mark, matching: ["UNIT=testpmd.service"]).compactMap {
            $0["EXIT_CODE"]
        }
        #expect(exits == ["exited", "killed"], "a core file is EXIT_CODE=dumped: \(container.story(since: mark))")
        let files = ["find", "/", "-xdev", "-name", "core*", "-newer", "/run/pvp/vhost", "-size", "+4k", "-type", "f"]
        #expect(try container.run(files) == "")
    }
}
