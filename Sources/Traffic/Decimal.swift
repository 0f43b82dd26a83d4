import Presentation

/// Packets in a second as Mpps; below one they have all their digits.
func megapackets(_ value: Double?) -> String { value.map { fixed($0 / 1e6, $0 < 1e6 ? 6 : 3) } ?? "-" }

/// Bits in a second as Gbps.
func gigabits(_ value: Double?) -> String { value.map { fixed($0 / 1e9, 3) } ?? "-" }

/// So many in a second.
func whole(_ value: Double?) -> String { value.map { fixed($0, 0) } ?? "-" }

/// A speed in Mbps as it stands on a card: 10G, 2.5G, 100M.
func speed(_ megabits: Int) -> String {
    guard megabits >= 1000 else { return "\(megabits)M" }
    let tenths = megabits % 1000 / 100
    return "\(megabits / 1000)\(tenths == 0 ? "" : ".\(tenths)")G"
}
