import Foundation
import Lab
import LabTools
import Synchronization
import Testing

extension SoakTests {
    /// From the package in `PVP_OLD_PACKAGE`, which Tests/soak builds.
    @Test func anUpgradeLeavesGuestAndTestpmdRunning() async throws {
        let old = try #require(ProcessInfo.processInfo.environment["PVP_OLD_PACKAGE"], "run Tests/soak")
        for shared in [SharedHost.shared, .oneNode, .twoChains] { await shared.end() }
        // The release of the old package starts no guest on two nodes.
        let host = try PVPHost(Progress(), shape: .oneNode)
        defer { host.end() }
        try host.install(PVPHost.configuration(nics: MachineShape.oneNode.addresses), package: old)
        try host.pvpgenInstall()
        try host.reboot()
        try host.start()
        #expect(try host.cross(200, from: .nic0).isWhole)
        let before = try processes(on: host)

        let crossings = try await frames(on: host) { try host.installPackage(try Project.package()) }
        #expect(!crossings.isEmpty && crossings.allSatisfy(\.isWhole), "\(crossings)")
        #expect(try processes(on: host) == before)
        #expect(try host.shell.run(["systemctl", "--failed", "--no-legend", "--plain"]) == "")

        let outdated = try host.shell.attempt(["pvpgen", "diff"])
        #expect(outdated.status == 1, "\(outdated)")
        for unit in ["testpmd.service", "pvp-guest@\(PVPHost.guest).service"] {
            #expect(outdated.output.contains(unit), "\(outdated)")
        }
        // 3: the kernel arguments of this release need a reboot.
        let applied = try host.shell.attempt(["pvpgen", "apply"], within: Limit.start)
        #expect(applied.status == 3 && applied.output.contains("pvpgen install"), "\(applied)")
        let after = try host.shell.attempt(["pvpgen", "diff"])
        #expect(after.status == 0, "\(after)")
        #expect(try processes(on: host)[0] == before[0], "the guest goes on")
        for end in [Wires.End.nic0, .nic1] { #expect(try host.cross(1000, from: end).isWhole) }

        try host.pvpgenInstall()
        try host.reboot()
        try host.start()
        for end in [Wires.End.nic0, .nic1] { #expect(try host.cross(1000, from: end).isWhole) }
        let verified = try host.shell.attempt(["pvpgen", "verify"])
        #expect(verified.status == 0 && verified.output.contains("0 deviations"), "\(verified.output)")
    }

    private func processes(on host: PVPHost) throws -> [String] {
        try ["qemu-system-x86_64", "dpdk-testpmd", "pvp-guest", "pvp-console"].map {
            try host.shell.run(["pidof", $0])
        }
    }

    /// Sends frames all the time that `body` takes.
    private func frames(on host: PVPHost, while body: () throws -> Void) async throws -> [Crossing] {
        let isOver = Flag()
        async let crossings = Self.send(on: host, until: isOver)
        do {
            defer { isOver.value.store(true, ordering: .relaxed) }
            try body()
        }
        return try await crossings
    }

    private static func send(on host: PVPHost, until isOver: Flag) async throws -> [Crossing] {
        var crossings: [Crossing] = []
        while !isOver.value.load(ordering: .relaxed) { crossings.append(try host.lab.wires.cross(200, from: .nic0)) }
        return crossings
    }
}

private final class Flag: Sendable {
    let value = Atomic(false)
}
