package import Diagnostics
package import Telemetry

/// What one testpmd answered.
package struct PortSample: Hashable, Sendable {
    /// Its ports, or why there was no answer.
    package var ports: Result<[Port], Problem>
    /// When it answered, in milliseconds of a clock that only goes forward.
    package var time: Int

    package init(_ ports: Result<[Port], Problem>, at time: Int) {
        self.ports = ports
        self.time = time
    }
}

/// What goes through all testpmds, between two readings of each.
package struct Traffic: Hashable, Sendable {
    /// One testpmd.
    package struct Testpmd: Hashable, Sendable {
        /// What it is.
        package var target: MonitoredTestpmd
        /// Its ports; empty when it gave no answer.
        package var ports: [Port]
        /// Why it gave no answer.
        package var problem: Problem?
        /// The rates of the ports that answered both times.
        package var rates: Rates
        /// Milliseconds between the two readings; `nil` when there are not two.
        package var milliseconds: Int?
    }

    /// All of them.
    package var testpmds: [Testpmd]
    /// The ways through them.
    package var paths: [PacketPath]

    /// Compares the readings of targets, both in the order of the targets; `before` is empty when
    /// there are none yet.
    package init(_ targets: [MonitoredTestpmd], paths: [PacketPath], from before: [PortSample], to after: [PortSample])
    {
        testpmds = zip(targets, after).enumerated().map { index, pair in
            let (target, reading) = pair
            var testpmd = Testpmd(target: target, ports: [], rates: Rates(from: [], to: [], milliseconds: 0))
            switch reading.ports {
            case .failure(let problem): testpmd.problem = problem
            case .success(let ports):
                testpmd.ports = ports
                guard before.indices.contains(index), case .success(let earlier) = before[index].ports else { break }
                let milliseconds = reading.time - before[index].time
                testpmd.milliseconds = milliseconds
                testpmd.rates = Rates(from: earlier, to: ports, milliseconds: milliseconds)
            }
            return testpmd
        }
        self.paths = paths
    }

    /// The testpmds that gave no answer.
    package var problems: [Problem] { testpmds.compactMap(\.problem) }
}
