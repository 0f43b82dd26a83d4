import LabTools
import Nspawn
import Testing

/// `pvpgen start`, `stop` and `log` under a real systemd with its journal.
extension NspawnTests {
    private static func pvpgen(_ arguments: String...) -> [String] { ["pvpgen"] + arguments }

    /// A guest beside the one that the container has, whose disk fails with a reason and a remedy.
    private static let failing = """
        [Unit]
        PartOf=pvp.target
        [Service]
        Type=oneshot
        ExecStart=/bin/sh -c 'sleep 1; \
        echo "<3>pvp-image: /images/b.qcow2: not found; correct Image= in [Guest]" >&2; exit 1'
        """

    private func withFailingGuest() throws -> (Container, Container.JournalMark) {
        let more = "[Guest]\nName=b\nImage=/images/b.qcow2\nNetwork=no\nVCPUs=1\nMemory=1G\n"
        let configuration = Container.configuration(more: more).replacing(
            "[Guest]\nImage=/var", with: "[Guest]\nName=guest\nImage=/var")
        let guest = "[Unit]\nPartOf=pvp.target\nRequires=pvp-image@b.service\nAfter=pvp-image@b.service\n"
        return try Container.idle(
            configuration,
            files: [
                "/etc/systemd/system/pvp-image@b.service": Self.failing,
                "/etc/systemd/system/pvp-guest@b.service":
                    guest + "[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/true\n",
            ])
    }

    @Test("pvpgen start reports a guest that fails with its journal and remedy; the others come up")
    func startReportsAGuestThatFails() throws {
        let (container, mark) = try withFailingGuest()
        let start = try container.attempt(Self.pvpgen("start", "--root=/machine"), within: Limit.unit)
        let story = "\(start.output)\n\(container.story(since: mark))"
        #expect(start.status == 1, "\(story)")
        #expect(
            start.output.contains(
                """
                error: images: pvp-image@b.service: failed (exit-code)
                    sh: pvp-image: /images/b.qcow2: not found; correct Image= in [Guest]
                  run 'pvpgen log pvp-image@b' for its journal
                """), "\(story)")
        #expect(start.output.contains("guests: pvp-guest@b.service: not started, because"), "\(story)")
        #expect(start.output.contains("testpmd    up after "), "\(story)")
        for unit in [Container.testpmd, "pvp-guest@guest.service"] {
            #expect(try container.properties(of: unit)["ActiveState"] == "active", "\(unit)\n\(story)")
        }
        let log = try container.run(Self.pvpgen("log", "b", "--root=/machine", "-n", "20"))
        #expect(log.contains("correct Image= in [Guest]"), "\(log)")
        try removeFailingGuest(container)
    }

    private func removeFailingGuest(_ container: Container) throws {
        try container.run([
            "rm", "/etc/systemd/system/pvp-image@b.service", "/etc/systemd/system/pvp-guest@b.service",
        ])
    }

    @Test("pvpgen start and stop show each stage; stop returns when all units are inactive")
    func stagesOfStartAndStop() throws {
        let (container, mark) = try Container.idle()
        let start = try container.attempt(Self.pvpgen("start", "--root=/machine"), within: Limit.unit)
        #expect(start.status == 0, "\(start.output)\n\(container.story(since: mark))")
        for stage in ["tuning", "hugepages", "NICs", "testpmd", "images", "guests"] {
            #expect(start.output.lines.contains { $0.hasPrefix(stage) && $0.contains(" up after ") }, "\(start.output)")
        }
        #expect(try container.run(Self.pvpgen("status", "--wait=1s", "--root=/machine")).contains("testpmd.service"))
        try container.run(["pvpgen", "console", "-c", "show port info 1"], as: "member")
        let typed = try container.run(Self.pvpgen("log", "testpmd", "--input", "--since=boot"))
        #expect(typed.contains("typed by member: show port info 1"), "\(typed)")
        let stop = try container.attempt(Self.pvpgen("stop"), within: Limit.unit)
        #expect(stop.status == 0 && stop.output.contains("NICs       stopped after "), "\(stop.output)")
        for unit in ["pvp-guest@guest.service", "pvp-vfio@0000:17:00.0.service", "pvp-hugepages@0.service"] {
            #expect(try container.properties(of: unit)["ActiveState"] == "inactive", "\(unit)")
        }
    }
}
