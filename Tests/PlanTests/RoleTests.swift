import Config
import Foundation
import Linux
import Plan
import Testing

/// What a host tells a guest to do with its interfaces.
@Suite struct RoleTests {
    private static let cases = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Cases")
        .path
    private let inside: String

    init() throws {
        let plan = try #require(Plan.read(from: Root(Self.cases + "/62-guest-testpmd")).plan)
        inside = try #require(plan.guests.first?.inside)
    }

    @Test func itIsWhatTheCaseOfAGuestHas() throws {
        #expect(inside == (try Root(Self.cases + "/63-in-a-guest").text(ConfigFiles.credential)) + "\n")
        let (_, problems) = Config.parse([ConfigFiles.File(path: ConfigFiles.credential, content: Array(inside.utf8))])
        #expect(problems.isEmpty)
    }

    /// For QEMU's command line a comma ends the value, and libvirt 9.0 does not double it.
    @Test func thereIsNoCommaInIt() { #expect(!inside.contains(",")) }
}
