/// How fast the counters of all ports grew between two surveys.
package struct Rates: Hashable, Sendable {
    /// Those of each port that can be compared, by its number.
    package var ports: [Int: PortRates]

    /// Compares two surveys; either may lack ports, and they may be in any order.
    package init(from before: [Port], to after: [Port], milliseconds: Int) {
        let earlier = Dictionary(before.map { ($0.number, $0) }) { first, _ in first }
        ports = [:]
        for port in after {
            ports[port.number] = earlier[port.number].flatMap {
                PortRates(from: $0, to: port, milliseconds: milliseconds)
            }
        }
    }

    /// Those of a port.
    package subscript(number: Int) -> PortRates? { ports[number] }
}
