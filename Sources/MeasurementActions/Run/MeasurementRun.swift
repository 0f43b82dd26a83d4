package import Diagnostics
import JSON
import Linux
package import Measurement
package import MeasurementResults
package import TrafficGenerator

/// The measurement of one chain with one generator, step by step. The result is complete after each
/// trial, whatever ends the measurement.
package final class MeasurementRun {
    package private(set) var result: MeasurementResult
    let request: MeasurementRequest
    let chain: any MeasuredChainReading
    let observer: any MeasurementObserver
    var runner: TrialRunner
    private let generator: any LoadGenerator

    /// Seconds that the chain has to become ready again after an invalid trial.
    static let recovery = 60
    /// Seconds until the links of the generator are up after its start.
    private static let linkTime = 20

    package init(
        _ request: MeasurementRequest, of result: MeasurementResult, on generator: any LoadGenerator,
        chain: any MeasuredChainReading, limits: VerdictLimits = VerdictLimits(), observer: any MeasurementObserver
    ) {
        self.request = request
        self.result = result
        self.generator = generator
        self.chain = chain
        self.observer = observer
        runner = TrialRunner(generator, limits: limits) { () throws(Problem) in try chain.snapshot() }
    }

    /// Changes the result, and reports it to the observer.
    func update(_ change: (inout MeasurementResult) -> Void) throws(Problem) {
        change(&result)
        try observer.changed(result)
    }

    /// Adds an interval of a soak; the observer is not called.
    func add(_ interval: SoakRecord.Interval, toSoak index: Int) { result.soaks[index].intervals.append(interval) }

    /// Waits until chain and generator are ready, finds out which port is connected to which NIC,
    /// and checks that frames return in each direction. Throws `chain-not-ready`, `path-broken`,
    /// and what the generator throws.
    package func check() throws(Problem) -> [PathCheck] {
        observer.step("path check")
        try chain.wait(seconds: Self.recovery)
        let end = MonotonicClock.now + Self.linkTime * 1000
        while try !generator.hasLinks(), MonotonicClock.now < end { MonotonicClock.sleep(milliseconds: 200) }
        var checks = try checkOnce()
        // Bridges learn addresses, and the first frames after a start may be lost.
        for _ in 0..<2 where checks.contains(where: { $0.obstacle != nil }) { checks = try checkOnce() }
        if let order = Self.order(checks) { chain.order(directions: order) }
        return checks
    }

    /// The path of each port; `nil` if it is unknown.
    private static func order(_ checks: [PathCheck]) -> [Int]? {
        let order = checks.compactMap(\.path)
        return order.count == 2 && order[0] != order[1] ? order : nil
    }

    private func checkOnce() throws(Problem) -> [PathCheck] {
        var checks: [PathCheck] = []
        for port in 0..<2 {
            var profile = profile(request.sizes.first ?? .bytes(64))
            profile.senders = [port]
            let input = TrialInput(load: 1000, duration: .milliseconds(500))
            let planned = PlannedTrial(input: input, goal: nil, reason: "path check")
            let done = try runner.run(planned, profile)
            let ports = done.result.ports
            checks.append(
                PathCheck(
                    port: port, sent: ports[port].sent, received: ports[1 - port].received,
                    before: done.observation.before.paths, after: done.observation.after.paths))
        }
        return checks
    }

    /// The frames of a size.
    func profile(_ size: FrameSize) -> TrafficTrial {
        var profile = TrafficTrial(id: 0, rate: 0, duration: .zero)
        profile.sizes = request.profile(size)
        profile.flows = request.flows
        profile.hasIPv6 = request.hasIPv6
        profile.maximumLag = request.maximumLag
        return profile
    }

    /// Runs all searches, and after those of a size its latencies and its soak. Searches that the
    /// result has already are resumed. Throws what the generator, the chain and the observer throw.
    package func measure() throws(Problem) {
        for size in request.sizes {
            for repetition in 1...max(1, request.repetitions) { try search(size, repetition) }
            if request.hasLatency { try measureLatencies(size) }
            if let soak = request.soak { try self.soak(size, soak) }
        }
    }

    private func search(_ size: FrameSize, _ repetition: Int) throws(Problem) {
        let index = result.searches.firstIndex { $0.size == size && $0.repetition == repetition }
        let position: Int
        if let index {
            position = index
        } else {
            let limits = try self.limits(size)
            position = result.searches.count
            try update {
                $0.searches.append(
                    SearchRecord(size: size, repetition: repetition, goals: request.goals, limits: limits))
            }
        }
        let record = result.searches[position]
        var search = try resumed(record)
        guard case .trial = search.step else { return }
        observer.step(
            "search, \(size.text) bytes" + (request.repetitions > 1 ? ", \(repetition) of \(request.repetitions)" : ""))
        try runner.run(&search, profile(size)) { done, search throws(Problem) in
            try update { $0.searches[position].trials.append(TrialRecord(done)) }
            observer.trial(done, remaining: search.remaining)
            // A restart takes longer than the repetitions of a trial.
            if case .invalid = done.trial.verdict { try chain.wait(seconds: Self.recovery) }
        }
    }

    /// The search with the trials of a record.
    func resumed(_ record: SearchRecord) throws(Problem) -> Search {
        do throws(SearchError) {
            return try Search(record.goals, limits: record.limits, trials: record.trials.map(\.trial))
        } catch {
            throw Problem(.trafficRefused, "search: \(error.text)", remedy: "measure again without --resume=")
        }
    }
}

extension TrialRecord {
    init(_ done: CompletedTrial) {
        self.init(
            start: done.start, goal: done.planned.goal, reason: done.planned.reason, trial: done.trial,
            directions: done.observation.directions, sendingTime: done.observation.sendingTime,
            longestPollGap: done.observation.longestPollGap)
    }
}
