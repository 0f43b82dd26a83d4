import Diagnostics
import Measurement
import MeasurementResults
import TrafficGenerator

extension MeasurementRun {
    /// Trials at most until two agree; CSIT ignores the first (FD.io CSIT, "MLRsearch").
    private static let warmupTrials = 8
    /// How often the load is lowered at most.
    private static let lowerings = 30
    /// How far the received frames of two trials may be apart.
    private static let agreement = 0.05
    /// The highest load where links have no speed: 64-byte frames on a link of 10 Gbps.
    private static let fallbackSpeed = 10_000

    /// Warms the chain up with trials at the highest load, and returns the limits of a search: the
    /// generator may reach less than what is asked for, and an overloaded chain or generator may
    /// do what makes each trial invalid.
    func limits(_ size: FrameSize) throws(Problem) -> SearchLimits {
        observer.step("warm-up, \(size.text) bytes")
        var load = request.maximumLoad ?? size.maximumRate(linkSpeed: result.chain.linkSpeed ?? Self.fallbackSpeed)
        var last: Double?
        var wasDisturbed = false
        var (count, lowered) = (0, 0)
        while count < Self.warmupTrials, lowered < Self.lowerings {
            let input = TrialInput(load: load, duration: .seconds(1))
            let done = try runner.run(PlannedTrial(input: input, goal: nil, reason: "warm-up"), profile(size))
            if let disturbance = done.disturbance {
                last = nil
                // One disturbed trial may be chance; two in succession are the load.
                if wasDisturbed || disturbance.isShort {
                    observer.step("  \(PacketRate(load).text): \(disturbance.text)")
                    load = Self.lower(load, done, disturbance)
                    lowered += 1
                } else {
                    count += 1
                }
                wasDisturbed = true
                continue
            }
            wasDisturbed = false
            count += 1
            let received = Double(done.observation.directions.reduce(0) { $0 + $1.received })
            if let last, abs(received - last) <= Self.agreement * max(received, last) { break }
            last = received
        }
        do throws(SearchError) {
            return try limits(upTo: load)
        } catch {
            throw Problem(
                .generatorFailed, "the generator sends no load that can be searched: \(error.text)",
                remedy: "give it CPUs of its own, or set a higher MaximumRate=")
        }
    }

    /// The limits of a search up to a load, from the least minimum load that the goals allow.
    private func limits(upTo load: Int) throws(SearchError) -> SearchLimits {
        var minimum = max(1, min(Self.minimumLoad, load / 100))
        while true {
            let limits = try SearchLimits(
                minimumLoad: minimum, maximumLoad: load, repetitions: 3, timeLimit: request.timeLimit)
            do throws(SearchError) {
                _ = try Search(request.goals, limits: limits)
                return limits
            } catch .minimumLoadTooLow(_, let least) {
                minimum = max(minimum + 1, least)
            }
        }
    }

    /// The load after a trial that was disturbed: what was sent, less a margin, because the search
    /// must not depend on the last frame; or three quarters.
    private static func lower(_ load: Int, _ done: CompletedTrial, _ disturbance: InvalidReason) -> Int {
        guard disturbance.isShort else { return max(2, load * 3 / 4) }
        return max(2, (done.observation.directions.map { $0.sent }.min() ?? 0) * 19 / 20)
    }

    /// FD.io CSIT's least load is about 9000 packets per second.
    private static let minimumLoad = 9000
}

extension CompletedTrial {
    /// Why the load was not reached, or the frames are no measure of it; `nil` for a valid trial,
    /// and for one in which something was restarted or changed.
    fileprivate var disturbance: InvalidReason? {
        guard case .invalid(let reasons) = trial.verdict else { return nil }
        return reasons.first {
            switch $0 {
            case .loadNotReached, .durationOff, .notQuiet, .generatorDrops, .pollGap, .lateFrames, .duplicatedFrames,
                .reorderedFrames:
                true
            default: false
            }
        }
    }
}

extension InvalidReason {
    /// Whether the generator sent less than intended.
    fileprivate var isShort: Bool { if case .loadNotReached = self { true } else { false } }
}
