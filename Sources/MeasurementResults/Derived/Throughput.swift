/// A rate of frames, and what follows from the size of the frames and the link.
package struct Throughput: Hashable, Sendable {
    /// Packets per second for each interface.
    package let perInterface: Double
    package let size: FrameSize
    /// Number of directions: the interfaces that send.
    package let directions: Int
    /// Mbps; `nil` for a link without a speed.
    package let linkSpeed: Int?

    package init(perInterface: Double, size: FrameSize, directions: Int, linkSpeed: Int?) {
        self.perInterface = perInterface
        self.size = size
        self.directions = directions
        self.linkSpeed = linkSpeed
    }

    /// Packets per second, all directions together.
    package var sum: Double { perInterface * Double(directions) }

    /// Gbps of all directions together on the wire, with preamble and gap of each frame.
    package var l1Gigabits: Double { sum * (size.mean + 20) * 8 / 1e9 }

    /// Gbps of all directions together, of the frames with their CRC.
    package var l2Gigabits: Double { sum * size.mean * 8 / 1e9 }

    /// Percent of what the link carries in a direction; `nil` for a link without a speed.
    package var linePercent: Double? {
        linkSpeed.map { perInterface * 100 / Double(max(1, size.maximumRate(linkSpeed: $0))) }
    }
}
