import Foundation
import Lab
import LabTools
import Testing

/// The package of a release of Debian on a host of that release, from `apt-get install` to a purge;
/// `make matrix`.
@Suite(.serialized) struct MatrixTests {
    private static let releases =
        ProcessInfo.processInfo.environment["PVP_RELEASES"]?.split(separator: " ").map(String.init) ?? [
            "bookworm", "trixie", "forky",
        ]

    @Test(arguments: releases) func thePackageRunsOn(_ release: String) async throws {
        let progress = Progress()
        let host = try PVPHost(progress, images: LabImages.ready(release: release, progress))
        defer { host.end() }
        let before = try HostState(host.shell)
        var times = StepTimes(release)

        try times.measure("install") { try host.install() }
        try host.pvpgenInstall()
        try times.measure("reboot") { try host.reboot() }
        try host.waitForKVM()
        let check = try host.shell.attempt(["pvpgen", "check"])
        #expect(check.status == 0 && check.output.contains("this machine can run it"), "\(check)")

        try times.measure("start") { try host.start() }
        try times.measure("frames") { try expectFrames(1000, on: host) }
        let verified = try host.shell.attempt(["pvpgen", "verify"])
        #expect(verified.status == 0 && verified.output.contains("0 deviations"), "\(verified.output)")
        #expect(try host.shell.run(["systemctl", "--failed", "--no-legend", "--plain"]) == "")

        let domain = try host.shell.run(["virsh", "domid", PVPHost.guest])
        try host.shell.run(["pkill", "--signal", "KILL", "--exact", "dpdk-testpmd"])
        try times.measure("testpmd killed") { _ = try #require(try host.lab.wires.waitUntilCrossing(within: 30)) }
        try expectFrames(200, on: host)
        #expect(try host.shell.run(["virsh", "domid", PVPHost.guest]) == domain)

        try times.measure("stop") { try host.stop() }
        #expect(try host.drivers() == ["e1000e", "e1000e"])
        #expect(try host.shell.run(["systemctl", "--failed", "--no-legend", "--plain"]) == "")
        try times.measure("start again") { try host.start() }
        try expectFrames(200, on: host)

        try times.measure("uninstall") { try host.shell.run(["pvpgen", "uninstall", "--purge"], within: 300) }
        let purge = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "purge", "--yes", "pvpgen"]
        try times.measure("purge") { try host.shell.run(purge, within: 300) }
        // The kernel has a driver of the name pvpanic; what the test copied is in /root.
        let left = try host.everything().filter {
            $0.contains("pvp") && !$0.contains("pvpanic") && !$0.hasPrefix("/root/")
        }
        #expect(left.isEmpty)
        try host.reboot()
        let changes = try HostState(host.shell).changes(since: before)
        #expect(changes.isEmpty, "\(changes.joined(separator: "\n"))")
        progress.print(times.row)
    }

    private func expectFrames(_ count: Int, on host: PVPHost) throws {
        for end in [Wires.End.nic0, .nic1] {
            let crossing = try host.cross(count, from: end)
            #expect(crossing.isWhole, "\(crossing)")
        }
    }
}

/// How long each step took on a release, as a row of a table.
private struct StepTimes {
    private let release: String
    private var steps: [(name: String, seconds: Double)] = []

    init(_ release: String) { self.release = release }

    mutating func measure(_ name: String, _ body: () throws -> Void) rethrows {
        let step = Progress()
        try body()
        steps.append((name, step.elapsed))
    }

    /// `| trixie | install 21 s | reboot 66 s | … |`
    var row: String {
        "| \(release) | " + steps.map { "\($0.name) \(String(format: "%.0f", $0.seconds)) s" }.joined(separator: " | ")
            + " |"
    }
}
