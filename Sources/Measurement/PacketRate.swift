/// A number of packets per second as people read it.
package struct PacketRate: Hashable, Sendable {
    /// Packets per second.
    package var value: Int

    package init(_ value: Int) {
        self.value = value
    }

    /// Four significant digits with the unit, such as `7.941 Mpps`; not rounded up.
    package var text: String {
        if value < 1000 { return "\(value) pps" }
        let isKilo = value < 1_000_000
        let unit = isKilo ? 1000 : 1_000_000
        let name = isKilo ? "kpps" : "Mpps"
        let whole = value / unit
        guard whole < 1000 else { return "\(whole) \(name)" }
        let digits = 4 - String(whole).count
        // The digits after the point, three at most, without zeros at the end.
        var fraction = String(String(value % unit / (unit / 1000) + 1000).dropFirst().prefix(digits))
        while fraction.last == "0" { fraction.removeLast() }
        return fraction.isEmpty ? "\(whole) \(name)" : "\(whole).\(fraction) \(name)"
    }
}
