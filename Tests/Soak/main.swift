import Foundation
import Lab
import LabTools

// Starts and stops everything 50 times in the lab's machine, and looks each time whether anything is left.

do {
    let rounds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 50
    let progress = Progress()
    let host = try PVPHost.ready(progress)
    defer { host.end() }
    // The first start makes what stays: the guest's disk, directories.
    try host.start()
    try host.stop()
    let before = try Footprint(host.shell)
    var delays: [Double] = []
    for round in 1...rounds {
        try host.start()
        delays.append(try host.readyDelay())
        let crossing = try host.cross(200, from: round.isMultiple(of: 2) ? .nic0 : .nic1)
        try host.stop()
        let changes = try Footprint(host.shell).changes(since: before)
        guard crossing.isWhole, changes.isEmpty else {
            throw LabFailure("round \(round): \(crossing.summary)", log: changes.joined(separator: "\n"))
        }
    }
    delays.sort()
    progress.print(
        "\n\(rounds) starts and stops: frames crossed each time, and nothing was left (\(before.lines.count) things looked at).\n"
            + "The guest's unit was ready \(delays[delays.count / 2]) s after its last vhost link, \(delays[delays.count - 1]) s at most")
} catch {
    FileHandle.standardError.write(Data("pvp-soak: \(error)\n".utf8))
    exit(1)
}

extension PVPHost {
    /// The seconds from when testpmd says that the guest's last vhost-user port is up until its unit is active.
    fileprivate func readyDelay() throws -> Double {
        let unit = "pvp-guest@\(PVPHost.guest).service"
        let active = try shell.run(["systemctl", "show", "--property=ActiveEnterTimestampMonotonic", "--value", unit])
        let link = ["--grep=virtio is now ready", "--reverse", "--lines=1"]
        let lines = try shell.run(["journalctl", "--boot", "--unit=testpmd.service", "--output=short-monotonic"] + link)
        guard let microseconds = Double(active.trimmingCharacters(in: .whitespacesAndNewlines)),
            let up = lines.split(separator: "[").last?.split(separator: "]").first.flatMap({ Double($0.trimmingCharacters(in: .whitespaces)) })
        else { throw LabFailure("the times of \(unit) are not to be had", log: active + lines) }
        return ((microseconds / 1e6 - up) * 1000).rounded() / 1000
    }
}
