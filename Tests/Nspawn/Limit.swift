/// How long is waited, in seconds. Generous: a test machine may be slow, and each wait ends as soon
/// as it can.
package enum Limit {
    /// For the project's installation and systemd's start; 2 s on two free CPUs.
    package static let boot = 180
    /// For a change of a unit: a start, a stop, a restart; 1 s on two free CPUs.
    package static let unit = 180
    /// For a command that does little.
    package static let command = 60
}
