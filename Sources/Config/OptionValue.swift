/// A setting that needs no planning, with its value: what JSON, tables and reports show of it.
package struct OptionValue: Hashable, Sendable {
    /// The key, such as `StopTimeout`.
    package var key: String
    /// The value.
    package var value: SettingValue
    /// What a number counts, such as "seconds"; empty where there is none.
    package var unit: String
    /// Whether the value is the default.
    package var isDefault: Bool

    /// The value as people read it. A number of seconds or bytes has its unit; what others count is
    /// in the key.
    package var text: String { value == .none || !hasUnitInName ? value.text : "\(value.text) \(unit)" }

    /// The key as JSON has it, with the unit of a time or a size: `stop_timeout_seconds`.
    package var jsonName: String {
        let letters = Array(key)
        var name = ""
        for (index, letter) in letters.enumerated() {
            // A word begins with a capital after a small letter, or with the last one of several:
            // EALArguments.
            let isAfterSmall = index > 0 && letters[index - 1].isLowercase
            let isBeforeSmall = index > 0 && index + 1 < letters.count && letters[index + 1].isLowercase
            if letter.isUppercase, isAfterSmall || isBeforeSmall { name += "_" }
            name += letter.lowercased()
        }
        return hasUnitInName ? "\(name)_\(unit)" : name
    }

    private var hasUnitInName: Bool { ["bytes", "seconds"].contains(unit) }
}
