import Foundation
import Lab
import LabTools
import Testing

/// What takes too long for each change; `make soak`.
@Suite(.serialized) struct SoakTests {
    @Test func fiftyStartsAndStopsLeaveNothing() async throws {
        let host = try await SharedHost.shared.rebooted()
        try host.idle(with: PVPHost.configuration)
        // The first start makes what stays: the guest's disk, directories.
        try host.start()
        try host.stop()
        let before = try Footprint(host.shell)
        var delays: [Double] = []
        for round in 1...50 {
            try host.start()
            delays.append(try host.readyDelay())
            let crossing = try host.cross(200, from: round.isMultiple(of: 2) ? .nic0 : .nic1)
            try host.stop()
            let changes = try Footprint(host.shell).changes(since: before)
            try #require(
                crossing.isWhole && changes.isEmpty,
                "round \(round): \(crossing.summary)\n\(changes.joined(separator: "\n"))")
        }
        delays.sort()
        print(
            "50 rounds, \(before.lines.count) things looked at in each; the guest's unit was ready \(delays[25]) s "
                + "after its last vhost link, \(delays[49]) s at most")
    }
}

extension PVPHost {
    /// The seconds from when testpmd says that the guest's last vhost-user port is up until its
    /// unit is active.
    fileprivate func readyDelay() throws -> Double {
        let unit = "pvp-guest@\(PVPHost.guest).service"
        let active = try shell.run(["systemctl", "show", "--property=ActiveEnterTimestampMonotonic", "--value", unit])
        let link = ["--grep=virtio is now ready", "--reverse", "--lines=1"]
        let lines = try shell.run(
            ["journalctl", "--boot", "--unit=testpmd.service", "--output=short-monotonic"] + link)
        // "[ 4321.000123] host testpmd[1234]: …"
        let bracket = lines.split(separator: "[").first?.split(separator: "]").first ?? ""
        guard let microseconds = Double(active.trimmingNewline),
            let up = Double(bracket.trimmingCharacters(in: .whitespaces))
        else {
            throw LabFailure("the times of \(unit) are not available", log: active + lines)
        }
        return ((microseconds / 1e6 - up) * 1000).rounded() / 1000
    }
}
