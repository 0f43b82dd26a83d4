import Measurement
import TrafficGenerator

/// What was observed in a trial with TRex, and what it means.
struct TRexObservation {
    /// The time in which a port sent, in seconds by TRex's clock: TRex reports the time before and
    /// after the stop.
    struct SendingTime: Hashable {
        var earliest: Double
        var latest: Double

        var middle: Double { (earliest + latest) / 2 }
        /// How far the true time may be from the middle.
        var precision: Double { max(0, latest - earliest) / 2 }
    }

    private let trial: TrafficTrial
    private let senders: [Int]
    private let limits: TRexLimits
    /// Streams on all threads, each of which may have sent one frame more or less.
    private let pacers: Int
    var links: [Bool] = []
    var sendingTimes: [Int: SendingTime] = [:]
    var cpuLoad = 0
    /// What was counted in the trial; `nil` if nothing was sent.
    var counters: TRexCounters?
    var isQuiet = true

    init(_ trial: TrafficTrial, senders: [Int], cores: Int, limits: TRexLimits) {
        self.trial = trial
        self.senders = senders
        self.limits = limits
        pacers = Set(trial.sizes).count * cores
    }

    /// Frames that the port should have sent in its sending time.
    private func intended(_ index: Int) -> Int {
        let seconds = sendingTimes[index]?.middle ?? trial.duration.seconds
        return Int((Double(trial.rate) * seconds).rounded())
    }

    /// How many frames more or less the port may have sent.
    private var tolerance: Int { Int((precision * Double(trial.rate)).rounded(.up)) }

    /// How precisely the sending time is known, in seconds: by the clock, and by the frames of each
    /// pacer and one for rounding.
    private var precision: Double {
        (sendingTimes.values.map(\.precision).max() ?? 0) + Double(pacers + 1) / Double(trial.rate)
    }

    /// Whether all frames that should have been sent are counted.
    var isComplete: Bool {
        guard let counters else { return false }
        return senders.allSatisfy { counters.ports[$0].sent >= intended($0) - tolerance }
    }

    /// The counters and faults for the verdict.
    var result: TrafficResult {
        var result = TrafficResult(
            intended: Int((Double(trial.rate) * trial.duration.seconds).rounded()),
            ports: links.indices.map { port($0) })
        result.isQuiet = isQuiet
        result.faults = faults
        result.timePrecision = .nanoseconds(Int64((precision * 1e9).rounded(.up)))
        result.excessTime = limits.excessTime
        return result
    }

    private func port(_ index: Int) -> TrafficResult.Port {
        var port = TrafficResult.Port()
        port.isLinkUp = links[index]
        if let counted = counters?.ports[index] {
            port.received = counted.received
            port.dropped = counted.receiveErrors
            if senders.contains(index) { port.sent = counted.sent }
        }
        if senders.contains(index) {
            port.intended = intended(index)
            port.unsent = max(0, intended(index) - port.sent)
            port.sendingTime = .nanoseconds(Int64(((sendingTimes[index]?.middle ?? 0) * 1e9).rounded()))
        }
        return port
    }

    /// Faults of TRex itself, which may be the reason for a loss.
    private var faults: [String] {
        var faults = links.indices.filter { !links[$0] }.map { "port \($0): link is down" }
        guard let counters else { return faults }
        if counters.fullQueues > limits.fullQueues {
            faults.append("transmit queues full \(counters.fullQueues) times")
        }
        if counters.missingBuffers > 0 { faults.append("no packet buffer free \(counters.missingBuffers) times") }
        if counters.queueDrops > 0 { faults.append("\(counters.queueDrops) frames dropped before a queue") }
        if cpuLoad > limits.cpuLoad {
            faults.append("CPU load too high: expected at most \(limits.cpuLoad) %, got \(cpuLoad) %")
        }
        for (index, port) in counters.ports.enumerated() {
            if port.sendErrors > 0 { faults.append("port \(index): \(port.sendErrors) transmit errors") }
            if !senders.contains(index), port.sent > 0 {
                faults.append("port \(index): sent \(port.sent) frames, expected none")
            }
            if min(port.sent, port.received, port.receiveErrors, port.sendErrors) < 0 {
                faults.append("port \(index): counters were reset")
            }
        }
        let clock = sendingTimes.values.map(\.precision).max() ?? 0
        if clock > trial.duration.seconds * limits.timePrecision {
            let milliseconds = (clock * 10_000).rounded(.up) / 10
            faults.append("sending time is known within \(milliseconds) ms only")
        }
        return faults
    }
}
