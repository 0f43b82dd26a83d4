/// The frames of a valid trial, the sum over all interfaces (RFC 9971, "Trial Loss Ratio").
package struct TrialLoss: Hashable, Sendable {
    /// Frames that the generator sent.
    package let sent: Int
    /// Frames of these that returned, each counted once.
    package let received: Int

    package init(sent: Int, received: Int) {
        self.sent = sent
        self.received = received
    }

    /// Frames that did not return.
    package var lost: Int { sent - received }

    /// Lost frames of those sent, 0 to 1; 0 for a trial without frames.
    package var ratio: Double { sent > 0 ? Double(lost) / Double(sent) : 0 }
}
