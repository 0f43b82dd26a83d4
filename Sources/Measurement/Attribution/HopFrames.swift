/// The frames of one trial at a hop.
package struct HopFrames: Hashable, Sendable {
    package let testpmd: String
    package let peer: HopCounters.Peer
    package let isReceiving: Bool
    /// Frames that testpmd received or sent here.
    package let packets: Int
    /// Frames that the port dropped.
    package let drops: Int

    /// Compares two readings. A counter of 32 bits may have wrapped once; `most` is the highest
    /// number of frames that is possible in the trial.
    /// - Throws: `CounterReset` if a counter went back otherwise, or if the port is another one.
    init(from before: HopCounters, to after: HopCounters, most: Int) throws(CounterReset) {
        testpmd = before.testpmd
        peer = before.peer
        isReceiving = before.isReceiving
        guard before.testpmd == after.testpmd, before.peer == after.peer, before.isReceiving == after.isReceiving,
            let packets = Self.difference(before.packets, after.packets, most),
            let drops = Self.difference(before.drops, after.drops, most)
        else { throw CounterReset(port: before.peer.name) }
        self.packets = packets
        self.drops = drops
    }

    private static func difference(_ before: UInt64, _ after: UInt64, _ most: Int) -> Int? {
        if after >= before { return Int(exactly: after - before) }
        let width: UInt64 = 1 << 32
        guard before < width, let wrapped = Int(exactly: after + width - before), wrapped <= most else { return nil }
        return wrapped
    }
}
