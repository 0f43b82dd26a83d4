import LabTools
import Linux
import Nspawn
import Testing

/// What needs neither VFIO nor a guest: testpmd.service and what is around it, under a real
/// systemd. One container for all, so one test at a time.
@Suite(.serialized, .container) struct NspawnTests {
    /// The units that pvp.target starts.
    private static let members = [
        "pvp-tune.service", "pvp-hugepages@0.service", "pvp-vfio@0000:17:00.0.service", "pvp-vfio@0000:17:00.1.service",
        "testpmd.service",
        "pvp-guest@guest.service",
    ]

    /// What process 1 warns of, and has to do with us.
    private func warnings(_ container: Container, since mark: Container.JournalMark) throws -> [String] {
        try container.journal(since: mark, matching: ["_PID=1"]).filter { entry in
            entry.priority <= 4 && ["pvp", "testpmd"].contains { "\(entry.unit ?? "") \(entry.message)".contains($0) }
        }.map(\.message)
    }

    @Test func unitsAreLoadedWithoutWarnings() throws {
        // That a warning is seen at all.
        let (container, mark) = try Container.idle(files: [
            "/etc/systemd/system/testpmd.service.d/50-test.conf": "[Service]\nNonsense=yes\n"
        ])
        try container.run(["systemctl", "daemon-reload"])
        #expect(try container.properties(of: Container.testpmd)["DropInPaths"]?.contains("50-test.conf") == true)
        #expect(try warnings(container, since: mark).contains { $0.contains("Nonsense") })

        let (_, clean) = try Container.idle()
        try container.run(["systemctl", "daemon-reload"])
        let wanted = try container.properties(of: "pvp.target")["Wants"]?.split(separator: " ").map(String.init) ?? []
        #expect(Set(wanted) == Set(Self.members))
        for unit in Self.members + ["pvp-ready.service", "pvp.target", "pvp.slice"] {
            let properties = try container.properties(of: unit)
            #expect(
                properties["LoadState"] == "loaded" && properties["LoadError"] == "",
                "\(unit): \(properties["LoadError"] ?? "")")
        }
        #expect(try warnings(container, since: clean) == [])
    }

    @Test func systemdVerifiesThem() throws {
        let (container, _) = try Container.idle()
        // verify takes what is behind a colon for an alias, so a NIC's unit is looked at as a
        // member of the target.
        let named = ["pvp.target", "pvp-ready.service"] + Self.members.filter { !$0.contains(":") }
        let verify = [
            "env", "PVPGEN_ROOT=/machine", "systemd-analyze", "verify", "--generators=yes", "--recursive-errors=one",
            "--man=no",
        ]
        let result = try container.attempt(verify + named)
        #expect(result.status == 0, "\(result.output)")
        #expect(result.output.lines.filter { $0.contains("pvp") || $0.contains("testpmd") } == [])
    }

    @Test func theTargetBringsAllUp() throws {
        let (container, mark) = try Container.running()
        for unit in Self.members + ["pvp.target"] {
            #expect(
                try container.properties(of: unit)["ActiveState"] == "active",
                "\(unit)\n\(container.story(since: mark))")
        }
        let status = try container.properties(of: Container.testpmd)["StatusText"] ?? ""
        #expect(status.hasPrefix("forwarding; 4 ports"))
        #expect(try container.run(["systemctl", "--failed", "--no-legend", "--plain"]) == "")
    }

    @Test func eachLineIsInTheJournalOnce() throws {
        let (container, mark) = try Container.running()
        // Of any unit: DPDK has a way to syslog of its own.
        let entries = try container.journal(since: mark)
        for line in ["EAL: Detected NUMA nodes: ", "Start automatic packet forwarding"] {
            let found = entries.filter { $0.message.hasPrefix(line) }
            #expect(
                found.map { $0["_SYSTEMD_UNIT"] } == ["testpmd.service"], "\(line)\n\(container.story(since: mark))")
        }
        #expect(entries.allSatisfy { !$0.message.contains("\u{1b}") })
    }

    @Test func onlyMembersOfGroupPVPMayAttach() throws {
        let (container, _) = try Container.running()
        let attach = ["timeout", "10", "socat", "-t", "0", "/dev/null", "UNIX-CONNECT:/run/pvp/testpmd.sock"]
        let member = try container.attempt(attach, as: "member")
        #expect(member.status == 0, "\(member.output)")
        let stranger = try container.attempt(attach, as: "stranger")
        #expect(stranger.status != 0 && stranger.output.contains("Permission denied"), "\(stranger.output)")
    }

    @Test func autostartBringsTheTargetUpAfterAReboot() throws {
        let (container, _) = try Container.running()
        try container.files.replace(
            Container.configurationFile, with: Array(Container.configuration(more: "[Host]\nAutostart=yes\n").utf8))
        try container.reboot()
        #expect(try container.properties(of: "pvp.target")["ActiveState"] == "active")
        // testpmd ended in time before the reboot.
        let earlier = try container.run(["journalctl", "--boot=-1", "--output=cat", "--unit=testpmd.service"])
        #expect(earlier.contains("testpmd.service: Deactivated successfully."), "\(earlier)")
    }
}
