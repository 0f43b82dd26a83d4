import Foundation
import Lab
import LabTools

// Boots a whole PVP host in QEMU, installs pvpgen in it as a user would, reboots it, and sends frames through its guest.

do {
    let progress = Progress()
    let host = try PVPHost.ready(progress)
    defer { host.end() }
    try host.start()
    let there = try host.cross(200, from: .nic0)
    let back = try host.cross(200, from: .nic1)
    progress.print("\n" + (try host.status()))
    guard there.isWhole, back.isWhole else { throw LabFailure("frames were lost\n\(back.summary)\n\(there.summary)") }
    progress.print(back.summary)
    progress.print(there.summary)
} catch {
    FileHandle.standardError.write(Data("pvp-demo: \(error)\n".utf8))
    exit(1)
}
