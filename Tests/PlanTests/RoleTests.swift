import Config
import Foundation
import Linux
import TestSupport
import Testing
import Values

@testable import Plan

/// The configuration that a host passes to a guest for its interfaces.
@Suite struct RoleTests {
    private let inside: String

    init() throws {
        let host = try HostCase("62-guest-testpmd")
        let plan = try #require(Plan.read(from: host.root).plan)
        inside = try #require(plan.guests.first?.guestConfiguration)
    }

    @Test func itIsWhatTheCaseOfAGuestHas() throws {
        let guest = try HostCase("63-in-a-guest")
        #expect(inside == (try guest.root.text(ConfigFiles.credential)) + "\n")
        let (_, problems) = Config.parse([ConfigFiles.File(path: ConfigFiles.credential, content: Array(inside.utf8))])
        #expect(problems.isEmpty)
    }

    @Test("A testpmd with many lcores gets the memory that its packet buffers need")
    func memory() throws {
        let port = VhostPort(
            name: "a", guest: "guest", testpmd: "testpmd", socket: "/run/a", queues: 8, ringSize: 1024,
            mac: MACAddress(0), hasIOMMU: false,
            hasPackedRing: false)
        let few = GuestPlan.InnerTestpmd(vCPUs: 3, [port, port])
        #expect(few.lcores == 2 && few.queues == 8 && few.memory == 512 << 20)
        // 276 blocks of 2 MiB, and what is beside them.
        let many = GuestPlan.InnerTestpmd(vCPUs: 13, [port, port])
        #expect(many.lcores == 12 && many.memory == 574 << 20)
    }

    /// For QEMU's command line a comma ends the value, and libvirt 9.0 does not double it.
    @Test func thereIsNoCommaInIt() { #expect(!inside.contains(",")) }
}
