import LabTools

/// What became of a number of frames that were put on one wire and looked for on another.
package struct Crossing: Hashable, Sendable {
    /// Where they went in and should come out, such as `nic0` and `nic1`.
    package var source: String
    /// Where they should come out.
    package var destination: String
    /// How many were sent.
    package var sent: Int
    /// How many of them came, each counted once.
    package var received = 0
    /// How many came a second time.
    package var repeated = 0
    /// How many of those that came had their MAC addresses swapped.
    package var swapped = 0
    /// How many other frames came.
    package var otherBoundFunctions = 0

    /// Whether each came, once.
    package var isWhole: Bool { received == sent && repeated == 0 }

    /// `200 frames in at nic0, 200 out at nic1`
    package var summary: String { "\(sent) frames in at \(source), \(received) out at \(destination)" }
}

/// The two wires of a PVP host.
package struct Wires: Sendable {
    /// The wires by the name of their NIC.
    package enum End: String, Sendable {
        case nic0
        case nic1

        var other: End { self == .nic0 ? .nic1 : .nic0 }
        var address: UInt8 { self == .nic0 ? 0x10 : 0x11 }
    }

    let nic0: Wire
    let nic1: Wire

    /// Sends numbered frames into one NIC, one each millisecond at most, and counts those that come
    /// out of the other. Returns when all have come, or when none has for `quiet` seconds after the
    /// last was sent.
    package func cross(_ count: Int, from source: End, quiet: Int = 5) throws -> Crossing {
        let (entry, exit) = source == .nic0 ? (nic0, nic1) : (nic1, nic0)
        let run = UInt32.random(in: .min ... .max)
        var crossing = Crossing(source: source.rawValue, destination: source.other.rawValue, sent: count)
        var seen: Set<UInt32> = []
        func take(_ bytes: [UInt8]) {
            if let frame = Frame(bytes), frame.run == run {
                if !seen.insert(frame.number).inserted { crossing.repeated += 1 }
                if Frame.way(of: bytes) == (source: source.other.address, destination: source.address) {
                    crossing.swapped += 1
                }
            } else {
                crossing.otherBoundFunctions += 1
            }
        }
        for number in 0..<UInt32(count) {
            try entry.send(Frame(run: run, number: number).bytes(from: source.address, to: source.other.address))
            if let bytes = try exit.receive(within: 1) { take(bytes) }
            // The entry's own wire is read too, so that what comes back does not fill it.
            while try entry.receive(within: 0) != nil { crossing.otherBoundFunctions += 1 }
        }
        while seen.count < count, let bytes = try exit.receive(within: quiet * 1000) { take(bytes) }
        while let bytes = try exit.receive(within: 0) { take(bytes) }
        crossing.received = seen.count
        return crossing
    }

    /// Waits until frames cross both ways: the guest's unit is ready before its kernel is. Returns
    /// the seconds that it took, `nil` when they did not.
    package func waitUntilCrossing(within seconds: Int) throws -> Double? {
        let deadline = Deadline(seconds: seconds)
        while !deadline.isOver {
            // Through two guests a frame takes its time.
            if try cross(1, from: .nic0, quiet: 3).isWhole, try cross(1, from: .nic1, quiet: 3).isWhole {
                return Double(seconds) - Double(deadline.milliseconds) / 1000
            }
        }
        return nil
    }
}
