import Config
import Foundation
import Linux
import Plan
import TestSupport
import Testing

/// The configuration that a host passes to a guest for its interfaces.
@Suite struct RoleTests {
    private let inside: String

    init() throws {
        let host = try HostCase("62-guest-testpmd")
        let plan = try #require(Plan.read(from: host.root).plan)
        inside = try #require(plan.guests.first?.inside)
    }

    @Test func itIsWhatTheCaseOfAGuestHas() throws {
        let guest = try HostCase("63-in-a-guest")
        #expect(inside == (try guest.root.text(ConfigFiles.credential)) + "\n")
        let (_, problems) = Config.parse([ConfigFiles.File(path: ConfigFiles.credential, content: Array(inside.utf8))])
        #expect(problems.isEmpty)
    }

    /// For QEMU's command line a comma ends the value, and libvirt 9.0 does not double it.
    @Test func thereIsNoCommaInIt() { #expect(!inside.contains(",")) }
}
