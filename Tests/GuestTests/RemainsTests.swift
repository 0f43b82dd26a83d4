import Testing

@testable import pvp_guest

@Suite("What becomes of a guest whose pvp-guest has ended") struct RemainsTests {
    private static let own = "pvp-guest@a.service"

    private func jobs(_ lines: [String]) -> UnitJobs {
        let jobs = lines.map { $0.split(separator: " ").map(String.init) }
        return UnitJobs(types: Dictionary(jobs.map { ($0[0], $0[1]) }) { $1 })
    }

    @Test(
        "A restart of the unit alone keeps the guest",
        arguments: [
            (["\(own) restart"], true),
            (["\(own) try-restart", "pvp-guest@a.socket restart", "testpmd.service restart"], true),
            ([], false), (["\(own) stop"], false), (["\(own) start"], false), (["pvp-guest@b.service restart"], false),
            (["\(own) restart", "pvp-hugepages@0.service restart"], false),
            (["\(own) restart", "pvp-network.service stop"], false),
            (["\(own) restart", "pvp-image@a.service restart"], false),
            (["\(own) restart", "pvp-image@b.service restart"], true),
            (["\(own) restart", "pvp-hugepages@0.service start"], true),
        ])
    func restartedAlone(_ lines: [String], _ isKept: Bool) { #expect(jobs(lines).isRestartedAlone("a") == isKept) }

    @Test(
        "ExecStopPost= destroys what a stop left and what did not come up, and keeps a guest whose pvp-guest failed",
        arguments: [
            // result, status, jobs (nil: systemd does not answer), what becomes of it
            (nil, nil, nil, Remains.destroyed),
            ("success", "0", [], .destroyed), ("success", "0", ["\(own) stop"], .destroyed),
            ("success", "0", nil, .destroyed),
            ("success", "0", ["\(own) restart"], .handedOver), ("signal", "USR1", ["\(own) restart"], .handedOver),
            ("success", "0", ["\(own) restart", "pvp-network.service restart"], .destroyed),
            ("signal", "KILL", [], .kept), ("signal", "KILL", nil, .kept),
            ("signal", "KILL", ["\(own) stop"], .destroyed),
            ("core-dump", "SEGV", [], .kept), ("signal", "KILL", ["\(own) start"], .kept),
            ("exit-code", "1", [], .kept), ("exit-code", "1", ["\(own) start"], .kept), ("exit-code", "2", [], .kept),
            ("exit-code", "3", [], .destroyed), ("exit-code", "3", ["\(own) start"], .destroyed),
            ("timeout", "TERM", ["\(own) stop"], .destroyed), ("timeout", "KILL", nil, .destroyed),
            ("timeout", "TERM", [], .kept),
        ] as [(String?, String?, [String]?, Remains)])
    func remains(_ result: String?, _ status: String?, _ lines: [String]?, _ remains: Remains) {
        #expect(Remains(guest: "a", result: result, status: status, jobs: lines.map(jobs)) == remains)
    }

    @Test("The end of a connection counts once, and only when the connection is in use")
    func alarms() {
        let used = Alarm()
        #expect(used.arm() && used.ring() && !used.ring() && !used.arm())
        let tried = Alarm()
        #expect(!tried.ring() && !tried.arm() && !tried.ring())
    }
}
