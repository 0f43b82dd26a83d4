/// The input of a trial (RFC 9971, "Trial Input").
package struct TrialInput: Hashable, Sendable {
    /// Intended load in packets per second for each interface.
    package var load: Int
    /// Intended duration of the traffic.
    package var duration: Duration

    package init(load: Int, duration: Duration) {
        self.load = load
        self.duration = duration
    }

    /// Load and duration, such as `7.9 Mpps for 1 s`.
    package var text: String { "\(PacketRate(load).text) for \(duration.shortText)" }
}
