import Measurement
import MeasurementResults
import Testing

@Suite struct SummaryTests {
    @Test("bounds of a search enclose the device's limit, with rates and bandwidth that follow")
    func bounds() throws {
        let summary = try #require(SimulatedChain().result().summaries.first)
        let ndr = try #require(summary.goals.first)
        let (lower, upper) = (try #require(ndr.lower), try #require(ndr.upper))
        #expect(lower.perInterface <= 7_950_000 && upper.perInterface > 7_940_000)
        #expect(upper.perInterface - lower.perInterface <= 0.005 * upper.perInterface)
        #expect(lower.sum == 2 * lower.perInterface)
        #expect((lower.l1Gigabits - lower.sum * 84 * 8 / 1e9).magnitude < 1e-9)
        #expect((lower.l2Gigabits - lower.sum * 64 * 8 / 1e9).magnitude < 1e-9)
        let line = try #require(lower.linePercent)
        #expect((line - lower.perInterface / 148_809.52).magnitude < 1e-9)
        let mean = try #require(summary.receiveThroughput?.perInterface)
        #expect(mean > 7_900_000 && mean < 7_960_000)
        #expect(ndr.attribution.text.contains("guest vm1 loses (84 %, unexplained"))
    }

    @Test("a link without a speed has no percent of line") func noSpeed() throws {
        var chain = SimulatedChain()
        chain.linkSpeed = nil
        let lower = try #require(chain.result().summaries.first?.goals.first?.lower)
        #expect(lower.linePercent == nil)
    }

    @Test("trials of another search give no result") func otherTrials() throws {
        var result = try SimulatedChain().result()
        result.searches[0].trials.reverse()
        #expect(result.summaries[0].goals.isEmpty && result.summaries[0].maximumReceiveRate == nil)
    }

    @Test("a soak counts valid intervals, and an invalid one ends a time without loss") func soak() {
        var soak = SoakRecord(size: .bytes(64), load: 10, duration: .seconds(6))
        for (second, lost) in [0, 0, 0, 5, 0, 0].enumerated() {
            soak.intervals.append(
                .init(start: Double(second) * 1.5, duration: .seconds(1), sent: 10, received: 10 - lost))
        }
        var summary = soak.summary
        #expect(summary.sent == 60 && summary.lost == 5 && summary.lossyIntervals == 1 && summary.seconds == 6)
        #expect(summary.longestLosslessTime == 4)
        soak.intervals[1].fault = "link"
        summary = soak.summary
        #expect(summary.sent == 50 && summary.invalidIntervals == 1 && summary.longestLosslessTime == 2.5)
        #expect(summary.lossRatio == 0.1)
    }
}
