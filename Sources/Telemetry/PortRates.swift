/// How fast a port's counters grew between two surveys.
package struct PortRates: Hashable, Sendable {
    /// By how much each counter grew.
    package var growth: [Counter: UInt64]
    /// Milliseconds in which it did, at least 1.
    package var milliseconds: Int

    /// Of one port, seen twice. `nil` when there is nothing to compare: it is another port, it was
    /// not started at one of the two times, or the program was restarted in between, which a
    /// counter shows that went backwards.
    package init?(from before: Port, to after: Port, milliseconds: Int) {
        guard milliseconds > 0, before.number == after.number, before.name == after.name, before.isStarted,
            after.isStarted
        else {
            return nil
        }
        growth = [:]
        for (counter, value) in after.counters {
            guard let earlier = before.counters[counter] else { continue }
            guard value >= earlier else { return nil }
            growth[counter] = value - earlier
        }
        self.milliseconds = milliseconds
    }

    /// A counter's growth in a second; `nil` when telemetry does not show it.
    package func perSecond(_ counter: Counter) -> Double? {
        growth[counter].map { Double($0) * 1000 / Double(milliseconds) }
    }

    /// The sum of several counters' growth in a second; `nil` when telemetry shows none of them.
    package func perSecond(_ counters: [Counter]) -> Double? {
        let known = counters.compactMap { perSecond($0) }
        return known.isEmpty ? nil : known.reduce(0, +)
    }

    /// Packets received in a second.
    package var packetsIn: Double? { perSecond(.receivedPackets) }
    /// Packets sent in a second.
    package var packetsOut: Double? { perSecond(.sentPackets) }
    /// Bits received in a second, of frames as the driver counts them.
    package var bitsIn: Double? { perSecond(.receivedBytes).map { $0 * 8 } }
    /// Bits sent in a second.
    package var bitsOut: Double? { perSecond(.sentBytes).map { $0 * 8 } }
    /// Packets in a second that came in and were dropped, for want of a descriptor or a buffer.
    package var dropped: Double? { perSecond([.missed, .noBuffer]) }
    /// Packets in a second that were received or sent with an error.
    package var errors: Double? { perSecond([.receiveErrors, .sendErrors]) }
}
