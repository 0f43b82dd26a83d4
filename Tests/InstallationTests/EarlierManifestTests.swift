import Linux
import TestSupport
import Testing

@testable import Installation

@Suite("Manifests of earlier releases") struct EarlierManifestTests {
    /// As commit aa7ba62 wrote it for debian-systemd-boot, with fewer arguments.
    static let version1 = """
        {
          "version": 1,
          "bootLoader": "systemd-boot",
          "arguments": ["isolcpus=1-7", "iommu=pt"],
          "boot": "4f1c",
          "owned": [
            {"path": "/etc/pvpgen/a", "sha256": "12", "saved": true},
            {"path": "/etc/pvpgen/b", "sha256": null, "saved": false}
          ],
          "shared": [
            {"path": "/etc/kernel/cmdline", "format": "cmdline", "arguments": ["iommu=pt"], "madeFrom": "79a7"},
            {"path": "/efi/loader/entries/a.conf", "format": "entry", "arguments": [], "madeFrom": null}
          ],
          "directories": ["/var/lib/pvpgen", "/etc/kernel"]
        }
        """

    static var expected: Manifest {
        var manifest = Manifest()
        manifest.bootLoader = "systemd-boot"
        manifest.arguments = ["isolcpus=1-7", "iommu=pt"]
        manifest.boot = "4f1c"
        manifest.owned = [
            .init(path: "/etc/pvpgen/a", hash: "12", hasSaved: true), .init(path: "/etc/pvpgen/b", hash: nil),
        ]
        manifest.shared = [
            .init(path: "/etc/kernel/cmdline", format: "cmdline", arguments: ["iommu=pt"], baseHash: "79a7"),
            .init(path: "/efi/loader/entries/a.conf", format: "entry", arguments: [], baseHash: nil),
        ]
        manifest.directories = ["/var/lib/pvpgen", "/etc/kernel"]
        return manifest
    }

    @Test("A manifest of version 1 is read in full, and written as version 2")
    func version1IsRead() throws {
        let tree = try Tree([Manifest.path: Self.version1])
        let manifest = try #require(try Manifest.read(from: tree.root))
        #expect(manifest == Self.expected)
        let text = manifest.text
        #expect(text.contains("\"version\": 2") && text.contains("\"boot_loader\": \"systemd-boot\""))
        #expect(text.contains("\"base_sha256\": \"79a7\"") && !text.contains("madeFrom"))
        try tree.write(Manifest.path, text)
        #expect(try Manifest.read(from: tree.root) == Self.expected)
    }
}
