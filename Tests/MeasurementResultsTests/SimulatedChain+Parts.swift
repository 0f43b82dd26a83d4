import JSON
import Measurement
import MeasurementResults

extension SimulatedChain {
    /// A result with all parts.
    func complete() throws -> MeasurementResult {
        var result = try result([.bytes(64), .bytes(256), .imix, .bytes(1518)], offsets: [0, 2, -1])
        result.latencies = try latencies()
        result.soaks = [soak(.bytes(64), seconds: 3600, lossyEach: 337)]
        result.end = result.start + 4200
        return result
    }

    /// Latencies at 0, 10, 50 and 90 % of the PDR.
    func latencies() throws -> [LatencyRecord] {
        try [0, 10, 50, 90].map { percent in
            let base = 11_000 + percent * 90
            let histograms = try directions.indices.map { index in
                try Self.histogram(base + index * 700, tail: percent == 90 ? 60 : 12)
            }
            let load = max(9001, capacity * percent / 100)
            return LatencyRecord(
                size: .bytes(64), percent: percent, goal: "pdr", load: load, directions: histograms, sent: load * 2,
                received: load * 2)
        }
    }

    /// Frames whose number halves with each step of a fifth; `tail` steps.
    static func histogram(_ base: Int, tail: Int) throws -> LatencyHistogram {
        var low = base
        var frames = 1 << 20
        var buckets: [(Int, Int)] = []
        for _ in 0..<tail where frames > 0 {
            buckets.append((low, frames))
            low += low / 5
            frames = frames * 3 / 5
        }
        let sum = buckets.reduce(0) { $0 + $1.0 * $1.1 }
        return try LatencyHistogram([
            "minimum_ns": .number(base - 200), "maximum_ns": .number(low), "sum_ns": .number(sum),
            "histogram": .array(buckets.map { [.number($0.0), .number($0.1)] }),
        ])
    }

    /// A soak with an interval a second, losses each so many seconds, and an invalid interval.
    func soak(_ size: FrameSize, seconds: Int, lossyEach: Int) -> SoakRecord {
        var soak = SoakRecord(size: size, load: capacity / 2, duration: .seconds(seconds))
        let sent = capacity / 2 * directions.count
        for second in 0..<seconds {
            let isLossy = second % lossyEach == lossyEach - 1
            var interval = SoakRecord.Interval(
                start: Double(second), duration: .seconds(1), sent: sent,
                received: isLossy ? sent - 200 - second % 7 * 40 : sent)
            if second == seconds * 2 / 3 { interval.fault = "nic0: link state changed" }
            soak.intervals.append(interval)
        }
        return soak
    }
}
