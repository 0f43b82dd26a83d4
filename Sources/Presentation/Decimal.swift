/// Returns a number with so many digits behind the point, rounded; `-` for what does not fit
/// into 64 bits.
package func fixed(_ value: Double, _ digits: Int) -> String {
    let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
    let scaled = (value * scale).rounded()
    guard scaled.magnitude < 9e18 else { return "-" }
    let text = String(UInt64(scaled.magnitude))
    let padded = String(repeating: "0", count: max(0, digits + 1 - text.utf8.count)) + text
    let sign = scaled < 0 ? "-" : ""
    return digits == 0 ? sign + text : "\(sign)\(padded.dropLast(digits)).\(padded.suffix(digits))"
}
