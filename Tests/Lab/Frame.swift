/// A numbered Ethernet frame of the shortest length, that nothing but the lab sends.
package struct Frame: Hashable, Sendable {
    /// Which run of frames it belongs to, so that a late one of an earlier run is not counted.
    package var run: UInt32
    /// Its number in the run.
    package var number: UInt32

    /// IEEE 802's first EtherType for local experiments, so that no network stack answers.
    static let etherType: [UInt8] = [0x88, 0xb5]
    /// Without the checksum, which the wire adds.
    static let length = 60

    /// A frame of a run.
    package init(run: UInt32, number: UInt32) {
        self.run = run
        self.number = number
    }

    /// Reads a frame; `nil` for one that is not the lab's.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count >= 22, Array(bytes[12..<14]) == Self.etherType else { return nil }
        func word(_ offset: Int) -> UInt32 { bytes[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) } }
        run = word(14)
        number = word(18)
    }

    /// From which address to which a frame on the wire goes, by their last bytes.
    static func way(of bytes: [UInt8]) -> (source: UInt8, destination: UInt8) { (bytes[11], bytes[5]) }

    /// The frame on the wire, from one locally administered address to another.
    package func bytes(from source: UInt8, to destination: UInt8) -> [UInt8] {
        func word(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) } }
        func address(_ last: UInt8) -> [UInt8] { [0x02, 0, 0, 0, 0, last] }
        let head = address(destination) + address(source) + Self.etherType + word(run) + word(number)
        return head + [UInt8](repeating: 0x5a, count: Self.length - head.count)
    }
}
