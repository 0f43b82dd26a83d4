import Diagnostics
import Linux
import SystemdBus
import Testing
import Units
import Views

@testable import Lifecycle

@Suite struct LogTests {
    private static var chain: ChainUnits {
        var tree = UnitTree()
        tree.members = [
            "pvp-tune.service", "pvp-hugepages@0.service", "testpmd.service", "pvp-ssh@vm.socket",
            "pvp-guest@vm.service",
        ]
        return ChainUnits(planned: nil, present: tree)
    }

    @Test(
        "A name selects a testpmd, a guest with all of its units, or one unit",
        arguments: [
            ("testpmd", ["testpmd.service", "testpmd.socket"]), ("testpmd.service", ["testpmd.service"]),
            ("pvp-tune", ["pvp-tune.service", "pvp-tune.socket"]), ("pvp.target", ["pvp.target"]),
            ("pvp-hugepages@0.service", ["pvp-hugepages@0.service"]), ("pvp-image@vm", ["pvp-image@vm.service"]),
            (
                "vm",
                [
                    "pvp-domain@vm.service", "pvp-guest@vm.service", "pvp-guest@vm.socket", "pvp-image@vm.service",
                    "pvp-ssh@vm.service", "pvp-ssh@vm.socket",
                ]
            ),
        ])
    func selection(_ name: String, _ units: [String]) throws {
        #expect(try LogSelection(name, in: Self.chain).units == units)
    }

    @Test("An unknown name is a problem with a suggestion, or with the names that exist")
    func unknown() {
        let near = #expect(throws: Problem.self) { try LogSelection("testpdm", in: Self.chain) }
        #expect(near?.code == .unknownUnit && near?.remedy == "did you mean 'testpmd'?")
        let far = #expect(throws: Problem.self) { try LogSelection("qqqqqqqq", in: Self.chain) }
        #expect(far?.remedy.hasPrefix("name one of: vm, pvp-tune, ") == true)
        // The number of a node is no name of a guest.
        #expect(throws: Problem.self) { try LogSelection("0", in: Self.chain) }
    }

    @Test("All names can be selected")
    func names() throws {
        let names = LogSelection.names(in: Self.chain)
        #expect(names.contains("testpmd") && names.contains("pvp-guest@vm") && names.contains("pvp.target"))
        for name in names { #expect(try !LogSelection(name, in: Self.chain).units.isEmpty) }
        #expect(try LogSelection(nil, in: Self.chain).units.contains("pvp-config-error.service"))
    }

    @Test("The terms are those of journalctl -u, with what was typed and the boot in common")
    func match() throws {
        let match = try LogSelection("testpmd.service", in: Self.chain, isInput: true).match(boot: "b")
        #expect(match.alternatives.contains(["_PID=1", "UNIT=testpmd.service"]))
        #expect(match.alternatives.contains(["_SYSTEMD_UNIT=testpmd.service"]))
        #expect(match.common == ["PVP_DIRECTION=input", "_BOOT_ID=b"])
    }

    @Test("An entry has time, unit, program and process, and control characters are replaced")
    func text() throws {
        let fields = [
            "MESSAGE": "one\u{1b}[2J\n\ttwo", "_PID": "7", "SYSLOG_IDENTIFIER": "pvp-guest",
            "UNIT": "pvp-guest@vm.service",
        ]
        let head = "at 5 pvp-guest@vm.service pvp-guest[7]: "
        let text = try LogSelection("vm", in: Self.chain).text(JournalRecord(time: 5, fields: fields)) { "at \($0)" }
        #expect(text == "\(head)one?[2J\n" + String(repeating: " ", count: head.count) + "\ttwo\n")
        #expect(
            try LogSelection("testpmd.service", in: Self.chain).text(
                JournalRecord(time: 5, fields: ["MESSAGE": "x", "_COMM": "sh"])
            ) { "at \($0)" } == "at 5 sh: x\n")
    }

    private static let now = MonotonicClock.seconds(year: 2026, month: 3, day: 1, hour: 12, minute: 30, second: 5)

    private static func at(_ day: Int, _ hour: Int = 0, _ minute: Int = 0, _ second: Int = 0) -> Int {
        MonotonicClock.seconds(year: 2026, month: 3, day: day, hour: hour, minute: minute, second: second)
    }

    @Test(
        "Times are those of systemd.time(7)",
        arguments: [
            ("now", now), ("today", at(1)), ("yesterday", at(0)), ("-2h", now - 7200), ("90s ago", now - 90),
            ("1min 30s ago", now - 90), ("@77", 77), ("2026-03-02", at(2)), ("2026-03-02 11:07", at(2, 11, 7)),
            ("2026-03-02 11:07:09", at(2, 11, 7, 9)), ("11:07", at(1, 11, 7)), ("23:59:59", at(1, 23, 59, 59)),
        ])
    func time(_ text: String, _ seconds: Int) {
        #expect(LogTime(text, now: Self.now) == .time(UInt64(seconds) * 1_000_000))
    }

    @Test(
        "Other text is no time",
        arguments: [
            "", "soon", "-x", "@", "@-1", "2026-13-01", "2026-03", "11", "24:00", "11:07:60", "2026-03-02 ",
            "2026-03-02 11:07 x", "11:07 2026-03-02", "5 ago ago", "1:2:3:4",
        ])
    func noTime(_ text: String) { #expect(LogTime(text, now: Self.now) == nil) }

    @Test func theBoot() { #expect(LogTime("boot") == .boot) }

    @Test("A view that follows begins with ten entries, unless it has another beginning")
    func options() {
        #expect(LogLoop.Options(isFollowing: true).count == 10 && LogLoop.Options().count == nil)
        #expect(LogLoop.Options(since: .boot, isFollowing: true).count == nil)
        #expect(LogLoop.Options(count: 3, isFollowing: true).count == 3)
    }
}
