import Foundation
import Lab
import LabTools

// Boots a whole PVP host with two NUMA nodes in QEMU, installs pvpgen in it as a user would,
// reboots it, sends frames through its guest, and measures the chain. The argument is the release
// of Debian; without one it is that of this machine.

do {
    let progress = Progress()
    let host = try PVPHost.ready(
        progress, release: CommandLine.arguments.dropFirst().first, shape: .measured,
        configuration: PVPHost.measured)
    defer { host.end() }
    try host.start()
    let outward = try host.cross(1000, from: .nic0)
    let inward = try host.cross(1000, from: .nic1)
    progress.print("\n" + (try host.status()))
    let verified = try host.shell.attempt(["pvpgen", "verify"])
    progress.print(verified.output)
    guard outward.isWhole, inward.isWhole else {
        throw LabFailure("frames were lost\n\(outward.summary)\n\(inward.summary)")
    }
    guard verified.status == 0 else { throw LabFailure("pvpgen verify: ended with \(verified.status)") }
    progress.print(outward.summary)
    progress.print(inward.summary)
    let page = try host.measure(into: ProcessInfo.processInfo.environment["PICTURES"] ?? ".build/demo")
    progress.print("the result as a page: \(page)")
    if let folder = ProcessInfo.processInfo.environment["PICTURES"] { try host.record(in: folder) }
} catch {
    FileHandle.standardError.write(Data("pvp-demo: \(error)\n".utf8))
    exit(1)
}
