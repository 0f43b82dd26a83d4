import Measurement
import Testing

@Suite struct VerdictTests {
    /// A change of a trial without faults, and the reason that results from it.
    struct Case: Sendable, CustomTestStringConvertible {
        var reason: InvalidReason
        var text: String
        var change: @Sendable (inout TrialObservation) -> Void

        init(
            _ reason: InvalidReason, _ text: String, _ change: @escaping @Sendable (inout TrialObservation) -> Void
        ) {
            self.reason = reason
            self.text = text
            self.change = change
        }

        var testDescription: String { text }
    }

    static let cases = [
        Case(.incomplete, "counters are missing") { $0.after.paths.removeLast() },
        Case(.incomplete, "counters are missing") { $0.before.paths[1].removeLast() },
        Case(
            .loadNotReached(direction: "0 to 1", intended: 1_000_000, sent: 999_989),
            "0 to 1: load not reached: expected 1000000 frames, sent 999989"
        ) { $0.directions[0].sent = 999_989 },
        Case(
            .loadExceeded(direction: "1 to 0", intended: 1_000_000, sent: 1_000_011),
            "1 to 0: load exceeded: expected 1000000 frames, sent 1000011"
        ) { $0.directions[1].sent = 1_000_011 },
        Case(
            .durationOff(intended: .seconds(1), actual: .milliseconds(1003)),
            "traffic for another time: expected 1 s, got 1003 ms"
        ) { $0.sendingTime = .milliseconds(1003) },
        Case(
            .durationOff(intended: .seconds(1), actual: .milliseconds(997)),
            "traffic for another time: expected 1 s, got 997 ms"
        ) { $0.sendingTime = .milliseconds(997) },
        Case(
            .durationOff(intended: .seconds(1), actual: .milliseconds(1101)),
            "traffic for another time: expected 1 s, got 1101 ms"
        ) {
            $0.excessTime = .milliseconds(100)
            $0.sendingTime = .milliseconds(1101)
        },
        Case(
            .durationOff(intended: .seconds(1), actual: .milliseconds(997)),
            "traffic for another time: expected 1 s, got 997 ms"
        ) {
            $0.excessTime = .milliseconds(100)
            $0.sendingTime = .milliseconds(997)
        },
        Case(
            .loadNotReached(direction: "0 to 1", intended: 1_000_000, sent: 998_999),
            "0 to 1: load not reached: expected 1000000 frames, sent 998999"
        ) {
            $0.timePrecision = .milliseconds(1)
            $0.directions[0].sent = 998_999
        },
        Case(.generator("CPU load"), "generator: CPU load") { $0.faults = ["CPU load"] },
        Case(.notQuiet, "frames were still arriving when the counters were read") { $0.isQuiet = false },
        Case(.generatorDrops(direction: "0 to 1", frames: 1), "0 to 1: the generator dropped 1 frames") {
            $0.directions[0].dropped = 1
        },
        Case(
            .pollGap(.microseconds(1024), limit: .microseconds(1024)),
            "the generator did not poll for 1024 µs, and its ring is full after 1024 µs"
        ) { $0.longestPollGap = .microseconds(1024) },
        Case(.linkChanged("eth0"), "eth0: link state changed") { $0.after.links["eth0"]?.changes = 2 },
        Case(.linkChanged("eth0"), "eth0: link state changed") { $0.after.links["eth0"]?.isUp = false },
        Case(.linkChanged("eth1"), "eth1: link state changed") { $0.after.links["eth1"] = nil },
        Case(
            .foreignFrames(direction: "0 to 1", frames: 1001, limit: 1000),
            "0 to 1: expected at most 1000 frames of others, got 1001"
        ) { $0.directions[0].foreign = 1001 },
        Case(
            .lateFrames(direction: "1 to 0", frames: 1, limit: 0),
            "1 to 0: expected at most 0 frames of an earlier trial, got 1"
        ) { $0.directions[1].late = 1 },
        Case(
            .duplicatedFrames(direction: "0 to 1", frames: 1, limit: 0),
            "0 to 1: expected at most 0 duplicated frames, got 1"
        ) { $0.directions[0].duplicated = 1 },
        Case(
            .reorderedFrames(direction: "0 to 1", frames: 1001, limit: 1000),
            "0 to 1: expected at most 1000 reordered frames, got 1001"
        ) { $0.directions[0].reordered = 1001 },
        Case(
            .negativeBalance(direction: "0 to 1", stage: .guest("vm1"), frames: 2000),
            "0 to 1: 2000 more frames left guest vm1 than arrived there"
        ) { $0.after.paths[0][2].packets += 2100 },
        Case(
            .counterReset(direction: "0 to 1", port: "eth0"), "0 to 1: the counters of eth0 were reset"
        ) { $0.after.paths[0][0].packets = 5 },
        Case(
            .counterReset(direction: "1 to 0", port: "vm1"), "1 to 0: the counters of vm1 were reset"
        ) { $0.after.paths[1][1].testpmd = "other" },
        Case(.restarted("testpmd"), "testpmd: restarted") { $0.after.processes["testpmd"] = "2b" },
        Case(.restarted("vm1"), "vm1: restarted") { $0.after.processes["vm1"] = nil },
        Case(
            .hostChanged("governor", from: "performance", to: "powersave"),
            "host changed: governor: expected 'performance', got 'powersave'"
        ) { $0.after.host["governor"] = "powersave" },
    ]

