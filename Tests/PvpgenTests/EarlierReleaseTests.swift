import Foundation
import Linux
import TestSupport
import Testing

@Suite("Uninstalling what an earlier release installed") struct EarlierReleaseTests {
    /// The manifest's keys of version 1, by those of version 2.
    static let keys = ["\"version\": 2": "\"version\": 1", "boot_loader": "bootLoader", "base_sha256": "madeFrom"]

    @Test("Uninstall restores the host from a manifest of version 1", arguments: InstallGoldenTests.distributions)
    func uninstall(_ distribution: String) throws {
        let tree = try InstallGoldenTests.machine(distribution)
        let before = try Snapshot(tree)
        #expect(try InstallTests.pvpgen("install", tree).status == 3)
        try Self.setVersion1(tree)
        #expect(try InstallTests.pvpgen("uninstall", tree).status == 0)
        #expect(try Snapshot(tree).difference(from: before) == [])
    }

    @Test("Install keeps what a manifest of version 1 recorded", arguments: InstallGoldenTests.distributions)
    func upgrade(_ distribution: String) throws {
        let tree = try InstallGoldenTests.machine(distribution)
        let before = try Snapshot(tree)
        #expect(try InstallTests.pvpgen("install", tree).status == 3)
        let installed = try Snapshot(tree)
        try Self.setVersion1(tree)
        #expect(try InstallTests.pvpgen("install", tree).status == 3)
        #expect(try Snapshot(tree).difference(from: installed) == [])
        #expect(try InstallTests.pvpgen("uninstall", tree).status == 0)
        #expect(try Snapshot(tree).difference(from: before) == [])
    }

    private static func setVersion1(_ tree: Tree) throws {
        let path = "/var/lib/pvpgen/manifest.json"
        var text = String(decoding: try tree.root.bytes(path), as: UTF8.self)
        for (new, old) in keys {
            #expect(text.contains(new) || new == "base_sha256")
            text = text.replacingOccurrences(of: new, with: old)
        }
        try tree.write(path, text)
    }
}
