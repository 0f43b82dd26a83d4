import Diagnostics
import Foundation
import JSON
import Measurement
import MeasurementResults
import TestSupport
import Testing

@Suite struct ResultJSONTests {
    @Test("a result with all parts is read back equal, and its document has the form of the schema")
    func roundTrip() throws {
        var chain = SimulatedChain()
        chain.invalidTrials = [3, 7]
        var result = try chain.complete()
        result.faults = ["the report after the last trial differs: Kernel/Release"]
        result.deviations = ["CPU 3: governor is powersave"]
        result.isInterrupted = true
        result.latencies[1].faults = ["the load was not reached"]
        result.latencies[2].directions[1] = nil
        let text = result.json.text
        #expect(try MeasurementResult(JSON(Array(text.utf8))) == result)
        try Program.validate(text)
    }

    @Test("a running measurement without optional values is read back equal") func minimal() throws {
        var chain = SimulatedChain()
        chain.linkSpeed = nil
        let result = chain.empty
        let text = result.json.text
        #expect(try MeasurementResult(JSON(Array(text.utf8))) == result)
        try Program.validate(text)
    }

    @Test("an interrupted search has the bounds so far") func interrupted() throws {
        var result = try SimulatedChain().result()
        result.searches[0].trials.removeLast(2)
        let read = try MeasurementResult(result.json)
        #expect(read == result)
        #expect(read.summaries[0].goals.contains { $0.result.irregularity == .undecided })
    }

    @Test("each reason and each place of a loss is read back equal", arguments: Self.reasons)
    func reasonRoundTrip(_ reason: InvalidReason) throws {
        var chain = SimulatedChain()
        chain.invalidTrials = [1]
        var result = try chain.result()
        result.searches[0].trials[0].trial.verdict = .invalid([reason, .notQuiet])
        let text = result.json.text
        #expect(try MeasurementResult(JSON(Array(text.utf8))) == result)
        try Program.validate(text)
    }

    static let reasons: [InvalidReason] =
        [
            .incomplete, .loadNotReached(direction: "a", intended: 2, sent: 1),
            .loadExceeded(direction: "a", intended: 1, sent: 2),
            .durationOff(intended: .seconds(1), actual: .nanoseconds(999_000_001)), .notQuiet,
            .generatorDrops(direction: "a", frames: 1), .pollGap(.microseconds(300), limit: .microseconds(200)),
            .linkChanged("nic0"), .foreignFrames(direction: "a", frames: 2, limit: 1),
            .lateFrames(direction: "a", frames: 2, limit: 1), .duplicatedFrames(direction: "a", frames: 2, limit: 1),
            .reorderedFrames(direction: "a", frames: 2, limit: 1), .counterReset(direction: "a", port: "nic0"),
            .restarted("testpmd"), .hostChanged("governor", from: "performance", to: "powersave"),
            .negativeBalance(direction: "a", stage: nil, frames: 1),
        ] + places.map { .negativeBalance(direction: "a", stage: $0, frames: 1) }

    static let places: [LossLocation] = [
        .nic("nic0"), .testpmd("testpmd", toward: .guest("vm1")), .testpmd("testpmd", toward: .nic("nic1")),
        .testpmdReceiving("testpmd", from: .guest("vm1")), .guest("vm1"), .sendingNIC("nic1"),
    ]

    @Test("reading another document fails with result-schema", arguments: ["pvpgen.report/1", "pvpgen.measurement/9"])
    func otherSchema(_ schema: String) {
        #expect {
            try MeasurementResult(["schema": .string(schema)])
        } throws: {
            let problem = $0 as? Problem
            return problem?.code == .resultSchema && problem?.message.contains("'\(schema)'") == true
        }
        #expect { try MeasurementResult([]) } throws: { ($0 as? Problem)?.code == .resultSchema }
    }

    /// What is changed, and the place in the message.
    @Test(
        "reading a damaged result fails with result-malformed and the place",
        arguments: [
            ("\"name\": \"testpmd-20261201T120000Z\"", "\"name\": 1", "name: expected a text"),
            ("\"start\": 1796126400", "\"start\": \"now\"", "start: expected a whole number"),
            ("\"interrupted\": false", "\"interrupted\": 0", "interrupted: expected true or false"),
            ("\"size\": \"64\"", "\"size\": \"-64\"", "searches[0].size: expected bytes or 'imix'"),
            ("\"width\": 0.005", "\"width\": 5", "searches[0].goals[0]: goal 'ndr': the width"),
            ("\"minimum_load\": 9001", "\"minimum_load\": 0", "searches[0].limits: limits: the minimum load"),
            ("\"load\": 14880952", "\"load\": 7", "searches[0]: trial 1: expected 14.88 Mpps for 1 s, got 7 pps"),
            ("\"unexplained\": ", "\"unexplained\": 1", "losses.lost: expected the sum of all stages"),
            ("\"kind\": \"nic\"", "\"kind\": \"nick\"", "location.kind: unknown place 'nick'"),
            ("\"nics\": [\"nic0\", \"nic1\"]", "\"nics\": [0]", "chain.nics: expected a list of texts"),
            ("\"percent\": 0,", "", "latencies[0].percent: expected a whole number, found nothing"),
            ("\"minimum_ns\"", "\"least_ns\"", "latencies[0].directions[0]: expected a histogram"),
            ("\"fault\": null", "\"fault\": 1", "soaks[0].intervals[0].fault: expected a text or null"),
            ("\"code\": \"load-not-reached\"", "\"code\": \"x\"", "invalid_reasons[0].code: unknown reason 'x'"),
            ("\"profile\": {", "\"prof\": {", "profile: expected an object"),
        ])
    func malformed(_ found: String, _ replacement: String, _ message: String) throws {
        var chain = SimulatedChain()
        chain.invalidTrials = [2]
        var result = try chain.result()
        result.latencies = try chain.latencies()
        result.soaks = [chain.soak(.bytes(64), seconds: 3, lossyEach: 2)]
        let text = result.json.text
        // Results before the trials are not read.
        let trials = try #require(text.firstRange(of: "\"trials\": [")).upperBound
        let end = try #require(text.firstRange(of: "\"latencies\": [")).lowerBound
        let range = try #require(text[trials..<end].firstRange(of: found) ?? text.firstRange(of: found))
        let damaged = try JSON(Array(text.replacingCharacters(in: range, with: replacement).utf8))
        #expect {
            try MeasurementResult(damaged)
        } throws: {
            let problem = $0 as? Problem
            #expect(problem?.message.contains(message) == true, "\(problem?.message ?? "")")
            return problem?.code == .resultMalformed
        }
    }
}
