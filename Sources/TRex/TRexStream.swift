import JSON
import Values

/// Frames of one size at a constant rate (trex_rpc_server_spec, "Add Stream").
struct TRexStream {
    var frame: TRexFrame
    /// Frames per second.
    var rate: Double
    /// Time from the start of the traffic to the first frame, in microseconds.
    var delay: Double
    /// Number of UDP source ports.
    var flows: Int

    /// One stream for each size of a trial. Each starts one frame later than the one before, so
    /// that they do not send at the same moment.
    static func streams(
        _ trial: TrialFrames, rate: Int, sender: Int, from source: MACAddress, to destination: MACAddress
    ) -> [TRexStream] {
        var sizes: [(size: Int, count: Int)] = []
        for size in trial.sizes {
            if let index = sizes.firstIndex(where: { $0.size == size }) {
                sizes[index].count += 1
            } else {
                sizes.append((size, 1))
            }
        }
        return sizes.enumerated().map { index, entry in
            TRexStream(
                frame: TRexFrame(
                    size: entry.size, hasIPv6: trial.hasIPv6, sender: sender, from: source, to: destination),
                rate: Double(rate) * Double(entry.count) / Double(trial.sizes.count),
                delay: Double(index) * 1_000_000 / Double(rate), flows: trial.flows)
        }
    }

    /// The object `stream`.
    var json: JSON {
        [
            "enabled": true, "self_start": true, "action_count": 0, "next_stream_id": -1,
            "flags": .number(Self.addressesFromPacket), "isg": .number("\(delay)"),
            "mode": ["type": "continuous", "rate": ["type": "pps", "value": .number("\(rate)")]],
            "packet": ["binary": .string(Base64.encode(frame.bytes)), "meta": ""],
            "vm": ["instructions": .array(instructions)], "flow_stats": ["enabled": false],
        ]
    }

    /// The source MAC address (bit 0) and the destination (bits 1 and 2: 1) are those of the
    /// packet, not those of TRex's configuration.
    private static let addressesFromPacket = 1 | 1 << 1

    /// Counts through the source ports. Neither checksum changes: that of IPv4 does not cover the
    /// port, and UDP has none.
    private var instructions: [JSON] {
        guard flows > 1 else { return [] }
        let first = Int(TRexFrame.firstPort)
        return [
            [
                "type": "flow_var", "name": "port", "size": 2, "op": "inc", "step": 1,
                "init_value": .number(first), "min_value": .number(first), "max_value": .number(first + flows - 1),
            ],
            [
                "type": "write_flow_var", "name": "port", "pkt_offset": .number(frame.sourcePortOffset),
                "add_value": 0, "is_big_endian": true,
            ],
        ]
    }
}

/// What each frame of a trial is made of.
struct TrialFrames: Hashable {
    var sizes: [Int]
    var flows: Int
    var hasIPv6: Bool
}
