extension SearchGoal {
    /// Reads the name of a predefined goal, or an own goal: `NAME:KEY=VALUE,…`. The keys are `loss`
    /// and `exceed` (ratios), `width` (a ratio), `initial`, `final` and `sum` (durations in
    /// seconds, or with `ms` behind); those that are not given are those of `ndr`.
    /// - Throws: `SearchError.invalidGoal`
    package static func parse(_ text: String) throws(SearchError) -> SearchGoal {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let name = parts[0]
        guard parts.count == 2 else {
            if let goal = presets.first(where: { $0.name == name }) { return goal }
            let known = presets.map(\.name).joined(separator: ", ")
            throw .invalidGoal(name, "expected one of \(known), or NAME:KEY=VALUE,…")
        }
        guard !name.isEmpty, name.utf8.allSatisfy({ isNameByte($0) }) else {
            throw .invalidGoal(name, "a name has lower-case letters, digits and -")
        }
        if presets.contains(where: { $0.name == name }) {
            throw .invalidGoal(name, "the name of a predefined goal cannot be that of an own goal")
        }
        var attributes = Attributes()
        for item in parts[1].split(separator: ",", omittingEmptySubsequences: false) {
            let pair = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard pair.count == 2, attributes.set(pair[0], pair[1]) else {
                throw .invalidGoal(
                    name, "'\(item)': expected loss=, exceed=, width=, initial=, final= or sum= with a number")
            }
        }
        return try attributes.goal(name)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
    }
}

/// The attributes of an own goal, as far as they are given.
private struct Attributes {
    var lossRatio = SearchGoal.ndr.lossRatio
    var exceedRatio = SearchGoal.ndr.exceedRatio
    var width = SearchGoal.ndr.width
    var initial: Duration?
    var final: Duration?
    var sum: Duration?

    /// Whether the key and value are valid.
    mutating func set(_ key: String, _ value: String) -> Bool {
        switch key {
        case "loss": return Self.set(&lossRatio, Double(value))
        case "exceed": return Self.set(&exceedRatio, Double(value))
        case "width": return Self.set(&width, Double(value))
        case "initial": initial = Self.duration(value)
        case "final": final = Self.duration(value)
        case "sum": sum = Self.duration(value)
        default: return false
        }
        return Self.duration(value) != nil
    }

    private static func set(_ attribute: inout Double, _ value: Double?) -> Bool {
        guard let value, value.isFinite else { return false }
        attribute = value
        return true
    }

    /// Seconds, or milliseconds with `ms` behind; at most a day.
    private static func duration(_ text: String) -> Duration? {
        let isShort = text.hasSuffix("ms")
        guard let number = Double(isShort ? String(text.dropLast(2)) : text), number > 0 else { return nil }
        let milliseconds = (number * (isShort ? 1 : 1000)).rounded()
        return milliseconds >= 1 && milliseconds <= 86_400_000 ? .milliseconds(Int(milliseconds)) : nil
    }

    /// Durations that are not given follow from those that are: the trials of one goal have one
    /// duration, and 21 of them decide.
    func goal(_ name: String) throws(SearchError) -> SearchGoal {
        let final = final ?? initial ?? SearchGoal.ndr.finalTrialDuration
        return try SearchGoal(
            name: name, lossRatio: lossRatio, exceedRatio: exceedRatio, width: width,
            initialTrialDuration: initial ?? min(final, SearchGoal.ndr.initialTrialDuration),
            finalTrialDuration: final, durationSum: sum ?? final * 21)
    }
}
