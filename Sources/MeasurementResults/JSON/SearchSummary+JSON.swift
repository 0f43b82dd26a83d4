import JSON
import Measurement

extension SearchSummary {
    /// `null` without a valid trial at the maximum load.
    var receiveRateJSON: JSON {
        guard let rate = maximumReceiveRate else { return .null }
        return [
            "trials_sum_pps": .array(rate.rates.map { .number($0) }),
            "mean": receiveThroughput?.json ?? .null, "standard_deviation_sum_pps": .number(rate.standardDeviation),
        ]
    }
}

extension GoalSummary {
    var json: JSON {
        [
            "goal": .string(result.goal.name), "lower_bound": lower?.json ?? .null,
            "upper_bound": upper?.json ?? .null, "conditional_throughput": conditional?.json ?? .null,
            "regular": .bool(result.irregularity == nil), "irregularity": .optional(result.irregularity?.text),
            "losses": attribution.losses?.json ?? .null, "text": .string(attribution.text),
        ]
    }
}

extension Throughput {
    var json: JSON {
        [
            "per_interface_pps": .number(perInterface), "sum_pps": .number(sum), "l1_gbps": .number(l1Gigabits),
            "l2_gbps": .number(l2Gigabits), "line_percent": .optional(linePercent),
        ]
    }
}
