package import Diagnostics
package import JSON

/// Times between sending and receiving, in buckets that are less than 1 % wide.
package struct LatencyHistogram: Hashable, Sendable {
    /// A bucket: the lower end in nanoseconds, and the number of frames.
    package struct Bucket: Hashable, Sendable {
        package var nanoseconds: Int
        package var frames: Int

        package init(nanoseconds: Int, frames: Int) {
            self.nanoseconds = nanoseconds
            self.frames = frames
        }
    }

    /// The shortest and the longest time.
    package var minimum: Duration
    package var maximum: Duration
    /// The sum of all times.
    package var sum: Duration
    /// Buckets with frames, in ascending order.
    package var buckets: [Bucket]

    /// Reads the `latency` of an answer of pvp-traffic. Throws `json-malformed`.
    package init(_ json: JSON) throws(Problem) {
        guard let minimum = json["minimum_ns"]?.int, let maximum = json["maximum_ns"]?.int,
            let sum = json["sum_ns"]?.int, let buckets = json["histogram"]?.array
        else { throw Self.malformed }
        self.minimum = .nanoseconds(minimum)
        self.maximum = .nanoseconds(maximum)
        self.sum = .nanoseconds(sum)
        self.buckets = buckets.compactMap { pair in
            guard let pair = pair.array, pair.count == 2, let low = pair[0].int, let frames = pair[1].int else {
                return nil
            }
            return Bucket(nanoseconds: low, frames: frames)
        }
        guard self.buckets.count == buckets.count else { throw Self.malformed }
    }

    private static let malformed = Problem(
        .jsonMalformed, "pvp-traffic: expected a histogram of latencies", remedy: "install one release of pvpgen")

    /// What ``init(_:)`` reads.
    package var json: JSON {
        [
            "minimum_ns": .number(minimum.nanoseconds), "maximum_ns": .number(maximum.nanoseconds),
            "sum_ns": .number(sum.nanoseconds),
            "histogram": .array(buckets.map { [.number($0.nanoseconds), .number($0.frames)] }),
        ]
    }

    /// The number of frames.
    package var frames: Int { buckets.reduce(0) { $0 + $1.frames } }

    /// The lower end of the bucket below which `percent` of all frames are; `nil` without frames.
    package func percentile(_ percent: Double) -> Duration? {
        let wanted = Int((Double(frames) * percent / 100).rounded(.up))
        var seen = 0
        for bucket in buckets {
            seen += bucket.frames
            if seen >= max(1, wanted) { return .nanoseconds(bucket.nanoseconds) }
        }
        return nil
    }
}
