import JSON
import Measurement
import TestSupport
import Testing

@testable import MeasurementActions

@Suite struct PathCheckTests {
    /// A path from one NIC through a guest to the other, with these counts.
    private static func path(_ first: String, _ last: String, _ counts: [UInt64]) -> [HopCounters] {
        let peers: [(HopCounters.Peer, Bool)] = [
            (.nic(first), true), (.guest("vm1"), false), (.guest("vm1"), true), (.nic(last), false),
        ]
        return zip(peers, counts).map {
            HopCounters(testpmd: "testpmd", peer: $0.0, isReceiving: $0.1, packets: $1)
        }
    }

    private static let before = [path("nic0", "nic1", [7, 7, 7, 7]), path("nic1", "nic0", [5, 5, 5, 5])]

    private static func check(_ first: [UInt64], _ second: [UInt64] = [5, 5, 5, 5], received: Int) -> PathCheck {
        PathCheck(
            port: 0, sent: 1000, received: received, before: before,
            after: [path("nic0", "nic1", first), path("nic1", "nic0", second)])
    }

    @Test("frames that cross the chain name each stage")
    func crosses() {
        let check = Self.check([1007, 1007, 1007, 1007], received: 1000)
        #expect(check.text == "port 0 → nic0 → vm1 → nic1 → port 1: 1000 of 1000 frames")
        #expect(check.path == 0 && check.obstacle == nil)
    }

    @Test("the document has each path")
    func document() throws {
        let checks = [Self.check([1007, 1007, 1007, 1007], received: 1000), Self.check([7, 7, 7, 7], received: 0)]
        let document = Document(.pathCheck, ["paths": .array(checks.map(\.json))]).json
        try Program.validate(document.text)
        #expect(document["paths"]?.array?.map { $0["obstacle"] == .null } == [true, false])
    }

    @Test("swapped cables are found by the NIC that receives")
    func swapped() {
        let check = Self.check([7, 7, 7, 7], [1005, 1005, 1005, 1005], received: 1000)
        #expect(check.path == 1 && check.obstacle == nil)
        #expect(check.text.hasPrefix("port 0 → nic1 → vm1 → nic0 → port 1"))
    }

    @Test(
        "frames that do not arrive name the stage in which they stop",
        arguments: [
            ([7, 7, 7, 7], "the cable of port 0: no NIC received the frames"),
            ([1007, 7, 7, 7], "testpmd, which does not send to vm1"),
            ([1007, 1007, 7, 7], "guest vm1"),
            ([1007, 1007, 1007, 7], "testpmd, which does not send to nic1"),
            ([1007, 1007, 1007, 1007], "the cable behind nic1"),
        ] as [([UInt64], String)])
    func stops(_ counts: [UInt64], _ obstacle: String) {
        let check = Self.check(counts, received: 0)
        #expect(check.obstacle == obstacle)
        #expect(check.text.hasSuffix("stops at \(obstacle): 0 of 1000 frames"))
    }
}
