import Measurement
import Testing

@Suite struct AttributionTests {
    /// A trial of one direction with a loss of each stage, and one on the wire behind the last NIC.
    private func observation(lastWire: Int = 64) -> TrialObservation {
        var observation = Observations.valid(lost: 0)
        observation.directions.removeLast()
        observation.before.paths.removeLast()
        observation.after.paths = observation.before.paths
        let left = Observations.pass(
            1_000_000, &observation.after.paths[0], wire: 1, nic: 2, testpmd: 4, guest: 8, guestPort: 16, toward: 32,
            sendingNIC: 128)
        observation.directions[0].received = left - lastWire
        return observation
    }

    private static let guest = HopCounters.Peer.guest("vm1")
    private static let stages: [(LossLocation, Int, String)] = [
        (.nic("eth0"), 2, "NIC eth0"),
        (.testpmd("testpmd", toward: guest), 4, "testpmd toward guest vm1"),
        (.guest("vm1"), 8, "guest vm1"),
        (.testpmdReceiving("testpmd", from: guest), 16, "testpmd receiving from vm1"),
        (.testpmd("testpmd", toward: .nic("eth1")), 32, "testpmd toward NIC eth1"),
        (.sendingNIC("eth1"), 128, "NIC eth1 when sending"),
    ]

    @Test func eachLossIsBookedToItsStageAndTheSumCloses() throws {
        let attribution = try #require(observation().attribution)
        #expect(attribution.stages.map(\.location) == Self.stages.map(\.0))
        #expect(attribution.stages.map(\.frames) == Self.stages.map(\.1))
        #expect(attribution.stages.map(\.location.text) == Self.stages.map(\.2))
        // Before the first NIC and behind the last one.
        #expect(attribution.unexplained == 1 + 64)
        #expect(attribution.lost == 255)
        #expect(attribution.stages.reduce(attribution.unexplained) { $0 + $1.frames } == attribution.lost)
    }

    @Test func directionsAreSummedUpByPlace() throws {
        var observation = Observations.valid(lost: 0)
        observation.after.paths = observation.before.paths
        for index in 0...1 {
            let left = Observations.pass(1_000_000, &observation.after.paths[index], nic: 10, guest: 100)
            observation.directions[index].received = left
        }
        let attribution = try #require(observation.attribution)
        let frames = Dictionary(uniqueKeysWithValues: attribution.stages.map { ($0.location, $0.frames) })
        #expect(frames[.guest("vm1")] == 200 && frames[.nic("eth0")] == 10 && frames[.nic("eth1")] == 10)
        #expect(attribution.lost == 220 && attribution.unexplained == 0)
    }

    @Test func unexplainedGainIsInvalid() {
        let observation = observation(lastWire: -1500)
        let reason = InvalidReason.negativeBalance(direction: "0 to 1", stage: nil, frames: 1499)
        guard case .invalid(let reasons) = Verdict(observation) else {
            Issue.record("valid")
            return
        }
        #expect(reasons.contains(reason))
    }

    @Test func counterResetLeavesNoAttribution() {
        var observation = observation()
        observation.after.paths[0][2].packets = 0
        #expect(observation.attribution == nil)
    }

    @Test func pathWithoutHopsIsUnexplained() {
        let direction = DirectionCounts(name: "0 to 1", intended: 100, sent: 100, received: 90)
        let attribution = LossAttribution(direction, hops: [])
        #expect(attribution.lost == 10 && attribution.unexplained == 10 && attribution.stages.isEmpty)
    }
}
