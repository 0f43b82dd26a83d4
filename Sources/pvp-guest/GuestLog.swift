import Linux

/// Lines for people, on standard error.
enum GuestLog {
    /// Writes one line, with its level in front when the journal reads it.
    static func say(_ level: Level, _ line: String) { complain("pvp-guest: \(line)", level: level) }
}
