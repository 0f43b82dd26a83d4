import Foundation
import Lab
import LabTools
import Testing

extension SoakTests {
    private static let testpmds = ["testpmd", "testpmd-east"]
    private static let guests = ["west", "east"]

    /// Each with its own pair of NICs, testpmd, guest and hugepages.
    @Test func twoChainsOnTwoNodesStartInAnyOrder() async throws {
        let host = try await SharedHost.twoChains.rebooted()
        try host.start()
        let verified = try host.shell.attempt(["pvpgen", "verify"])
        #expect(verified.status == 0 && verified.output.contains("0 deviations"), "\(verified.output)")
        try expectFrames(1000, on: host)
        try host.stop()
        for round in 1...10 {
            let units = Self.testpmds.map { "\($0).service" } + Self.guests.map { "pvp-guest@\($0).service" }
            let order = units.shuffled()
            for unit in order {
                let start = try host.shell.attempt(["systemctl", "start", unit], within: Limit.start)
                let log = start.status == 0 ? "" : try host.journal("pvp*", "testpmd*")
                try #require(start.status == 0, "round \(round), \(order): \(unit): \(start.output)\n\(log)")
            }
            try expectFrames(100, on: host, "round \(round), \(order)")
            try host.stop()
        }
    }

    @Test(arguments: [0, 1]) func killedTestpmdComesBackBesideTheOtherChain(_ place: Int) async throws {
        let host = try await SharedHost.twoChains.running()
        try expectFrames(100, on: host)
        let other = try host.mainProcess(of: "\(Self.testpmds[1 - place]).service")
        let domains = try Self.guests.map { try host.shell.run(["virsh", "domid", $0]) }
        let control = try host.mainProcess(of: "\(Self.testpmds[place]).service")
        try host.shell.run(["pkill", "--signal", "KILL", "--parent", control, "--exact", "dpdk-testpmd"])
        try expectFrames(1000, on: host)
        #expect(try host.mainProcess(of: "\(Self.testpmds[1 - place]).service") == other)
        #expect(try Self.guests.map { try host.shell.run(["virsh", "domid", $0]) } == domains)
    }

    private func expectFrames(_ count: Int, on host: PVPHost, _ comment: String = "") throws {
        for pair in host.lab.pairs.indices {
            for end in [Wires.End.nic0, .nic1] {
                let crossing = try host.cross(count, from: end, pair: pair)
                #expect(crossing.isWhole, "chain \(pair): \(crossing) \(comment)")
            }
        }
    }
}
