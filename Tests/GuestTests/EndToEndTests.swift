import Foundation
import Linux
import TestSupport
import Testing

/// pvp-guest against a real libvirt and a real QEMU.
@Suite("pvp-guest, end to end", .timeLimit(.minutes(10)), WithPrivateLibvirt(), OnOwnThreads())
struct EndToEndTests {
    let libvirt: PrivateLibvirt

    init() throws { libvirt = try #require(PrivateLibvirt.current) }

    private func running(_ domain: TinyDomain, _ options: String...) throws -> GuestProcess {
        let guest = try GuestProcess(libvirt, [domain.name] + options, xml: domain.xml)
        try guest.expect("READY=1")
        return guest
    }

    private func expectNothingLeft(_ name: String) throws { #expect(try libvirt.state(name) == nil) }

    @Test func destroyedFromOutside() throws {
        let guest = try running(TinyDomain(name: "outside"))
        #expect(try libvirt.state("outside") == "running")
        try libvirt.virsh("destroy", "outside")
        #expect(try guest.exit() == 1)
        #expect(guest.output == "pvp-guest: guest outside: was destroyed by another process; systemd starts it again\n")
    }

    @Test func emulatorKilled() throws {
        let guest = try running(TinyDomain(name: "killed"))
        kill(try libvirt.emulator("killed"), SIGKILL)
        #expect(try guest.exit() == 1)
        #expect(guest.output == "pvp-guest: guest killed: its emulator died; see /var/log/libvirt/qemu\n")
        try expectNothingLeft("killed")
    }

    @Test func pausedAndResumed() throws {
        let guest = try running(TinyDomain(name: "paused"))
        try libvirt.virsh("suspend", "paused")
        try guest.expect("STATUS=paused")
        try libvirt.virsh("resume", "paused")
        try guest.expect("STATUS=running")
        guest.signal(SIGTERM)
        try guest.expect("STOPPING=1")
        try libvirt.virsh("destroy", "paused")
        #expect(try guest.exit() == 0)
    }

    @Test func shutDownFromInside() throws {
        var domain = TinyDomain(name: "inside")
        domain.addDisk(try libvirt.disk(BootSector.powersOff), format: "raw")
        let guest = try GuestProcess(libvirt, ["inside"], xml: domain.xml)
        #expect(try guest.exit() == 0)
        #expect(guest.output == "")
        try expectNothingLeft("inside")
    }

    @Test func stopOfAGuestThatObeys() throws {
        var domain = TinyDomain(name: "obeys")
        domain.addDisk(try libvirt.disk(BootSector.obeys), format: "raw")
        let guest = try running(domain)
        // The first request may come before the guest listens; the second does not.
        guest.signal(SIGTERM)
        #expect(try guest.exit() == 0)
        #expect(guest.output == "")
        try expectNothingLeft("obeys")
    }

    @Test func stopOfAGuestThatDoesNot() throws {
        let guest = try running(TinyDomain(name: "stubborn"), "--stop-timeout=1")
        try libvirt.virsh("shutdown", "stubborn")
        guest.signal(SIGTERM)
        try guest.expect("STOPPING=1")
        #expect(try guest.exit() == 0)
        #expect(guest.output == "pvp-guest: guest stubborn: did not shut down within 1 s; destroying it\n")
        try expectNothingLeft("stubborn")
    }

    @Test func noProcessConnectsToVhostUser() throws {
        let sockets = [libvirt.file("v-0").path, libvirt.file("v-1").path]
        var domain = TinyDomain(name: "lonely")
        domain.addVhost(sockets)
        let guest = try GuestProcess(libvirt, ["lonely", "--start-timeout=6"], xml: domain.xml)
        #expect(try guest.exit() == 1)
        let line =
            "not created within 3 s: no process connected to \(sockets[0]), \(sockets[1]); "
            + "is testpmd running? systemctl status testpmd"
        #expect(guest.output == "pvp-guest: guest lonely: \(line)\n")
        try expectNothingLeft("lonely")
    }

    @Test func stoppedWhileCreating() throws {
        let socket = libvirt.file("w-0").path
        var domain = TinyDomain(name: "early")
        domain.addVhost([socket])
        let guest = try GuestProcess(libvirt, ["early"], xml: domain.xml)
        try guest.expect("STATUS=creating; waits for testpmd to connect to \(socket)")
        try eventually("QEMU waits") { FileManager.default.fileExists(atPath: socket) }
        guest.signal(SIGTERM)
        #expect(try guest.exit(within: 10) == 0)
        #expect(guest.output == "")
        try expectNothingLeft("early")
    }

    @Test func killedWhileCreating() throws {
        let socket = libvirt.file("x-0").path
        var domain = TinyDomain(name: "half")
        domain.addVhost([socket])
        let guest = try GuestProcess(libvirt, ["half"], xml: domain.xml)
        try eventually("QEMU waits") { FileManager.default.fileExists(atPath: socket) }
        guest.signal(SIGKILL)
        _ = try guest.exit()
        // What ExecStopPost= does.
        #expect(try GuestProcess(libvirt, ["--destroy", "half"]).exit() == 0)
        try eventually("the half-made domain is gone") { try libvirt.state("half") == nil }
    }

    @Test func leftover() throws {
        let first = try running(TinyDomain(name: "leftover"))
        first.signal(SIGKILL)
        #expect(try first.exit() == 128 + SIGKILL)
        #expect(try libvirt.state("leftover") == "running")
        let destroyer = try GuestProcess(libvirt, ["--destroy", "leftover"])
        #expect(try destroyer.exit() == 0)
        #expect(destroyer.output == "pvp-guest: guest leftover: destroyed the remaining domain\n")
        try expectNothingLeft("leftover")
        let again = try GuestProcess(libvirt, ["--destroy", "leftover"])
        #expect(try again.exit() == 0)
        #expect(again.output == "")
    }

    @Test func foreignDomainIsNotTouched() throws {
        let domain = TinyDomain(name: "foreign", isMarked: false)
        try Data(domain.xml.utf8).write(to: libvirt.file("foreign.xml"))
        #expect(try libvirt.virsh("create", libvirt.file("foreign.xml").path).status == 0)
        let guest = try GuestProcess(libvirt, ["foreign"], xml: TinyDomain(name: "foreign").xml)
        #expect(try guest.exit() == 1)
        let line =
            "a domain foreign of another owner already exists; rename the guest, or remove the domain; "
            + "'virsh list --all' lists the domains"
        #expect(guest.output == "pvp-guest: guest foreign: \(line)\n")
        let destroyer = try GuestProcess(libvirt, ["--destroy", "foreign"])
        #expect(try destroyer.exit() == 0)
        #expect(destroyer.output == "")
        #expect(try libvirt.state("foreign") == "running")
        try libvirt.virsh("destroy", "foreign")
    }

    @Test func imageMissing() throws {
        var domain = TinyDomain(name: "missing")
        domain.addDisk("/no/such/image.qcow2", format: "qcow2")
        let guest = try GuestProcess(libvirt, ["missing"], xml: domain.xml)
        #expect(try guest.exit() == 1)
        #expect(
            guest.output.hasPrefix(
                "pvp-guest: guest missing: cannot be created: Cannot access storage file '/no/such/image.qcow2'"))
        #expect(guest.output.hasSuffix("; correct Image= in [Guest], and let user libvirt-qemu read the file\n"))
        try expectNothingLeft("missing")
    }

    @Test func imageNotReadable() throws {
        let path = try libvirt.disk(BootSector.powersOff)
        #expect(chmod(path, 0) == 0)
        var domain = TinyDomain(name: "unreadable")
        domain.addDisk(path, format: "raw")
        let guest = try GuestProcess(libvirt, ["unreadable"], xml: domain.xml)
        #expect(try guest.exit() == 1)
        #expect(guest.output.contains("Permission denied"))
        #expect(guest.output.hasSuffix("; correct Image= in [Guest], and let user libvirt-qemu read the file\n"))
        #expect(guest.output.filter { $0 == "\n" }.count == 1)
        try expectNothingLeft("unreadable")
    }

    @Test func xmlThatLibvirtRefuses() throws {
        let xml = TinyDomain(name: "refused").xml.replacing("<memory unit='MiB'>64</memory>", with: "")
        let guest = try GuestProcess(libvirt, ["refused"], xml: xml)
        #expect(try guest.exit() == 1)
        #expect(
            guest.output.hasPrefix(
                "pvp-guest: guest refused: cannot be created: XML error: Memory size must be specified"))
        #expect(guest.output.filter { $0 == "\n" }.count == 1)
    }

