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
    for round in 1...rounds {
        try host.start()
        let crossing = try host.cross(200, from: round.isMultiple(of: 2) ? .nic0 : .nic1)
        try host.stop()
        let changes = try Footprint(host.shell).changes(since: before)
        guard crossing.isWhole, changes.isEmpty else {
            throw LabFailure("round \(round): \(crossing.summary)", log: changes.joined(separator: "\n"))
        }
    }
    progress.print("\n\(rounds) starts and stops: frames crossed each time, and nothing was left (\(before.lines.count) things looked at)")
} catch {
    FileHandle.standardError.write(Data("pvp-soak: \(error)\n".utf8))
    exit(1)
}
