import Config
import Testing

@testable import Plan

@Suite struct DiskPlanTests {
    private func disk(_ text: String) -> DiskPlan? {
        let file = ConfigFiles.File(path: "pvp.conf", content: Array("[Guest]\n\(text)\n".utf8))
        return Config.parse([file]).config.guests.first.flatMap { DiskPlan.make($0).disk }
    }

    @Test(arguments: [
        ("Image=https://example.com/a/b.qcow2", "/var/lib/pvpgen/images/b-c14e59dcd096bd7c.qcow2"),
        ("Image=https://example.com/a/b.qcow2?x=/y#z", "/var/lib/pvpgen/images/b-7d2a7260ac1f547b.qcow2"),
        ("Image=http://example.com", "/var/lib/pvpgen/images/guest-f6e395b64dad9ae4"),
        ("Image=http://example.com/a/..", "/var/lib/pvpgen/images/guest-241c8cf6d1a27c75"),
        ("Image=http://example.com/.raw", "/var/lib/pvpgen/images/.raw-730d7b8841c2e209"),
        ("Image=http://example.com/b.", "/var/lib/pvpgen/images/b-9969e2e9faa99985."),
        ("Image=http://example.com/b.raw\nImageFile=/srv/c", "/srv/c"), ("Image=/srv/d", "/srv/d"),
        ("Image=file:///srv/d", "/srv/d"),
    ])
    func theImageLies(_ text: String, _ base: String) {
        #expect(disk(text)?.base == base)
        #expect((disk(text)?.url == nil) == base.hasSuffix("/d"))
    }

    /// A file name has at most 255 bytes, and .part.head.new is appended to it.
    @Test(arguments: ["", ".raw", "." + String(repeating: "y", count: 300)]) func aLongNameIsCut(_ end: String) throws {
        let long = String(repeating: "x", count: 300) + end
        let names = try ["a", "b"].map { try #require(disk("Image=https://example.com/\($0)/\(long)")?.base) }
        #expect(
            names[0] != names[1]
                && names.allSatisfy { $0.utf8.count < 240 && $0.hasPrefix("/var/lib/pvpgen/images/xxx") })
    }

    @Test func earlierReleasesHadNoDigest() {
        #expect(disk("Image=https://example.com/a/b.qcow2?x")?.formerBase == "/var/lib/pvpgen/images/b.qcow2")
        #expect(disk("Image=/a")?.formerBase == nil && disk("Image=https://e/a\nImageFile=/b")?.formerBase == nil)
    }

    @Test(arguments: [
        ("", "none"), ("SSHKey=/k", "credentials"), ("SSHKey=/k\nPrepare=cloud-init", "cloud-init"),
        ("Prepare=sysprep", "sysprep"),
    ])
    func theKeyIsHandedInAsSaid(_ text: String, _ preparation: String) {
        #expect(disk("Image=/a\n\(text)")?.preparation.rawValue == preparation)
    }
}
