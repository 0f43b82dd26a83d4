import Diagnostics
import Linux
import Measurement
import TestSupport
import Testing

@testable import TrafficGenerator

@Suite("pvp-traffic") struct TrafficProgramTests {
    @Test(
        "Each frame that is sent to itself comes back, and what was not sent is reported",
        arguments: [
            TrafficTrial(id: 1, rate: 1000, duration: .milliseconds(300)),
            TrafficTrial(id: 2, rate: 1_000_000, duration: .milliseconds(300)),
        ])
    func loop(_ trial: TrafficTrial) throws {
        let tree = try Tree()
        let program = try TrafficProgram(in: tree, "loop", devices: ["net_ring0"])
        var trial = trial
        trial.hasLatency = true
        trial.sizes = TrafficTrial.imix
        let port = try program.connect().run(trial).ports[0]
        #expect(port.sent + port.unsent == Int(trial.rate) * 3 / 10)
        #expect(port.sent > 0)
        #expect(port.received + port.dropped == port.sent)
        #expect(port.duplicated + port.reordered + port.late + port.foreign == 0)
        let latency = try #require(port.latency)
        #expect(latency.frames == port.received)
        let median = try #require(latency.percentile(50))
        #expect(latency.minimum <= latency.maximum && median <= latency.maximum)
    }

    @Test("The reflector's faults are counted as what they are")
    func faults() throws {
        let tree = try Tree()
        let pair = try ReflectorPair(tree)
        let trial = TrafficTrial(id: 1, rate: 1000, duration: .seconds(1))
        var port = try pair.generator.run(trial).ports[0]
        #expect(port.received == port.sent && port.sent > 0)

        var faults = TrafficFaults()
        faults.drop = 10
        try pair.reflector.reflect(faults)
        port = try pair.generator.run(TrafficTrial(id: 2, rate: 1000, duration: .seconds(1))).ports[0]
        #expect(port.sent - port.received == port.sent / 10)

        faults = TrafficFaults()
        faults.duplicate = 10
        try pair.reflector.reflect(faults)
        port = try pair.generator.run(TrafficTrial(id: 3, rate: 1000, duration: .seconds(1))).ports[0]
        #expect(port.received == port.sent && port.duplicated == port.sent / 10)

        faults = TrafficFaults()
        faults.reorder = 10
        try pair.reflector.reflect(faults)
        port = try pair.generator.run(TrafficTrial(id: 4, rate: 1000, duration: .seconds(1))).ports[0]
        // The last one may wait for a frame that does not come.
        #expect(port.sent - port.received <= 1)
        #expect(abs(port.reordered - port.sent / 10) <= 1)

        faults = TrafficFaults()
        faults.blocked = [0]
        try pair.reflector.reflect(faults)
        port = try pair.generator.run(TrafficTrial(id: 5, rate: 1000, duration: .milliseconds(200))).ports[0]
        #expect(port.received == 0 && port.sent > 0)
    }

    @Test("The reflector's limit holds")
    func limit() throws {
        let tree = try Tree()
        let pair = try ReflectorPair(tree)
        var faults = TrafficFaults()
        faults.limit = 500
        try pair.reflector.reflect(faults)
        let port = try pair.generator.run(TrafficTrial(id: 1, rate: 2000, duration: .seconds(1))).ports[0]
        // A second's worth, what passes at once, and what comes while the end is awaited.
        #expect((400...700).contains(port.received), "\(port)")
    }

    @Test(
        "A trial that cannot be is refused",
        arguments: [
            TrafficTrial(id: 1, rate: 0, duration: .seconds(1)), TrafficTrial(id: 1, rate: 1, duration: .zero),
        ])
    func refused(_ trial: TrafficTrial) throws {
        let tree = try Tree()
        let program = try TrafficProgram(in: tree, "loop", devices: ["net_ring0"])
        let connection = try program.connect()
        #expect(#expect(throws: Problem.self) { try connection.run(trial) }?.code == .trafficRefused)
        var small = TrafficTrial(id: 1, rate: 1, duration: .seconds(1))
        small.sizes = [63]
        #expect(#expect(throws: Problem.self) { try connection.run(small) }?.code == .trafficRefused)
    }

    @Test("A trial ends with its client")
    func client() throws {
        let tree = try Tree()
        let program = try TrafficProgram(in: tree, "loop", devices: ["net_ring0"])
        do {
            let client = try UnixSocket.connect(program.socket, .stream)
            _ = client.write(Array((TrafficTrial(id: 1, rate: 1000, duration: .seconds(3600)).line + "\n").utf8))
            MonotonicClock.sleep(milliseconds: 300)
        }
        let trial = TrafficTrial(id: 2, rate: 1000, duration: .milliseconds(100))
        let port = try program.connect().run(trial).ports[0]
        #expect(port.sent + port.unsent == 100 && port.late == 0)
    }
}
