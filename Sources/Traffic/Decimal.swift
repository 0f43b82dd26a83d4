/// A number with so many digits behind the point, rounded; within what a counter in a second can
/// be.
func fixed(_ value: Double, _ digits: Int) -> String {
    let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
    let scaled = (value * scale).rounded()
    guard scaled.magnitude < 9e18 else { return "-" }
    let text = String(UInt64(scaled.magnitude))
    let padded = String(repeating: "0", count: max(0, digits + 1 - text.utf8.count)) + text
    let sign = scaled < 0 ? "-" : ""
    return digits == 0 ? sign + text : "\(sign)\(padded.dropLast(digits)).\(padded.suffix(digits))"
}

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
