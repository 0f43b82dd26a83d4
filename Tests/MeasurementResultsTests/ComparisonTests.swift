import JSON
import Measurement
import MeasurementResults
import Reports
import TestSupport
import Testing

@Suite struct ComparisonTests {
    private func compare(_ results: MeasurementResult...) -> MeasurementComparison {
        MeasurementComparison(results.enumerated().map { ("\($0.offset).json", $0.element) })
    }

    private func value(
        _ name: String, of index: Int, in comparison: MeasurementComparison
    ) throws -> MeasurementComparison.Value {
        try #require(comparison.rows.first { $0.rate.name == name }?.values[index])
    }

    @Test("a result beside itself can be compared and has no difference") func same() throws {
        let result = try SimulatedChain().result()
        let comparison = compare(result, result)
        #expect(comparison.isComparable && comparison.reports?.differences.isEmpty == true)
        #expect(comparison.rows.map(\.rate.name) == ["ndr", "pdr", "mrr"])
        let second = try value("ndr", of: 1, in: comparison)
        #expect(second.difference == 0 && second.isWithinSpread)
        #expect(try value("ndr", of: 0, in: comparison).difference == nil)
        #expect(comparison.text.contains("1.json, 64 bytes, ndr: no difference beyond the width of the goal"))
    }

    @Test("a difference above the goal's width is one, a difference below it is none")
    func difference() throws {
        let result = try SimulatedChain().result()
        let slower = try SimulatedChain(capacity: 7_146_000).result()
        let found = try value("ndr", of: 1, in: compare(result, slower))
        #expect(!found.isWithinSpread)
        #expect(((found.difference ?? 0) + 0.1).magnitude < 0.006)
        let similar = try SimulatedChain(capacity: 7_955_000).result()
        #expect(try value("ndr", of: 1, in: compare(result, similar)).isWithinSpread)
    }

    @Test("a difference within the spread of the repetitions is none") func spread() throws {
        let first = try SimulatedChain().result(offsets: [0, -60, 60])
        let second = try SimulatedChain(capacity: 7_700_000).result(offsets: [0, 1, -1])
        let comparison = compare(first, second)
        let found = try value("ndr", of: 1, in: comparison)
        #expect(found.isWithinSpread && found.spread.values.count == 3)
        #expect(comparison.text.contains("no difference beyond the spread of the repetitions"))
        #expect(comparison.text.contains("0.json, 64 bytes, ndr: 3 repetitions from "))
    }

    @Test("repetitions in two bands are reported as such") func bands() throws {
        let result = try SimulatedChain().result(offsets: [0, 2, -150, -152, 1])
        let comparison = compare(result, result)
        let spread = try value("ndr", of: 0, in: comparison).spread
        #expect(spread.bands?.lower.count == 2 && spread.bands?.upper.count == 3)
        #expect(comparison.text.contains("5 repetitions in two bands: 2 of "))
        #expect(RateSpread([1, 1.01, 1.02, 1.03], width: 0.005)?.bands == nil, "evenly apart")
        #expect(RateSpread([1, 1, 1, 1.2], width: 0.005)?.bands == nil, "one value is no band")
        #expect(RateSpread([1, 1.1, 1.2, 1.35], width: 0.005)?.bands == nil, "a gap below the spread of a band")
        #expect(RateSpread([1, 1, 1.012, 1.012], width: 0.005)?.bands == nil, "a gap of fewer than three widths")
        #expect(RateSpread([], width: 0.005) == nil)
        #expect(RateSpread([4, 1, 2, 3], width: 0.005)?.median == 2.5)
    }

    @Test("each difference of method and each fault makes results incomparable")
    func incomparable() throws {
        let chain = SimulatedChain()
        let result = try chain.result()
        func reasons(_ change: (inout MeasurementResult) throws -> Void) rethrows -> [String] {
            var other = result
            try change(&other)
            return compare(result, other).reasons.map { "\($0.name): \($0.text)" }
        }
        #expect(reasons { _ in }.isEmpty)
        #expect(reasons { $0.profile.flows = 1 } == ["1.json: flows for each direction: expected 1000, got 1"])
        #expect(reasons { $0.profile.hasIPv6 = true } == ["1.json: IP version: expected IPv4, got IPv6"])
        #expect(reasons { $0.profile.directions.removeLast() } == ["1.json: directions: expected 2, got 1"])
        #expect(reasons { $0.profile.destinations = [] }.isEmpty, "addresses are those of a host")
        #expect(reasons { $0.generator.kind = "trex" } == ["1.json: generator: expected builtin, got trex"])
        #expect(
            reasons { $0.generator.host = "gen" } == [
                "1.json: generator's host: expected the same host, got another host"
            ])
        #expect(reasons { $0.faults = ["host changed"] } == ["1.json: the measurement is invalid: host changed"])
        #expect(reasons { $0.isInterrupted = true } == ["1.json: the measurement was interrupted"])
        #expect(reasons { $0.searches = [] }.contains("1.json: the measurement has no search"))
        let sizes = try chain.result([.bytes(64), .imix])
        #expect(
            reasons { $0.searches = sizes.searches } == ["1.json: frame sizes: expected 64, got 64, imix"])
        var goals = chain
        goals.goals = [.ndr, .rfc2544]
        let other = try goals.result()
        #expect(
            reasons { $0.searches = other.searches } == ["1.json: goals: expected ndr, pdr, got ndr, rfc2544"])
        goals.goals = [
            .ndr,
            try SearchGoal(
                name: "pdr", lossRatio: 0.01, initialTrialDuration: .seconds(1), finalTrialDuration: .seconds(1),
                durationSum: .seconds(21)),
        ]
        let changed = try goals.result()
        #expect(
            reasons { $0.searches = changed.searches }.first?.contains("goal pdr: expected loss ratio 0.5 %") == true)
    }

    @Test("differences of the reports are listed, a missing report is named") func reports() throws {
        let chain = SimulatedChain()
        let result = try chain.result()
        var other = result
        other.reportBefore = chain.report(kernel: "6.5.0")
        let comparison = compare(result, other)
        #expect(comparison.isComparable)
        #expect(comparison.reports?.differences.map(\.name) == ["Release"])
        #expect(comparison.text.contains("\nKernel   Release  6.1.0-42-amd64  6.5.0\n"))
        other.reportBefore = nil
        let missing = compare(result, other)
        #expect(missing.reports == nil && missing.text.hasSuffix("\n1.json: no report of the host\n"))
        let text = Document(.measurementComparison, comparison.json).json.text
        try Program.validate(text)
        try Program.validate(Document(.measurementComparison, missing.json).json.text)
    }
}
