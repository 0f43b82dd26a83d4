import Config
import Testing

@testable import Plan

@Suite struct DiskPlanTests {
    private func disk(_ text: String) -> DiskPlan? {
        let file = ConfigFiles.File(path: "pvp.conf", content: Array("[Guest]\n\(text)\n".utf8))
        return Config.parse([file]).config.guests.first.flatMap { DiskPlan.make($0).disk }
    }

    @Test(arguments: [
        ("Image=https://example.com/a/b.qcow2", "/var/lib/pvpgen/images/b.qcow2"),
        ("Image=https://example.com/a/b.qcow2?x=/y#z", "/var/lib/pvpgen/images/b.qcow2"),
        ("Image=http://example.com", "/var/lib/pvpgen/images/guest"), ("Image=http://example.com/a/..", "/var/lib/pvpgen/images/guest"),
        ("Image=http://example.com/b.raw\nImageFile=/srv/c", "/srv/c"), ("Image=/srv/d", "/srv/d"), ("Image=file:///srv/d", "/srv/d"),
    ])
    func theImageLies(_ text: String, _ base: String) {
        #expect(disk(text)?.base == base)
        #expect((disk(text)?.url == nil) == base.hasSuffix("/d"))
    }

    @Test(arguments: [
        ("", "none"), ("SSHKey=/k", "credentials"), ("SSHKey=/k\nPrepare=cloud-init", "cloud-init"), ("Prepare=sysprep", "sysprep"),
    ])
    func theKeyIsHandedInAsSaid(_ text: String, _ preparation: String) {
        #expect(disk("Image=/a\n\(text)")?.preparation.rawValue == preparation)
    }
}
