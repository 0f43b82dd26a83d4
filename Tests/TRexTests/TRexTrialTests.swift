import Diagnostics
import Measurement
import TRex
import Testing
import TrafficGenerator

/// Short waiting times, for a server on this machine.
enum Trials {
    static var limits: TRexLimits {
        var limits = TRexLimits()
        limits.quietTime = .milliseconds(60)
        // The machine may be busy.
        limits.timePrecision = 1
        limits.excessTime = .seconds(5)
        return limits
    }

    static func generator(_ server: FakeTRex, _ change: (inout TRexLimits) -> Void = { _ in }) throws -> TRexGenerator {
        var limits = limits
        change(&limits)
        return try TRexGenerator(address: server.address, ports: [0, 1], limits: limits, timeout: .seconds(5))
    }

    static func trial(rate: Int = 1_000_000, _ change: (inout TrafficTrial) -> Void = { _ in }) -> TrafficTrial {
        var trial = TrafficTrial(id: 1, rate: rate, duration: .milliseconds(50))
        change(&trial)
        return trial
    }

    static func verdict(_ result: TrafficResult, _ trial: TrafficTrial) -> Verdict {
        let input = TrialInput(load: trial.rate, duration: trial.duration)
        return Verdict(result.observation(of: input, before: ChainSnapshot(), after: ChainSnapshot()))
    }

    static func reasons(_ result: TrafficResult, _ trial: TrafficTrial) -> [String] {
        guard case .invalid(let reasons) = verdict(result, trial) else { return [] }
        return reasons.map(\.text)
    }
}

@Suite("A trial with TRex") struct TRexTrialTests {
    @Test("Both ports send at the rate, and all frames that return are counted")
    func bothDirections() throws {
        let server = try FakeTRex()
        let trial = Trials.trial()
        let result = try Trials.generator(server).run(trial)
        #expect(result.faults == [] && result.isQuiet)
        #expect(result.directions.map(\.name) == ["0 to 1", "1 to 0"])
        for (index, port) in result.ports.enumerated() {
            #expect(port.sendingTime >= trial.duration)
            #expect(port.sent >= 50_000 && port.received == result.ports[1 - index].sent)
            #expect(port.isLinkUp && port.dropped == 0)
        }
        guard case .valid(let loss) = Trials.verdict(result, trial) else {
            Issue.record("\(Trials.reasons(result, trial))")
            return
        }
        #expect(loss.lost == 0)
    }

    @Test("Counters of a trial are those since its start")
    func differences() throws {
        let server = try FakeTRex()
        let generator = try Trials.generator(server)
        let first = try generator.run(Trials.trial()).ports[0].sent
        let second = try generator.run(Trials.trial(rate: 1000)).ports[0].sent
        #expect(first >= 50_000)
        #expect(second >= 50 && second < first)
    }

    @Test("A device that forwards half of the frames has a loss of one half")
    func loss() throws {
        let server = try FakeTRex()
        server.change { $0.forwarded = 0.5 }
        let trial = Trials.trial()
        let result = try Trials.generator(server).run(trial)
        guard case .valid(let loss) = Trials.verdict(result, trial) else {
            Issue.record("\(Trials.reasons(result, trial))")
            return
        }
        #expect(abs(loss.ratio - 0.5) < 0.001)
    }

    @Test("One sender has one direction")
    func oneDirection() throws {
        let server = try FakeTRex()
        let result = try Trials.generator(server).run(Trials.trial { $0.senders = [1] })
        #expect(result.directions.map(\.name) == ["1 to 0"])
        #expect(server.port(0).sentStreams.isEmpty && result.ports[0].received == result.ports[1].sent)
    }

