import Diagnostics
import Glibc
import Linux
import Telemetry
import TestSupport
import Testing

@Suite("Telemetry of a real testpmd")
struct TestpmdTests {
    private func ports(_ watch: PortWatch) throws -> [Port] {
        try #require(PortWatch.survey([watch], timeout: 60_000).first).get()
    }

    @Test func countersGrowAndGiveRates() throws {
        let testpmd = try Testpmd(in: Tree())
        let watch = PortWatch(testpmd.socket)
        let before = try ports(watch)
        let start = MonotonicClock.now
        usleep(300_000)
        let after = try ports(watch)
        #expect(before.map(\.number) == [0, 1])
        #expect(before.map(\.name) == ["net_null0", "net_null1"])
        for port in after {
            #expect(port.isStarted && port.isUp && port.isFullDuplex == true)
            #expect(port.speed == 10_000)
            #expect(port.counters.count == Counter.allCases.count)
        }
        let rates = Rates(from: before, to: after, milliseconds: MonotonicClock.now - start)
        for number in [0, 1] {
            let port = try #require(rates[number])
            #expect(port.packetsIn.map { $0 > 1000 } == true, "\(port)")
            #expect(port.packetsOut.map { $0 > 1000 } == true, "\(port)")
        }
        // Counters that go back to 0 are no rates.
        try testpmd.type("stop")
        try testpmd.type("clear port stats all")
        #expect(Rates(from: after, to: try ports(watch), milliseconds: 100).ports.isEmpty)
    }

    @Test("A port that is stopped is shown without link and counters")
    func stoppedPort() throws {
        let testpmd = try Testpmd(in: Tree())
        try testpmd.type("stop")
        try testpmd.type("port stop 1")
        let ports = try ports(PortWatch(testpmd.socket))
        #expect(ports.map(\.isStarted) == [true, false])
        var stopped = try #require(ports.last)
        #expect(stopped.address != nil && stopped.isPromiscuous == true)
        stopped.address = nil
        stopped.isPromiscuous = nil
        #expect(stopped == Port(number: 1, name: "net_null1"))
    }

    @Test("stopped it is silent, killed it is missing, and restarted it is queried again")
    func hungAndKilled() throws {
        let tree = try Tree()
        var testpmd = try Testpmd(in: tree)
        let watch = PortWatch(testpmd.socket)
        #expect(try ports(watch).count == 2)
        testpmd.hang()
        let start = MonotonicClock.now
        #expect(throws: Problem.self) { try PortWatch.survey([watch], timeout: 200)[0].get() }
        #expect(MonotonicClock.now - start < 5000)
        testpmd.child.signal(SIGCONT)
        #expect(try ports(watch).count == 2)
        testpmd.kill()
        #expect(throws: Problem.self) { try ports(watch) }
        testpmd = try Testpmd(in: tree, devices: ["net_null0"])
        #expect(try ports(watch).count == 1)
    }
}