    @Test(arguments: [
        ("", "standard input is empty"),
        (TinyDomain(name: "other").xml, "the XML on standard input is of domain 'other'"),
        (
            TinyDomain(name: "wanted", isMarked: false).xml,
            "the XML on standard input has no <metadata> of urn:pvpgen:domain"
        ),
    ])
    func xmlThatIsNotOurs(_ xml: String, _ message: String) throws {
        let guest = try GuestProcess(libvirt, ["wanted"], xml: xml)
        #expect(try guest.exit() == 1)
        #expect(guest.output.hasPrefix("pvp-guest: guest wanted: \(message)"))
        #expect(guest.output.filter { $0 == "\n" }.count == 1)
    }

    @Test func noLibvirt() throws {
        let uri = "qemu+unix:///session?socket=\(libvirt.file("none").path)"
        let guest = try GuestProcess(
            libvirt, ["nobody", "--connect=\(uri)"], xml: TinyDomain(name: "nobody").xml, connect: false)
        #expect(try guest.exit() == 1)
        #expect(guest.output.hasPrefix("pvp-guest: guest nobody: cannot reach libvirt at \(uri): "))
        #expect(guest.output.hasSuffix("; run 'systemctl start libvirtd' or 'systemctl start virtqemud.socket'\n"))
    }

    @Test func usage() throws {
        let guest = try GuestProcess(libvirt, [])
        #expect(try guest.exit() == 2)
        #expect(guest.output == "pvp-guest: the guest's name is missing; run 'pvp-guest --help'\n")
    }

    @Test("A connection to libvirt that breaks during a call does not end it, also when run by hand")
    func brokenConnection() throws {
        let guest = try running(TinyDomain(name: "broken"))
        let status = try Root.machine.text("/proc/\(guest.process.processIdentifier)/status")
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("SigIgn:") })
        let ignored = try #require(UInt64(line.split(separator: "\t")[1], radix: 16))
        #expect(ignored & 1 << UInt64(SIGPIPE - 1) != 0)
        try libvirt.virsh("destroy", "broken")
        #expect(try guest.exit() == 1)
    }
}
