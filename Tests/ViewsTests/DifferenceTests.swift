import JSON
import SystemdBus
import Testing
import Units
import Views

@Suite struct DifferenceTests {
    static func tree(_ files: [String: String], _ links: [String: String] = [:], members: [String] = []) -> UnitTree {
        var tree = UnitTree()
        tree.files = files.mapValues { Array($0.utf8) }
        tree.links = links
        tree.members = members
        return tree
    }

    static let present = tree(
        [
            "testpmd.service": "[Service]\nExecStart=/bin/console \"a b\" -- --rxq=1\n",
            "pvp-guest@a.service.d/50-pvpgen.conf":
                "[Service]\nStandardInputText=<domain>\nStandardInputText=\\s x</domain>\n",
            "pvp-guest@b.service.d/50-pvpgen.conf": "[Service]\nStandardInputText=<domain/>\n",
        ], ["pvp.target.wants/testpmd.service": "../testpmd.service"],
        members: ["testpmd.service", "pvp-guest@a.service", "pvp-guest@b.service"])

    @Test func sameTreesDoNotDiffer() {
        let difference = UnitDifference(from: Self.present, to: Self.present)
        #expect(difference.isEmpty && difference.text() == "daemon-reload would change nothing\n")
    }

    @Test func eachChangeIsReported() {
        var new = Self.present
        new.files["pvp-guest@b.service.d/50-pvpgen.conf"] = nil
        new.files["testpmd.service"] = Array("[Service]\nExecStart=/bin/console \"a b\" -- --rxq=2\nRestart=no\n".utf8)
        new.files["new.service"] = Array("[Unit]\n".utf8)
        new.links = ["pvp.target.wants/new.service": "../new.service", "pvp.target.wants/testpmd.service": "/else"]
        let difference = UnitDifference(from: Self.present, to: new)
        #expect(
            difference.text() == """
                new.service: added new.service
                  + [Unit]
                pvp-guest@b.service: removed pvp-guest@b.service.d/50-pvpgen.conf
                  - [Service]
                  - StandardInputText=<domain/>
                pvp.target: added pvp.target.wants/new.service
                  + -> ../new.service
                pvp.target: changed pvp.target.wants/testpmd.service
                  - -> ../testpmd.service
                  + -> /else
                testpmd.service: changed testpmd.service
                  - ExecStart=/bin/console "a b" -- --rxq=1
                  + ExecStart=/bin/console "a b" -- --rxq=2
                  + Restart=no

                """)
        #expect(!difference.isEmpty)
        let json = difference.json["changes"]?.array ?? []
        #expect(
            json.compactMap { $0["unit"]?.string } == [
                "new.service", "pvp-guest@b.service", "pvp.target", "testpmd.service",
            ])
        #expect(json.last?["parts"]?.array?.first?["removed"] == ["ExecStart=/bin/console \"a b\" -- --rxq=1"])
    }

    @Test(arguments: [
        (RunningUnit(name: "testpmd.service"), RunningUnit.ConfigState.current),
        (RunningUnit(name: "testpmd.service", commandLine: ["/bin/console", "a b", "--", "--rxq=1"]), .current),
        (RunningUnit(name: "testpmd.service", commandLine: ["/bin/console", "a b", "--", "--rxq=4"]), .stale),
        (RunningUnit(name: "testpmd.service", commandLine: ["/bin/console", "a", "b", "--", "--rxq=1"]), .stale),
        // Its ExecStart= is in the template, which is not ours to compare.
        (
            RunningUnit(
                name: "pvp-guest@a.service", commandLine: ["/bin/pvp-guest", "a"], input: "<domain>\n  x</domain>\n"),
            .current
        ),
        (RunningUnit(name: "pvp-guest@a.service", input: "<domain>\n  y</domain>\n"), .stale),
        (RunningUnit(name: "pvp-guest@a.service", input: "\0"), .current),
        (RunningUnit(name: "testpmd.service", program: "/bin/console"), .current),
        (RunningUnit(name: "testpmd.service", program: "/bin/console (deleted)"), .replaced),
        (RunningUnit(name: "testpmd.service", commandLine: ["/bin/old"], program: "/bin/old (deleted)"), .stale),
        (RunningUnit(name: "pvp-guest@gone.service", program: "/bin/pvp-guest (deleted)"), .orphan),
        (RunningUnit(name: "pvp-domain@a.service"), .current), (RunningUnit(name: "pvp-domain@gone.service"), .orphan),
        (RunningUnit(name: "pvp-image@a.service"), .current), (RunningUnit(name: "pvp-image@gone.service"), .orphan),
        (RunningUnit(name: "pvp-guest@gone.service", input: "<domain/>\n"), .orphan),
    ])
    func configState(_ unit: RunningUnit, _ configState: RunningUnit.ConfigState) {
        let difference = UnitDifference(from: Self.present, to: Self.present, running: [unit])
        #expect(difference.running.map(\.configState) == [configState])
        #expect(difference.isEmpty == (configState == .current))
    }

    @Test func whatChangesIsOutdatedAndWhatGoesIsAnOrphan() {
        var new = Self.present
        new.files["testpmd.service"] = Array("[Service]\nExecStart=/bin/console\n".utf8)
        new.files["pvp-guest@b.service.d/50-pvpgen.conf"] = nil
        new.members = ["testpmd.service", "pvp-guest@a.service"]
        let running = ["testpmd.service", "pvp-guest@b.service", "pvp-guest@a.service"].map { RunningUnit(name: $0) }
        let difference = UnitDifference(from: Self.present, to: new, running: running)
        #expect(
            difference.text().hasSuffix(
                """

                pvp-guest@a.service  current
                pvp-guest@b.service  orphan    systemctl stop pvp-guest@b.service
                testpmd.service      outdated  systemctl daemon-reload, then systemctl restart testpmd.service

                """))
        #expect(
            difference.json["running"]?.array?.last?["commands"] == [
                "systemctl daemon-reload", "systemctl restart testpmd.service",
            ])
    }

    @Test func aLinkAloneDoesNotMakeAUnitOutdated() {
        var new = Self.present
        new.links["testpmd.service.wants/x.service"] = "../x.service"
        #expect(
            UnitDifference(from: Self.present, to: new, running: [RunningUnit(name: "testpmd.service")]).running[0]
                .configState == .current)
    }

    @Test(arguments: [
        ("testpmd.service", "active", "", true), ("testpmd.service", "failed", "", false),
        ("old.service", "active", "pvp.slice", true),
        ("old.service", "active", "system.slice", false), ("pvp-vfio@0000:17:00.0.service", "active", "", true),
        ("pvp-tune.service", "active", "", true), ("pvp-ready.service", "active", "", false),
        ("pvp-build@dpdk.service", "activating", "system-pvp\\x2dbuild.slice", false),
    ])
    func knowsOurs(_ name: String, _ state: String, _ slice: String, _ isOurs: Bool) {
        var unit = UnitProperties(id: name, activeState: state)
        unit.slice = slice
        #expect(RunningUnit.isOurs(unit, [Self.present]) == isOurs)
    }
}
