import Diagnostics
import Linux
import Measurement
import MeasurementResults
import TrafficGenerator

/// What is measured at loads that a search has found.
extension MeasurementRun {
    /// How often an invalid trial is repeated.
    private static let repetitions = 2
    /// Seconds of a latency trial.
    private static let latencySeconds = 5

    /// Measures latencies at the least load, and at parts of the lower bound of `pdr`, or of the
    /// first goal.
    func measureLatencies(_ size: FrameSize) throws(Problem) {
        guard let goal = request.goals.first(where: { $0.name == "pdr" }) ?? request.goals.first,
            let record = result.searches.last(where: { $0.size == size }),
            let bound = try lowerBound(of: goal.name, in: record)
        else { return }
        observer.step("latency, \(size.text) bytes")
        for percent in MeasurementRequest.latencyPercents {
            if result.latencies.contains(where: { $0.size == size && $0.percent == percent }) { continue }
            let load = max(record.limits.minimumLoad, Int((Double(bound) * Double(percent) / 100).rounded(.down)))
            var traffic = profile(size)
            traffic.hasLatency = true
            let done = try valid(load, .seconds(Self.latencySeconds), traffic, "latency at \(percent) %")
            let counts = done.observation.directions
            var latency = LatencyRecord(
                size: size, percent: percent, goal: goal.name, load: load,
                directions: done.result.ports.reversed().map(\.latency),
                sent: counts.reduce(0) { $0 + $1.sent }, received: counts.reduce(0) { $0 + $1.received })
            if case .invalid(let reasons) = done.trial.verdict { latency.faults = reasons.map(\.text) }
            try update { $0.latencies.append(latency) }
            observer.trial(done, remaining: nil)
        }
    }

    /// Sends for a long time, in trials of a second, at a part of the lower bound of the first
    /// goal.
    func soak(_ size: FrameSize, _ duration: Duration) throws(Problem) {
        guard let goal = request.goals.first, let record = result.searches.last(where: { $0.size == size }),
            let bound = try lowerBound(of: goal.name, in: record)
        else { return }
        let load = max(record.limits.minimumLoad, bound * request.soakPercent / 100)
        observer.step("soak, \(size.text) bytes, \(PacketRate(load).text)")
        let position = result.soaks.firstIndex { $0.size == size && $0.load == load } ?? result.soaks.count
        if position == result.soaks.count {
            try update { $0.soaks.append(SoakRecord(size: size, load: load, duration: duration)) }
        }
        let begin = MonotonicClock.now
        let earlier = result.soaks[position].intervals.last.map { $0.start + 1 } ?? 0
        var written = begin
        while true {
            let elapsed = earlier + Double(MonotonicClock.now - begin) / 1000
            guard .milliseconds(Int(elapsed * 1000)) < duration else { break }
            let planned = PlannedTrial(
                input: TrialInput(load: load, duration: .seconds(1)), goal: nil, reason: "soak")
            let done = try runner.run(planned, profile(size))
            let counts = done.observation.directions
            var interval = SoakRecord.Interval(
                start: elapsed, duration: .seconds(1), sent: counts.reduce(0) { $0 + $1.sent },
                received: counts.reduce(0) { $0 + $1.received })
            if case .invalid(let reasons) = done.trial.verdict { interval.fault = reasons.first?.text }
            add(interval, toSoak: position)
            // A document of hours, written each second, would be gigabytes of writes.
            if MonotonicClock.now - written > 10_000 {
                written = MonotonicClock.now
                try update { _ in }
            }
            observer.trial(done, remaining: duration - .milliseconds(Int(elapsed * 1000)))
        }
        try update { _ in }
    }

    /// Runs a trial until it is valid, or too often.
    private func valid(
        _ load: Int, _ duration: Duration, _ traffic: TrafficTrial, _ reason: String
    ) throws(Problem) -> CompletedTrial {
        let planned = PlannedTrial(input: TrialInput(load: load, duration: duration), goal: nil, reason: reason)
        var done = try runner.run(planned, traffic)
        for _ in 0..<Self.repetitions {
            guard case .invalid = done.trial.verdict else { break }
            try chain.wait(seconds: Self.recovery)
            done = try runner.run(planned, traffic)
        }
        return done
    }

    /// The lower bound of a goal; `nil` if it has none.
    private func lowerBound(of goal: String, in record: SearchRecord) throws(Problem) -> Int? {
        try resumed(record).result().goals.first { $0.goal.name == goal }?.lowerBound
    }
}
