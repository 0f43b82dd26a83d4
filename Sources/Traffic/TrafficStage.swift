import Telemetry

/// How much goes through a hop, and how much is lost on the way to it.
package struct TrafficStage: Hashable, Sendable {
    /// Where packets can get lost.
    package enum LossLocation: Hashable, Sendable {
        /// In the NIC: no free descriptor, no buffer, or an error on the wire.
        case nic
        /// In testpmd: what it received, the next port did not take.
        case testpmd
        /// In that guest: what it was sent did not come back.
        case guest
    }

    /// Where it is.
    package var hop: PacketPath.Hop
    /// Packets in a second; `nil` when the port has no rates.
    package var packets: Double?
    /// Bits in a second.
    package var bits: Double?
    /// Packets in a second that were lost between the hop before and this one.
    package var lost: Double?
    /// Where these were lost.
    package var lossLocation: LossLocation
}

extension Traffic {
    /// The stages of a way, from the wire to the wire.
    package func stages(of path: PacketPath) -> [TrafficStage] {
        var before: PortRates?
        return path.hops.enumerated().map { index, hop in
            let rates = testpmds.first { $0.target.name == hop.testpmd }?.rates[hop.port]
            defer { before = rates }
            guard hop.direction == .into else {
                return TrafficStage(
                    hop: hop, packets: rates?.packetsOut, bits: rates?.bitsOut,
                    lost: Self.lost(before, before?.packetsIn, rates?.packetsOut), lossLocation: .testpmd)
            }
            let isFirst = index == 0
            let lost =
                isFirst
                ? rates?.perSecond([.missed, .noBuffer, .receiveErrors])
                : Self.lost(before, before?.packetsOut, rates?.packetsIn)
            return TrafficStage(
                hop: hop, packets: rates?.packetsIn, bits: rates?.bitsIn, lost: lost,
                lossLocation: isFirst ? .nic : .guest)
        }
    }

    /// Ports are read one after the other, and packets are on their way meanwhile: what arrives in
    /// one millisecond of the interval is not called lost.
    private static func lost(_ rates: PortRates?, _ sent: Double?, _ arrived: Double?) -> Double? {
        guard let rates, let sent, let arrived else { return nil }
        let lost = sent - arrived
        return lost > max(sent, arrived) / Double(rates.milliseconds) ? lost : 0
    }
}
