package import Diagnostics

/// A traffic generator that runs one trial at a time.
package protocol LoadGenerator: AnyObject {
    /// Runs a trial: sends, waits until no frame arrives any more, and reads the counters.
    /// - Throws: `traffic-refused` for a trial that the generator does not accept, `traffic-lost`
    ///   or `trex-silent` if it does not answer.
    func run(_ trial: TrafficTrial) throws(Problem) -> TrafficResult

    /// Whether the link of each port is up. Throws as ``run(_:)`` does.
    func hasLinks() throws(Problem) -> Bool
}

extension GeneratorConnection {
    package func hasLinks() throws(Problem) -> Bool { try status().ports.allSatisfy(\.isLinkUp) }
}
