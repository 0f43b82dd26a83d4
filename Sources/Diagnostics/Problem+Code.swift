extension Problem {
    /// The kind of a problem: programs and tests compare codes, people read messages. The codes are
    /// the static members below `Codes/`, a file for each subject. The comment of a code is the
    /// title of its entry in `CodeGroup`.
    package struct Code: Hashable, Sendable {
        /// The code as JSON and `pvpgen explain` have it. Raw values do not change between
        /// releases.
        package let rawValue: String

        init(_ rawValue: String) { self.rawValue = rawValue }
    }
}
