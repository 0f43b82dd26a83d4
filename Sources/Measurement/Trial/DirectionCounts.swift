/// The generator's counters for the frames that it sends at one interface. All are numbers of
/// frames in one trial.
package struct DirectionCounts: Hashable, Sendable {
    /// The direction in results, such as `0 to 1`.
    package var name: String
    /// Frames to send.
    package var intended: Int
    /// Frames that were sent.
    package var sent: Int
    /// Frames of this trial that returned; duplicates are not counted again.
    package var received: Int
    /// Frames that had returned and that the generator dropped: missed, without a buffer, or with
    /// an error (`imissed`, `rx_nombuf` and `ierrors` of `rte_eth_stats`).
    package var dropped = 0
    /// Frames that the generator did not send.
    package var foreign = 0
    /// Frames of an earlier trial.
    package var late = 0
    /// Frames that returned more than once.
    package var duplicated = 0
    /// Frames that returned after a later frame of their flow.
    package var reordered = 0

    package init(name: String, intended: Int, sent: Int, received: Int) {
        self.name = name
        self.intended = intended
        self.sent = sent
        self.received = received
    }
}
