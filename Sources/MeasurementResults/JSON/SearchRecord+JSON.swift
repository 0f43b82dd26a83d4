import Diagnostics
import JSON
import Measurement

extension SearchRecord {
    /// What the search was, the results that follow from its trials, and the trials.
    func json(_ summary: SearchSummary) -> JSON {
        [
            "size": .string(size.text), "repetition": .number(repetition), "goals": .array(goals.map(\.json)),
            "limits": limits.json, "results": .array(summary.goals.map { $0.json }),
            "maximum_receive_rate": summary.receiveRateJSON, "trials": .array(trials.map(\.json)),
        ]
    }

    /// Throws `result-malformed` also if the trials are not those of the search.
    init(_ members: ResultMembers) throws(Problem) {
        self.init(
            size: try FrameSize(members), repetition: try members.int("repetition"),
            goals: try members.list("goals", SearchGoal.init), limits: try SearchLimits(members.members("limits")))
        trials = try members.list("trials", TrialRecord.init)
        do throws(SearchError) {
            _ = try Search(goals, limits: limits, trials: trials.map(\.trial))
        } catch {
            throw ResultMembers.malformed("\(members.place): \(error.text)")
        }
    }
}

extension FrameSize {
    /// Reads the member `size` of an object.
    init(_ members: ResultMembers) throws(Problem) {
        let text = try members.string("size")
        guard let size = FrameSize(text) else { throw members.malformed("size", "expected bytes or 'imix'") }
        self = size
    }

    /// Reads what ``text`` writes.
    init?(_ text: String) {
        if text == Self.imix.text {
            self = .imix
        } else if let bytes = Int(text), bytes > 0 {
            self = .bytes(bytes)
        } else {
            return nil
        }
    }
}

extension SearchGoal {
    fileprivate var json: JSON {
        [
            "name": .string(name), "loss_ratio": .number(lossRatio), "exceed_ratio": .number(exceedRatio),
            "width": .number(width), "initial_trial_duration_ns": .number(initialTrialDuration.nanoseconds),
            "final_trial_duration_ns": .number(finalTrialDuration.nanoseconds),
            "duration_sum_ns": .number(durationSum.nanoseconds),
        ]
    }

    fileprivate init(_ members: ResultMembers) throws(Problem) {
        let (name, lossRatio) = (try members.string("name"), try members.double("loss_ratio"))
        let (exceedRatio, width) = (try members.double("exceed_ratio"), try members.double("width"))
        let initial = try members.duration("initial_trial_duration_ns")
        let final = try members.duration("final_trial_duration_ns")
        let sum = try members.duration("duration_sum_ns")
        do throws(SearchError) {
            try self.init(
                name: name, lossRatio: lossRatio, exceedRatio: exceedRatio, width: width,
                initialTrialDuration: initial, finalTrialDuration: final, durationSum: sum)
        } catch {
            throw ResultMembers.malformed("\(members.place): \(error.text)")
        }
    }
}

extension SearchLimits {
    fileprivate var json: JSON {
        [
            "minimum_load": .number(minimumLoad), "maximum_load": .number(maximumLoad),
            "receive_rate_trials": .number(receiveRateTrials), "repetitions": .number(repetitions),
            "time_limit_ns": .optional(timeLimit?.nanoseconds),
        ]
    }

    fileprivate init(_ members: ResultMembers) throws(Problem) {
        let (minimum, maximum) = (try members.int("minimum_load"), try members.int("maximum_load"))
        let (trials, repetitions) = (try members.int("receive_rate_trials"), try members.int("repetitions"))
        let timeLimit = try members.optionalInt("time_limit_ns").map { Duration.nanoseconds($0) }
        do throws(SearchError) {
            try self.init(
                minimumLoad: minimum, maximumLoad: maximum, receiveRateTrials: trials, repetitions: repetitions,
                timeLimit: timeLimit)
        } catch {
            throw ResultMembers.malformed("\(members.place): \(error.text)")
        }
    }
}
