import JSON
import Presentation
import SystemdBus
import Testing
import Views

@Suite struct StatusTests {
    static let now: UInt64 = 1_000_000_000

    static func unit(
        _ name: String, _ active: String, _ sub: String, _ change: (inout UnitProperties) -> Void = { _ in }
    ) -> UnitStatus {
        var properties = UnitProperties(id: name, activeState: active)
        properties.subState = sub
        properties.result = "success"
        change(&properties)
        return UnitStatus(properties, now: now)
    }

    @Test(
        arguments: [
            (0, "now"), (999, "999us ago"), (2_000, "2ms ago"), (59_000_000, "59s ago"), (61_000_000, "1min 1s ago"),
            (330_000_000, "5min ago"),
            (3_900_000_000, "1h 5min ago"), (21_700_000_000, "6h ago"), (86_400_000_000, "24h ago"),
            (97_200_000_000, "1 day 3h ago"),
            (172_800_000_000, "2 days ago"), (691_200_000_000, "1 week 1 day ago"), (1_209_600_000_000, "2 weeks ago"),
            (5_300_000_000_000, "2 months ago"), (40_000_000_000_000, "1 year 3 months ago"),
        ] as [(UInt64, String)])
    func timeIsPrintedAsBySystemctl(_ age: UInt64, _ text: String) {
        #expect(relativeTime(microseconds: age) == text)
    }

    @Test func theChainIsPrintedStageByStage() {
        var failed = Self.unit("testpmd.service", "failed", "failed") {
            $0.result = "exit-code"
            $0.inactiveEntry = .init(date: "Tue 2026-11-24 13:40:16 UTC", monotonic: 700_000_000)
        }
        failed.journal = "EAL: no hugepages"
        let chain = ChainStatus([
            failed,
            Self.unit("pvp-hugepages@0.service", "active", "exited") {
                $0.activeEntry = .init(date: "", monotonic: 940_000_000)
            },
            Self.unit("pvp-guest@vm.service", "activating", "start") {
                $0.statusText = "waiting for testpmd"
                $0.activeEntry = .init(date: "", monotonic: 5)
            },
            Self.unit("pvp-vfio@0000:17:00.0.service", "inactive", "dead") { $0.loadState = "not-found" },
            Self.unit("pvp.target", "inactive", "dead"),
        ])
        #expect(
            chain.text { $0 == .bad ? "!\($1)" : $1 } == """
                hugepages
                  pvp-hugepages@0.service        active (exited) since 1min 0s ago
                NICs
                  pvp-vfio@0000:17:00.0.service  inactive (dead)
                    not-found: run 'systemctl daemon-reload'
                testpmd
                  testpmd.service                !failed (failed) since Tue 2026-11-24 13:40:16 UTC; 5min ago
                    exit-code: EAL: no hugepages
                guests
                  pvp-guest@vm.service           activating (start)
                    waiting for testpmd
                target
                  pvp.target                     inactive (dead)

                """)
        #expect(!chain.isUp)
        let units = chain.json["units"]?.array ?? []
        #expect(units.compactMap { $0["up"] } == [true, false, false, false, false])
        #expect(units.compactMap { $0["stage"]?.string } == ["hugepages", "NICs", "testpmd", "guests", "target"])
        #expect(units[0]["age_microseconds"]?.counter == 60_000_000 && units[0]["since"] == .null)
        #expect(units[2]["journal"]?.string == "EAL: no hugepages" && units[2]["result"]?.string == "exit-code")
    }

    @Test func allUpIsUpAndNothingIsNot() {
        let testpmd = Self.unit("testpmd.service", "active", "running") { $0.statusText = "4 ports" }
        #expect(ChainStatus([testpmd]).isUp)
        #expect(!ChainStatus([]).isUp)
        #expect(ChainStatus([testpmd]).text().contains("    4 ports\n"))
    }

    @Test(arguments: [
        ("pvp-network.service", .network), ("pvp-ssh@guest.socket", .network), ("pvp-image@vm.service", .images),
        ("pvp-hugepages@1.service", Stage.hugepages), ("pvp-vfio@0000:17:00.0.service", .nics),
        ("pvp-vfs@0000:17:00.0.service", .nics),
        ("left.service", .testpmd), ("pvp-guest@a.service", .guests), ("pvp.target", .target),
        ("pvp-config-error.service", .target), ("pvp-ready.service", .target),
    ])
    func unitsHaveTheirStage(_ unit: String, _ stage: Stage) { #expect(Stage(of: unit) == stage) }
}
