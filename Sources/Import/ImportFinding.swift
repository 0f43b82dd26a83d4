package import Diagnostics

/// What became of one variable.
package struct ImportFinding: Hashable, Sendable {
    /// Where it went.
    package enum Outcome: Hashable, Sendable {
        /// Into these settings, such as `[Guest] Name=vm`.
        case placed([String])
        /// Nowhere: why, and what to do instead.
        case left(why: String, instead: String)
        /// No variable of the roles.
        case unknown
    }

    /// The variable's name.
    package var variable: String
    /// Where it went.
    package var outcome: Outcome
    /// Where its value stands; `nil` for a default of the role.
    package var location: SourceLocation?

    /// One line for people.
    package var line: String {
        let prefix = location.map { "\($0.file):\($0.line):\($0.column): " } ?? "default of the role: "
        return prefix + variable + outcomeText
    }

    private var outcomeText: String {
        switch outcome {
        case .placed(let settings): " → " + settings.joined(separator: ", ")
        case .left(let why, let instead): " has no place: \(why); \(instead)"
        case .unknown: " is unknown: no variable of the roles virtio-host, virtio-guest-dpdk and trex"
        }
    }
}
