/// Something that was looked at: what the plan says, and what the machine says.
package struct Finding: Hashable, Sendable {
    /// What it is about, in the order of the table.
    package enum Area: String, CaseIterable, Hashable, Sendable {
        /// What the kernel was booted with.
        case kernel
        /// Hugepages.
        case memory
        /// NICs, their drivers and links.
        case nics = "NICs"
        /// testpmd's process and threads.
        case testpmd
        /// Guests' processes and threads.
        case guests
        /// Interrupts that came to isolated CPUs.
        case interrupts
        /// What pvp-tune changes.
        case tuning
        /// Units.
        case units
    }

    /// What it is about.
    package var area: Area
    /// What was looked at.
    package var subject: String
    /// What the plan says.
    package var expected: String
    /// What the machine says.
    package var found: String
    /// What to do if it is not so.
    package var remedy: String
    /// Whether it is so.
    package var matches: Bool

    init(_ area: Area, _ subject: String, expected: String, found: String, matches: Bool? = nil, remedy: String) {
        self.area = area
        self.subject = subject
        self.expected = expected
        self.found = found
        self.matches = matches ?? (expected == found)
        self.remedy = remedy
    }
}
