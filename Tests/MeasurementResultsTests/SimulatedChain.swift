import JSON
import Measurement
import MeasurementResults

/// A chain with a limit by frame size, whose guest loses most of what is above it.
struct SimulatedChain {
    /// Packets per second for each interface with frames of 64 bytes.
    var capacity = 7_940_000
    var host = "host1"
    var linkSpeed: Int? = 10_000
    /// The numbers of the trials that are invalid, from 1, in each search.
    var invalidTrials: Set<Int> = []
    var goals: [SearchGoal] = [.ndr, .pdr]
    var guest = "vm1"
    var directions = ["nic0 to nic1", "nic1 to nic0"]

    /// A result without trials.
    var empty: MeasurementResult {
        MeasurementResult(
            name: "testpmd-20261201T120000Z", version: "0.1.0", start: 1_796_126_400,
            chain: MeasuredChain(
                host: host, testpmd: "testpmd", nics: ["nic0", "nic1"], guests: [guest], linkSpeed: linkSpeed),
            generator: MeasuredGenerator(
                kind: "builtin", version: "0.1.0, DPDK 22.11.11", ports: ["0000:17:00.0", "0000:17:00.1"], cpus: "4-6"),
            profile: TrafficProfile(
                flows: 1000, hasIPv6: false, directions: directions,
                destinations: ["52:54:00:00:00:01", "52:54:00:00:00:02"]))
    }

    /// A result with a search for each size and repetition; the capacity of repetition `n` has
    /// `offsets[n]` parts per thousand more.
    func result(_ sizes: [FrameSize] = [.bytes(64)], offsets: [Int] = [0]) throws -> MeasurementResult {
        var result = empty
        for size in sizes {
            for (index, offset) in offsets.enumerated() {
                result.searches.append(try search(size, repetition: index + 1, offset))
            }
        }
        result.end = result.start + 60
        result.reportBefore = report()
        result.reportAfter = result.reportBefore
        return result
    }

    private func search(_ size: FrameSize, repetition: Int, _ offset: Int) throws -> SearchRecord {
        let line = linkSpeed.map { size.maximumRate(linkSpeed: $0) } ?? 14_880_952
        // Large frames are limited by the link.
        let capacity = min(capacity, line * 97 / 100) * (1000 + offset) / 1000
        let limits = try SearchLimits(minimumLoad: 9001, maximumLoad: line)
        var record = SearchRecord(size: size, repetition: repetition, goals: goals, limits: limits)
        var search = try Search(goals, limits: limits)
        while case .trial(let planned) = search.step, record.trials.count < 200 {
            let number = record.trials.count + 1
            let trial = trial(planned, capacity: capacity, isInvalid: invalidTrials.contains(number), number)
            try search.record(trial.trial)
            record.trials.append(trial)
        }
        return record
    }

    private func trial(_ planned: PlannedTrial, capacity: Int, isInvalid: Bool, _ number: Int) -> TrialRecord {
        let milliseconds = planned.input.duration.nanoseconds / 1_000_000
        let sent = planned.input.load * milliseconds / 1000
        // A little more or less in each trial.
        let forwarded = (capacity + capacity / 1000 * (number % 5) / 4) * milliseconds / 1000
        let lost = max(0, sent - forwarded)
        let counts = directions.map {
            DirectionCounts(name: $0, intended: sent, sent: sent, received: sent - lost)
        }
        let all = directions.count
        let (nic, testpmd) = (lost * all * 3 / 100, lost * all * 12 / 100)
        let unexplained = lost * all / 100
        let attribution = LossAttribution(
            stages: [
                .init(location: .nic("nic0"), frames: nic),
                .init(location: .testpmd("testpmd", toward: .guest(guest)), frames: testpmd),
                .init(location: .guest(guest), frames: lost * all - nic - testpmd - unexplained),
                .init(location: .sendingNIC("nic1"), frames: 0),
            ], unexplained: unexplained)
        let reason = InvalidReason.loadNotReached(direction: directions[0], intended: sent, sent: sent / 2)
        let verdict: Verdict =
            isInvalid ? .invalid([reason]) : .valid(TrialLoss(sent: sent * all, received: (sent - lost) * all))
        return TrialRecord(
            start: 1_796_126_400.125 + Double(number), goal: planned.goal, reason: planned.reason,
            trial: Trial(
                planned.input, verdict: verdict, attribution: attribution,
                elapsed: planned.input.duration + .milliseconds(500)),
            directions: counts, sendingTime: planned.input.duration, longestPollGap: .microseconds(14))
    }

    /// A report of the host.
    func report(kernel: String = "6.1.0-42-amd64") -> JSON {
        let fields: JSON = [
            "Run": ["Host": .string(host), "Date": "2026-12-01T12:00:00Z"],
            "Result": ["Patches": "none"],
            "Machine": ["CPU": "Intel(R) Xeon(R) Gold 6430", "Highest frequency": "3400000 kHz"],
            "Kernel": ["Release": .string(kernel), "Command line": "isolcpus=2-15 | nohz_full=2-15"],
            "Software": ["DPDK (testpmd)": "DPDK 22.11.11", "QEMU (vm1)": "QEMU emulator version 7.2.19"],
            "NIC nic0": ["Device": "8086:158b", "Driver": "vfio-pci"],
            "NIC nic1": ["Device": "8086:158b", "Driver": "vfio-pci"],
            "Guest vm1": [
                "Interface vhost0": "1 queue of 1024 descriptors, packed rings", "Image=": "debian-12.qcow2",
            ],
        ]
        return Document(.report, ["sections": fields]).json
    }
}
