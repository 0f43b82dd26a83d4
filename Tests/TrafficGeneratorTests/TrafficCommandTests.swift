import Diagnostics
import JSON
import Measurement
import Testing
import Values

@testable import TrafficGenerator

@Suite("Commands and answers of pvp-traffic") struct TrafficCommandTests {
    @Test("A trial as a command")
    func trial() {
        var trial = TrafficTrial(id: 7, rate: 1_000_000, duration: .milliseconds(1500))
        #expect(trial.line == "trial id=7 rate=1000000 duration_us=1500000 sizes=64 flows=1")
        trial.sizes = [64, 1518]
        trial.flows = 8
        trial.hasIPv6 = true
        trial.senders = [1]
        trial.destinations = [nil, MACAddress("52:54:00:00:00:01")]
        trial.hasLatency = true
        #expect(
            trial.line
                == "trial id=7 rate=1000000 duration_us=1500000 sizes=64,1518 flows=8 ipv6=1 directions=2 "
                + "destination1=52:54:00:00:00:01 latency=1")
    }

    @Test("The simple Internet mix has seven, four and one frames of its sizes")
    func imix() {
        let counts = Dictionary(grouping: TrafficTrial.imix) { $0 }.mapValues(\.count)
        #expect(counts == [64: 7, 570: 4, 1518: 1])
    }

    @Test("Faults as a command")
    func faults() {
        var faults = TrafficFaults()
        faults.limit = 5000
        faults.stall = .microseconds(500)
        faults.stallInterval = .seconds(20)
        faults.blocked = [0]
        #expect(
            faults.line
                == "reflect limit=5000 drop=0 duplicate=0 reorder=0 stall_us=500 stall_each_us=20000000 blocked=1")
    }

    private static func port(_ sent: Int, _ received: Int, more: String = "") -> String {
        """
        {"port":0,"sent":\(sent),"sent_bytes":0,"unsent":2,"tx_full":0,"received":\(received),"received_bytes":0,\
        "duplicate":3,"reordered":4,"late":5,"foreign":6,"max_gap_ns":700,"duration_ns":800,"missed":1,\
        "no_buffer":2,"errors":4,"link":true\(more)}
        """
    }

    @Test("Directions go from one port to the other")
    func directions() throws {
        let text = #"{"trial":1,"intended":102,"ports":[\#(Self.port(100, 90)),\#(Self.port(101, 99))]}"#
        let result = try TrafficResult(JSON(Array(text.utf8)))
        #expect(result.directions.map(\.name) == ["0 to 1", "1 to 0"])
        #expect(result.directions.map(\.sent) == [100, 101])
        #expect(result.directions.map(\.received) == [99, 90])
        #expect(result.directions.map(\.intended) == [102, 102])
        #expect(result.directions.map(\.dropped) == [7, 7])
        #expect(result.ports[0].longestGap == .nanoseconds(700))
    }

    @Test("What a generator declares about itself is part of the observation")
    func declared() {
        var sender = TrafficResult.Port()
        sender.intended = 103
        sender.sent = 103
        var result = TrafficResult(intended: 100, ports: [sender, TrafficResult.Port()])
        result.faults = ["CPU load"]
        result.isQuiet = false
        result.timePrecision = .milliseconds(1)
        result.excessTime = .milliseconds(100)
        #expect(result.directions.map(\.intended) == [103])
        let input = TrialInput(load: 100, duration: .seconds(1))
        let observation = result.observation(of: input, before: ChainSnapshot(), after: ChainSnapshot())
        #expect(observation.faults == ["CPU load"] && !observation.isQuiet)
        #expect(observation.timePrecision == .milliseconds(1) && observation.excessTime == .milliseconds(100))
    }

    @Test(
        "A refused trial is an error, and so is another answer",
        arguments: [
            (#"{"error":"sizes"}"#, Problem.Code.trafficRefused), (#"{"ports":[{}]}"#, .jsonMalformed),
            ("[]", .jsonMalformed),
        ])
    func refused(_ text: String, _ code: Problem.Code) throws {
        let json = try JSON(Array(text.utf8))
        #expect(#expect(throws: Problem.self) { try TrafficResult(json) }?.code == code)
    }

    @Test("Percentiles are those of the buckets")
    func percentiles() throws {
        let histogramText = "[[10,50],[20,40],[800,9],[900,1]]"
        let latency =
            #","latency":{"minimum_ns":10,"maximum_ns":900,"sum_ns":2000,"histogram":\#(histogramText)}"#
        let text = #"{"intended":1,"ports":[\#(Self.port(100, 100, more: latency))]}"#
        let histogram = try #require(try TrafficResult(JSON(Array(text.utf8))).ports[0].latency)
        #expect(histogram.frames == 100)
        let percents = [0, 50, 50.1, 90, 99, 99.5, 100]
        #expect(percents.map { histogram.percentile($0) } == [10, 10, 20, 20, 800, 900, 900].map { .nanoseconds($0) })
    }
}
