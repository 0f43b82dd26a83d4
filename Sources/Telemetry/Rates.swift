/// How fast the counters of all ports grew between two surveys.
public struct Rates: Hashable, Sendable {
    /// Those of each port that can be compared, by its number.
    public var ports: [Int: PortRates]

    /// Compares two surveys; either may lack ports, and they may be in any order.
    public init(from before: [Port], to after: [Port], milliseconds: Int) {
        let earlier = Dictionary(before.map { ($0.number, $0) }) { first, _ in first }
        ports = [:]
        for port in after {
            ports[port.number] = earlier[port.number].flatMap { PortRates(from: $0, to: port, milliseconds: milliseconds) }
        }
    }

    /// Those of a port.
    public subscript(number: Int) -> PortRates? { ports[number] }
}
