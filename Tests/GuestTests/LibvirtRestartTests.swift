import Foundation
import TestSupport
import Testing

/// A guest whose libvirtd ends before it: each test stops the one of all guests of the suite.
@Suite(
    "pvp-guest while libvirtd is restarted", .serialized, .timeLimit(.minutes(5)), WithPrivateLibvirt(), OnOwnThreads())
struct LibvirtRestartTests {
    let libvirt: PrivateLibvirt

    init() throws { libvirt = try #require(PrivateLibvirt.current) }

    private func running(_ name: String) throws -> GuestProcess {
        let guest = try GuestProcess(libvirt, [name], xml: TinyDomain(name: name).xml)
        try guest.expect("READY=1")
        return guest
    }

    @Test func libvirtRestarted() throws {
        let guest = try running("restart")
        let emulator = try libvirt.emulator("restart")
        try libvirt.stop()
        try guest.expect("STATUS=waiting for libvirt")
        try libvirt.start()
        try guest.expect("STATUS=running")
        #expect(try libvirt.emulator("restart") == emulator)
        #expect(try libvirt.state("restart") == "running")
        try libvirt.virsh("destroy", "restart")
        #expect(try guest.exit() == 1, "events arrive on the new connection")
    }

    @Test func emulatorDiesWhileLibvirtIsAway() throws {
        let guest = try running("away")
        try libvirt.stop()
        try guest.expect("STATUS=waiting for libvirt")
        kill(try libvirt.emulator("away"), SIGKILL)
        try libvirt.start()
        #expect(try guest.exit() == 1)
        #expect(try libvirt.state("away") == nil)
    }
}
