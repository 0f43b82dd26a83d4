package import Measurement

/// Why a result cannot be compared with the first one.
package struct IncomparableReason: Hashable, Sendable {
    /// The name of the result.
    package let name: String
    /// One line, without a full stop.
    package let text: String
}

extension MeasurementResult {
    /// Why the result by itself is not to be compared with any.
    var faultReasons: [String] {
        var reasons = faults.map { "the measurement is invalid: \($0)" }
        if isInterrupted { reasons.append("the measurement was interrupted") }
        if searches.isEmpty { reasons.append("the measurement has no search") }
        return reasons
    }

    /// Why the result is not to be compared with another one, which is the expectation.
    func reasons(against first: MeasurementResult) -> [String] {
        var reasons: [String] = []
        func compare<Value: Equatable>(
            _ what: String, _ value: (MeasurementResult) -> Value, _ text: (Value) -> String
        ) {
            let (expected, found) = (value(first), value(self))
            if expected != found { reasons.append("\(what): expected \(text(expected)), got \(text(found))") }
        }
        compare("frame sizes", \.frameSizes) { $0.map(\.text).joined(separator: ", ") }
        compare("goals", { $0.goals.map(\.name).sorted() }) { $0.joined(separator: ", ") }
        // Goals of one name that are others.
        for goal in goals {
            guard let expected = first.goals.first(where: { $0.name == goal.name }), expected != goal else { continue }
            reasons.append("goal \(goal.name): expected \(expected.text), got \(goal.text)")
        }
        compare("flows for each direction", \.profile.flows) { String($0) }
        compare("IP version", \.profile.hasIPv6) { $0 ? "IPv6" : "IPv4" }
        compare("directions", \.profile.directions.count) { String($0) }
        compare("generator", \.generator.kind) { $0 }
        compare("generator's host", { $0.generator.host == nil }) { $0 ? "the same host" : "another host" }
        return reasons
    }

    /// The sizes of all searches, in their order, each once.
    package var frameSizes: [FrameSize] { searches.map(\.size).unique }

    /// The goals of all searches, each once.
    package var goals: [SearchGoal] { searches.flatMap(\.goals).unique }
}

extension SearchGoal {
    /// All attributes, for people.
    package var text: String {
        """
        loss ratio \(NumberText.percent(lossRatio)), exceed ratio \(NumberText.percent(exceedRatio)), \
        width \(NumberText.percent(width)), trials of \(initialTrialDuration.shortText) to \
        \(finalTrialDuration.shortText), sum \(durationSum.shortText)
        """
    }
}

extension Sequence where Element: Hashable {
    /// Each element once, in the order of their first place.
    var unique: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
