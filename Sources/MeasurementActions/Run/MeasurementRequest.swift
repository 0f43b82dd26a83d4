package import Measurement
package import MeasurementResults
import TrafficGenerator

/// What a measurement is to find out.
package struct MeasurementRequest: Hashable, Sendable {
    /// The goals of each search.
    package var goals: [SearchGoal] = [.ndr, .pdr]
    package var sizes: [FrameSize] = [.bytes(64)]
    /// Number of flows in each direction.
    package var flows = 1
    package var hasIPv6 = false
    /// How often each size is searched.
    package var repetitions = 1
    /// No trial of a search is planned after this time; `nil` for no limit.
    package var timeLimit: Duration? = .seconds(3600)
    /// Whether latencies are measured after the searches of a size.
    package var hasLatency = false
    /// How long the traffic of the soak lasts; `nil` for none.
    package var soak: Duration?
    /// The load of the soak in percent of the lower bound of the first goal.
    package var soakPercent = 90
    /// The highest load in packets per second for each interface; `nil` for that of the generator's
    /// section, or of the link.
    package var maximumLoad: Int?

    /// How late the generator may send a frame.
    package var maximumLag = TrafficTrial.defaultLag

    package init() {}

    /// The loads of the latency trials, in percent of a goal's lower bound (FD.io CSIT, "Packet
    /// Latency").
    package static let latencyPercents = [0, 10, 50, 90]

    /// The frames of a trial of a size.
    func profile(_ size: FrameSize) -> [Int] {
        switch size {
        case .bytes(let bytes): [bytes]
        case .imix: TrafficTrial.imix
        }
    }
}
