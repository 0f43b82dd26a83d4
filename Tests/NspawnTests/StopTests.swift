import LabTools
import Nspawn
import Testing

extension NspawnTests {
    /// Stopped, and nothing is about to start it again.
    private func expectStopped(_ container: Container, since mark: Container.JournalMark) throws {
        let properties = try container.wait(for: Container.testpmd, to: "stop") { $0["ActiveState"] != "deactivating" }
        let story = container.story(since: mark)
        #expect(properties["ActiveState"] == "inactive" && properties["SubState"] == "dead", "\(story)")
        #expect(properties["Result"] == "success" && properties["ExecMainStatus"] == "0", "\(story)")
        #expect(!story.contains("timed out") && !story.contains("SIGKILL"), "\(story)")
        try container.waitForJobs()
        #expect(try container.processes("dpdk-testpmd") + container.processes("pvp-console") == [])
        #expect(try container.properties(of: Container.testpmd)["ActiveState"] == "inactive")
    }

    @Test func stopEndsItCleanlyAndForGood() throws {
        let (container, mark) = try Container.running()
        try container.run(["systemctl", "stop", "testpmd.service"], within: Limit.unit)
        try expectStopped(container, since: mark)
        #expect(try container.attempt(["test", "-e", "/run/pvp-testpmd"]).status != 0)
    }

    @Test func stoppingTheTargetStopsIt() throws {
        let (container, mark) = try Container.running()
        try container.run(["systemctl", "stop", "pvp.target"], within: Limit.unit)
        try container.waitForJobs()
        try expectStopped(container, since: mark)
        for unit in ["pvp-guest@guest.service", "pvp-vfio@0000:17:00.0.service", "pvp-hugepages@0.service"] {
            #expect(try container.properties(of: unit)["ActiveState"] == "inactive", "\(unit)")
        }
    }

    @Test func stoppedDuringItsStartItStays() throws {
        let (container, mark) = try Container.idle()
        try container.run(["systemctl", "start", "--no-block", "testpmd.service"])
        try container.wait(for: Container.testpmd, to: "begin to start") { $0["StatusText"] != "" }
        try container.run(["systemctl", "stop", "testpmd.service"], within: Limit.unit)
        try expectStopped(container, since: mark)
    }
}
