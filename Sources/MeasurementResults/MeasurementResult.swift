package import JSON
package import Measurement

/// The measurement of one chain, with everything that a comparison of results depends on.
package struct MeasurementResult: Hashable, Sendable {
    /// Name of the result and of its files, such as `testpmd-20261201T120000Z`.
    package var name: String
    /// Version of pvpgen that measured.
    package var version: String
    /// Start and end in seconds since 1970; no end while the measurement runs.
    package var start: Int
    package var end: Int?
    package var chain: MeasuredChain
    package var generator: MeasuredGenerator
    package var profile: TrafficProfile
    /// One search for each frame size and repetition, in their order.
    package var searches: [SearchRecord] = []
    package var latencies: [LatencyRecord] = []
    package var soaks: [SoakRecord] = []
    /// `pvpgen report --json` before the first and after the last trial.
    package var reportBefore: JSON?
    package var reportAfter: JSON?
    /// What `pvpgen verify` found before the first trial, a line each.
    package var deviations: [String] = []
    /// Why the measurement as a whole is invalid, a line each; empty for a valid one.
    package var faults: [String] = []
    /// Whether a signal or an error ended it before all trials were done.
    package var isInterrupted = false

    package init(
        name: String, version: String, start: Int, chain: MeasuredChain, generator: MeasuredGenerator,
        profile: TrafficProfile
    ) {
        self.name = name
        self.version = version
        self.start = start
        self.chain = chain
        self.generator = generator
        self.profile = profile
    }
}

/// What was measured.
package struct MeasuredChain: Hashable, Sendable {
    /// The host's name.
    package var host: String
    /// Name of the testpmd.
    package var testpmd: String
    /// NICs and guests on the path of a frame, by their names in the configuration.
    package var nics: [String]
    package var guests: [String]
    /// Speed of the link of the slowest NIC in Mbps; `nil` for a link without a speed.
    package var linkSpeed: Int?

    package init(host: String, testpmd: String, nics: [String], guests: [String], linkSpeed: Int? = nil) {
        self.host = host
        self.testpmd = testpmd
        self.nics = nics
        self.guests = guests
        self.linkSpeed = linkSpeed
    }
}

/// What sent and received the frames.
package struct MeasuredGenerator: Hashable, Sendable {
    /// `builtin` or `trex`.
    package var kind: String
    /// Version of the program, such as `0.1.0, DPDK 22.11.11`.
    package var version: String
    /// The host that it ran on; `nil` for the host of the chain, which shares memory bandwidth,
    /// cache and turbo clock with the generator.
    package var host: String?
    /// PCI addresses or DPDK's names of its ports.
    package var ports: [String]
    /// Its CPUs as a list; empty if unknown.
    package var cpus: String

    package init(kind: String, version: String, host: String? = nil, ports: [String], cpus: String) {
        self.kind = kind
        self.version = version
        self.host = host
        self.ports = ports
        self.cpus = cpus
    }
}

/// What the frames were, apart from their size.
package struct TrafficProfile: Hashable, Sendable {
    /// Number of flows in each direction.
    package var flows: Int
    package var hasIPv6: Bool
    /// Names of the directions, such as `nic0 to nic1`: one or two.
    package var directions: [String]
    /// Destination MAC address of each direction.
    package var destinations: [String]

    package init(flows: Int, hasIPv6: Bool, directions: [String], destinations: [String]) {
        self.flows = flows
        self.hasIPv6 = hasIPv6
        self.directions = directions
        self.destinations = destinations
    }
}

/// The size of the frames of a trial.
package enum FrameSize: Hashable, Sendable {
    /// All of this size in bytes, with CRC and without preamble and gap.
    case bytes(Int)
    /// The simple Internet mix of FD.io CSIT: seven frames of 64 bytes, four of 570, one of 1518.
    case imix

    /// `64` or `imix`.
    package var text: String {
        switch self {
        case .bytes(let bytes): String(bytes)
        case .imix: "imix"
        }
    }

    /// Mean of the sizes in bytes.
    package var mean: Double {
        switch self {
        case .bytes(let bytes): Double(bytes)
        case .imix: Double(7 * 64 + 4 * 570 + 1518) / 12
        }
    }

    /// Frames per second that a link of a speed in Mbps carries in one direction: each frame has 20
    /// bytes of preamble and gap (RFC 2544, appendix B).
    package func maximumRate(linkSpeed: Int) -> Int { Int(Double(linkSpeed) * 1_000_000 / 8 / (mean + 20)) }
}

/// A search and all its trials.
package struct SearchRecord: Hashable, Sendable {
    package var size: FrameSize
    /// From 1 on.
    package var repetition: Int
    package var goals: [SearchGoal]
    package var limits: SearchLimits
    package var trials: [TrialRecord] = []

    package init(size: FrameSize, repetition: Int, goals: [SearchGoal], limits: SearchLimits) {
        self.size = size
        self.repetition = repetition
        self.goals = goals
        self.limits = limits
    }
}

/// A trial, why it was chosen, and what the generator counted.
package struct TrialRecord: Hashable, Sendable {
    /// Seconds since 1970, to a millisecond.
    package var start: Double
    package var goal: String?
    package var reason: String
    package var trial: Trial
    package var directions: [DirectionCounts]
    package var sendingTime: Duration
    package var longestPollGap: Duration

    package init(
        start: Double, goal: String?, reason: String, trial: Trial, directions: [DirectionCounts],
        sendingTime: Duration, longestPollGap: Duration
    ) {
        self.start = start
        self.goal = goal
        self.reason = reason
        self.trial = trial
        self.directions = directions
        self.sendingTime = sendingTime
        self.longestPollGap = longestPollGap
    }
}

/// Latencies at one load.
package struct LatencyRecord: Hashable, Sendable {
    package var size: FrameSize
    /// The load in percent of the goal's lower bound; 0 for the least load.
    package var percent: Int
    /// The goal that the percentage is of, such as `pdr`.
    package var goal: String
    /// Packets per second for each interface.
    package var load: Int
    /// One for each direction; `nil` without frames.
    package var directions: [LatencyHistogram?]
    /// Frames sent and received, all directions together.
    package var sent: Int
    package var received: Int
    /// Why the trial was invalid; empty for a valid one.
    package var faults: [String] = []

    package init(
        size: FrameSize, percent: Int, goal: String, load: Int, directions: [LatencyHistogram?], sent: Int,
        received: Int
    ) {
        self.size = size
        self.percent = percent
        self.goal = goal
        self.load = load
        self.directions = directions
        self.sent = sent
        self.received = received
    }
}

/// Traffic at one load for a long time.
package struct SoakRecord: Hashable, Sendable {
    /// A trial of the soak.
    package struct Interval: Hashable, Sendable {
        /// Seconds since the start of the soak.
        package var start: Double
        package var duration: Duration
        /// Frames, all directions together.
        package var sent: Int
        package var received: Int
        /// Why the interval does not count; `nil` for a valid one.
        package var fault: String?

        package init(start: Double, duration: Duration, sent: Int, received: Int, fault: String? = nil) {
            self.start = start
            self.duration = duration
            self.sent = sent
            self.received = received
            self.fault = fault
        }
    }

    package var size: FrameSize
    /// Packets per second for each interface.
    package var load: Int
    /// The time that was asked for.
    package var duration: Duration
    package var intervals: [Interval] = []

    package init(size: FrameSize, load: Int, duration: Duration) {
        self.size = size
        self.load = load
        self.duration = duration
    }
}