    @Test func lossRatioIsThatOfAllInterfaces() {
        let loss = TrialLoss(sent: 2_000_000, received: 1_999_800)
        #expect(Verdict(Observations.valid()) == .valid(loss))
        #expect(loss.lost == 200 && loss.ratio == 0.0001)
        #expect(TrialLoss(sent: 0, received: 0).ratio == 0)
    }

    @Test(arguments: cases) func faultMakesATrialInvalid(_ fault: Case) {
        var observation = Observations.valid()
        fault.change(&observation)
        guard case .invalid(let reasons) = Verdict(observation) else {
            Issue.record("valid")
            return
        }
        #expect(reasons.contains(fault.reason), "got \(reasons)")
        #expect(fault.reason.text == fault.text)
    }

    /// One frame or 10 µs of traffic, frames of others, reordering, one wrap of a 32-bit counter.
    @Test(
        arguments: [
            { $0.directions[0].sent = 999_990 },
            { $0.directions[0].sent = 1_000_010 },
            { $0.sendingTime = .milliseconds(1002) },
            {
                $0.excessTime = .milliseconds(100)
                $0.sendingTime = .milliseconds(1100)
            },
            {
                $0.timePrecision = .milliseconds(1)
                $0.directions[0].sent = 999_500
                $0.directions[0].received = 999_400
                $0.directions[1].sent = 1_001_000
            },
            { $0.directions[1].foreign = 1000 },
            { $0.directions[1].reordered = 1000 },
            { $0.longestPollGap = .microseconds(1023) },
            { $0.after.paths[0][2].packets += 900 },
            {
                $0.before.paths[0][0].packets = (1 << 32) - 10
                $0.after.paths[0][0].packets = 999_990
            },
        ] as [@Sendable (inout TrialObservation) -> Void])
    func toleratedDifferenceLeavesATrialValid(_ change: @Sendable (inout TrialObservation) -> Void) {
        var observation = Observations.valid()
        change(&observation)
        if case .invalid(let reasons) = Verdict(observation) { Issue.record("\(reasons)") }
    }

    @Test func moreFramesThanSentAreNeverZeroLoss() {
        var observation = Observations.valid(lost: 0)
        observation.directions[0].received += 1
        let reason = InvalidReason.negativeBalance(direction: "0 to 1", stage: nil, frames: 1)
        #expect(Verdict(observation) == .invalid([reason]))
        #expect(reason.text == "0 to 1: 1 more frames arrived than were sent")
    }

    @Test func gainOfOneDirectionDoesNotHideTheLossOfTheOther() {
        var observation = Observations.valid(lost: 0)
        observation.directions[0].received -= 500
        observation.directions[1].received += 500
        guard case .invalid = Verdict(observation) else {
            Issue.record("valid")
            return
        }
    }

    @Test func pollGapWithoutLossIsHarmless() {
        var observation = Observations.valid(lost: 0)
        observation.longestPollGap = .milliseconds(5)
        #expect(Verdict(observation) == .valid(TrialLoss(sent: 2_000_000, received: 2_000_000)))
        observation.directions[0].received -= 1
        #expect(Verdict(observation) != .valid(TrialLoss(sent: 2_000_000, received: 1_999_999)))
        var limits = VerdictLimits()
        limits.receiveDescriptors = 0
        #expect(Verdict(observation, limits: limits) == .valid(TrialLoss(sent: 2_000_000, received: 1_999_999)))
    }

    @Test func allReasonsAreReported() {
        var observation = Observations.valid()
        observation.isQuiet = false
        observation.directions[1].late = 7
        observation.after.processes["testpmd"] = "2b"
        let late = InvalidReason.lateFrames(direction: "1 to 0", frames: 7, limit: 0)
        #expect(Verdict(observation) == .invalid([.restarted("testpmd"), .notQuiet, late]))
    }

    @Test func trialWithoutDirectionsIsInvalid() {
        var observation = Observations.valid()
        observation.directions = []
        observation.before.paths = []
        observation.after.paths = []
        #expect(Verdict(observation) == .invalid([.incomplete]))
    }

    @Test func chainWithoutCountersIsJudgedByTheGeneratorAlone() {
        var observation = Observations.valid()
        observation.before.paths = []
        observation.after.paths = []
        #expect(Verdict(observation) == .valid(TrialLoss(sent: 2_000_000, received: 1_999_800)))
        #expect(observation.attribution == nil)
    }
}
