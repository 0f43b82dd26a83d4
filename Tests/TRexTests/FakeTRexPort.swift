import JSON

/// A port of a fake TRex.
struct FakeTRexPort: Sendable {
    /// A stream as it was added.
    struct Stream: Sendable {
        var rate: Double
        /// Seconds.
        var delay: Double
        var json: JSON
    }

    var owner = ""
    var session = 0
    var handler = ""
    var isPromiscuous = false
    var isInService = false
    var streams: [Int: Stream] = [:]
    /// The streams of the last trial.
    var sentStreams: [Stream] = []
    var startTime: Double?
    var sent = 0
    var received = 0
    var receiveErrors = 0
    var sendErrors = 0

    var state: String { startTime != nil ? "TX" : streams.isEmpty ? "IDLE" : "STREAMS" }

    /// Frames of all streams from the start until a time: one at the start, then in intervals.
    func frames(until time: Double) -> Int {
        guard let startTime else { return 0 }
        return streams.values.reduce(0) { sum, stream in
            let seconds = time - startTime - stream.delay
            return seconds < 0 ? sum : sum + Int(seconds * stream.rate) + 1
        }
    }
}
