import Diagnostics
import Linux
import Telemetry

/// Reads several testpmds again and again, all at once, and compares each reading with the one
/// before. It never waits.
package final class TrafficWatch {
    private let targets: [MonitoredTestpmd]
    private let paths: [PacketPath]
    private let watches: [PortWatch]
    private var before: [PortSample] = []
    private var readings: [PortSample?]

    package init(_ targets: [MonitoredTestpmd], paths: [PacketPath]) {
        self.targets = targets
        self.paths = paths
        watches = targets.map { PortWatch($0.socket) }
        readings = targets.map { _ in nil }
    }

    /// Whether there are two readings to compare.
    package var hasRates: Bool { !before.isEmpty }
    /// Whether all have answered, or failed to.
    package var isComplete: Bool { readings.allSatisfy { $0 != nil } }
    /// What an answer is awaited on: the descriptor of each testpmd, or -1.
    package var descriptors: [Int32] { zip(watches, readings).map { $1 == nil ? $0.descriptor ?? -1 : -1 } }
    /// What came out; call it when all is complete.
    package var traffic: Traffic { Traffic(targets, paths: paths, from: before, to: readings.compactMap { $0 }) }

    /// Begins the next reading of each.
    package func begin() {
        if isComplete { before = readings.compactMap { $0 } }
        for (index, watch) in watches.enumerated() {
            readings[index] = nil
            do throws(Problem) {
                try watch.begin()
            } catch {
                readings[index] = PortSample(.failure(error), at: MonotonicClock.now)
            }
        }
    }

    /// Goes on with a testpmd that has answered.
    package func proceed(_ index: Int) {
        do throws(Problem) {
            if let ports = try watches[index].proceed() {
                readings[index] = PortSample(.success(ports), at: MonotonicClock.now)
            }
        } catch {
            readings[index] = PortSample(.failure(error), at: MonotonicClock.now)
        }
    }

    /// The time is over: those that have not answered are silent.
    package func giveUp() {
        for index in watches.indices where readings[index] == nil {
            readings[index] = PortSample(.failure(watches[index].giveUp()), at: MonotonicClock.now)
        }
    }
}