    @Test("The ports start together and are stopped explicitly")
    func commands() throws {
        let server = try FakeTRex()
        let generator = try Trials.generator(server)
        let before = server.methods.count
        _ = try generator.run(Trials.trial())
        let methods = server.methods[before...].filter {
            !["get_port_status", "get_port_stats", "get_global_stats"].contains($0)
        }
        let prepared = ["remove_all_streams", "remove_all_streams", "service"]
        #expect(
            methods == prepared + prepared + ["add_stream", "add_stream", "ping", "start_traffic", "start_traffic"]
                + ["ping", "stop_traffic", "ping", "stop_traffic", "ping", "get_utilization"])
    }

    @Test("Counters that are late are waited for")
    func lateCounters() throws {
        let server = try FakeTRex()
        server.change { $0.counterDelay = 0.4 }
        let trial = Trials.trial()
        let result = try Trials.generator(server).run(trial)
        #expect(Trials.reasons(result, trial) == [])
        #expect(result.ports[0].received >= 50_000)
    }

    @Test("A trial is invalid if frames arrive without an end")
    func noise() throws {
        let server = try FakeTRex()
        server.change { $0.noise = 1000 }
        let trial = Trials.trial()
        let generator = try Trials.generator(server) { $0.drainTime = .milliseconds(300) }
        let reasons = try Trials.reasons(generator.run(trial), trial)
        #expect(reasons.contains("frames were still arriving when the counters were read"))
    }

    /// What TRex does wrong, and a reason why the trial is invalid.
    static let faults: [(String, @Sendable (inout FakeTRexBehavior) -> Void)] = [
        ("generator: transmit queues full 6 times", { $0.fullQueues = 3 }),
        ("generator: no packet buffer free 2 times", { $0.missingBuffers = 1 }),
        ("generator: 20 frames dropped before a queue", { $0.queueDrops = 10 }),
        ("generator: port 1: 5 transmit errors", { $0.sendErrors = 5 }),
        ("generator: CPU load too high: expected at most 95 %, got 96 %", { $0.cpuLoad = 96 }),
        (
            "generator: CPU load too high: expected at most 95 %, got 100 %",
            {
                $0.cpuLoad = 100
                $0.hasPlainUtilization = true
            }
        ),
        ("0 to 1: the generator dropped 7 frames", { $0.receiveErrors = 7 }),
        ("generator: port 1: link is down", { $0.linksDown = [1] }),
        ("generator: port 0: link is down", { $0.linksFailing = [0] }),
    ]

    @Test(arguments: faults.indices) func faultOfTRexMakesTheTrialInvalid(_ index: Int) throws {
        let server = try FakeTRex()
        server.change(Self.faults[index].1)
        let trial = Trials.trial()
        let reasons = try Trials.reasons(Trials.generator(server).run(trial), trial)
        #expect(reasons.contains(Self.faults[index].0), "\(reasons)")
    }

    @Test("A trial is invalid if TRex sends fewer frames than the rate needs")
    func shortfall() throws {
        let server = try FakeTRex()
        server.change { $0.sent = 0.5 }
        let trial = Trials.trial()
        let generator = try Trials.generator(server) { $0.drainTime = .milliseconds(200) }
        let result = try generator.run(trial)
        #expect(result.ports[0].unsent > 0)
        #expect(Trials.reasons(result, trial).contains { $0.hasPrefix("0 to 1: load not reached") })
    }

    @Test("A trial is invalid if the moment of the stop is not known well enough")
    func unknownTime() throws {
        let server = try FakeTRex()
        server.change { $0.stopDelay = 0.02 }
        let trial = Trials.trial()
        let generator = try Trials.generator(server) { $0.timePrecision = 0.01 }
        let reasons = try Trials.reasons(generator.run(trial), trial)
        #expect(reasons.contains { $0.hasPrefix("generator: sending time is known within") }, "\(reasons)")
    }

    @Test("A trial is invalid if TRex is stopped too late")
    func tooLong() throws {
        let server = try FakeTRex()
        server.change { $0.stopDelay = 0.1 }
        let trial = Trials.trial()
        let generator = try Trials.generator(server) { $0.excessTime = .milliseconds(10) }
        let reasons = try Trials.reasons(generator.run(trial), trial)
        #expect(reasons.contains { $0.hasPrefix("traffic for another time") }, "\(reasons)")
    }

    @Test("A trial that TRex cannot run is refused before the first command")
    func refused() throws {
        let server = try FakeTRex()
        let generator = try Trials.generator(server)
        let count = server.methods.count
        let changes: [(inout TrafficTrial) -> Void] = [
            { $0.hasLatency = true }, { $0.sizes = [63] }, { $0.sizes = [2049] }, { $0.sizes = [] },
            {
                $0.hasIPv6 = true
                $0.sizes = [83]
            }, { $0.flows = 0 }, { $0.flows = 64_513 }, { $0.rate = 0 }, { $0.duration = .zero }, { $0.senders = [2] },
        ]
        for change in changes {
            let trial = Trials.trial { change(&$0) }
            #expect(#expect(throws: Problem.self) { try generator.run(trial) }?.code == .trafficRefused)
        }
        #expect(server.methods.count == count)
    }
}
