import CLinux
import Foundation
import Glibc
import TestSupport
import Testing

/// A guest whose pvp-guest ends before it, against a real libvirt and a real QEMU.
@Suite(
    "A guest whose pvp-guest ends before it", .timeLimit(.minutes(10)), WithPrivateLibvirt(), OnOwnThreads())
struct AdoptionTests {
    private let libvirt: PrivateLibvirt

    init() throws { libvirt = try #require(PrivateLibvirt.current) }

    private func start(_ domain: TinyDomain, _ options: String...) throws -> GuestProcess {
        let guest = try GuestProcess(libvirt, [domain.name] + options, xml: domain.xml)
        try guest.expect("READY=1")
        if domain.isObeying { try libvirt.awaitListening(domain.name) }
        return guest
    }

    private func stopped(_ guest: GuestProcess, by result: String, _ status: String, _ jobs: [String]? = nil) throws
        -> String
    {
        let name = try #require(guest.name)
        let post = try GuestProcess(
            libvirt, ["--destroy", name], jobs: jobs, environment: ["SERVICE_RESULT": result, "EXIT_STATUS": status])
        #expect(try post.exit() == 0)
        return post.output
    }

    @Test("A pvp-guest that was killed leaves its guest, and the next one adopts it")
    func adopted() throws {
        let domain = try libvirt.obeying("adopted")
        let first = try start(domain)
        let emulator = try libvirt.emulator("adopted")
        first.signal(SIGKILL)
        #expect(try first.exit() == 128 + SIGKILL)
        let kept = try stopped(first, by: "signal", "KILL", [])
        #expect(kept.hasPrefix("pvp-guest: guest adopted: pvp-guest failed (signal), the guest goes on; "), "\(kept)")
        let second = try start(domain)
        #expect(second.output == "pvp-guest: guest adopted: runs already, created from the same XML; adopted\n")
        #expect(try libvirt.emulator("adopted") == emulator)
        // It sees what happens to the guest.
        try libvirt.virsh("suspend", "adopted")
        try second.expect("STATUS=paused")
        second.signal(SIGKILL)
        _ = try second.exit()
        let third = try start(domain)
        try third.expect("STATUS=paused")
        try libvirt.virsh("resume", "adopted")
        try third.expect("STATUS=running")
        third.signal(SIGTERM)
        #expect(try third.exit(within: 60) == 0)
        #expect(try libvirt.state("adopted") == nil)
    }

    @Test("A guest that was created from other XML is shut down, and created from that of the unit")
    func replaced() throws {
        var domain = try libvirt.obeying("replaced")
        let first = try start(domain)
        let emulator = try libvirt.emulator("replaced")
        first.signal(SIGKILL)
        _ = try first.exit()
        domain.devices += "<input type='tablet' bus='virtio'/>"
        let second = try GuestProcess(libvirt, ["replaced"], xml: domain.xml)
        try second.expect("STATUS=shutting down, to be created from other XML")
        try second.expect("READY=1")
        #expect(try libvirt.emulator("replaced") != emulator)
        #expect(!second.output.contains("destroying"))
        second.signal(SIGKILL)
        _ = try second.exit()
        // One that does not obey.
        try libvirt.virsh("suspend", "replaced")
        domain.devices += "<input type='keyboard' bus='virtio'/>"
        let third = try start(domain, "--stop-timeout=1")
        #expect(third.output.contains("guest replaced: did not shut down within 1 s; destroying it\n"))
        third.signal(SIGTERM)
        _ = try third.exit(within: 60)
    }

    @Test("An interrupted creation is not adopted")
    func unfinished() throws {
        let socket = libvirt.file("y-0").path
        var domain = TinyDomain(name: "unfinished")
        domain.addVhost([socket])
        let first = try GuestProcess(libvirt, ["unfinished"], xml: domain.xml)
        try eventually("QEMU waits") { FileManager.default.fileExists(atPath: socket) }
        first.signal(SIGKILL)
        _ = try first.exit()
        let second = try GuestProcess(libvirt, ["unfinished"], xml: domain.xml)
        try second.expect("STATUS=creating; waits for testpmd to connect to \(socket)")
        second.signal(SIGTERM)
        #expect(try second.exit() == 0)
        #expect(try libvirt.state("unfinished") == nil)
    }

    @Test("ExecStop= of a restart ends pvp-guest without its guest; any other stop is left to SIGTERM")
    func handedOver() throws {
        let domain = try libvirt.obeying("handed")
        let guest = try start(domain)
        let emulator = try libvirt.emulator("handed")
        func handOver(_ jobs: [String]?) throws {
            let stop = try GuestProcess(
                libvirt, ["--hand-over", "handed"], jobs: jobs, environment: ["MAINPID": "\(guest.pid)"])
            #expect(try stop.exit() == 0)
            #expect(stop.output == "")
        }
        try handOver(nil)
        try handOver(["pvp-guest@handed.service stop"])
        try handOver(["pvp-guest@handed.service restart", "pvp-hugepages@0.service restart"])
        #expect(guest.isRunning)
        let restart = ["pvp-guest@handed.service restart", "pvp-guest@handed.socket restart"]
        try handOver(restart)
        #expect(try guest.exit() == 0)
        #expect(try stopped(guest, by: "success", "0", restart) == "")
        #expect(try libvirt.emulator("handed") == emulator)
        let next = try start(domain)
        #expect(try libvirt.emulator("handed") == emulator)
        next.signal(SIGTERM)
        _ = try next.exit(within: 60)
        #expect(try stopped(next, by: "success", "0", ["pvp-guest@handed.service stop"]) == "")
        #expect(try libvirt.state("handed") == nil)
    }

    /// `memfd_create(2)`, which Swift's Glibc module lacks.
    private static func memoryFile() throws -> Int32 {
        typealias Create = @convention(c) (UnsafePointer<CChar>, UInt32) -> Int32
        let function = try #require(dlsym(nil, "memfd_create"))
        return unsafeBitCast(function, to: Create.self)("exec-input", 0)
    }

    @Test("A guest of an earlier release, which recorded nothing, is handed over with a record of its XML")
    func earlierRelease() throws {
        let domain = try libvirt.obeying("earlier")
        let file = libvirt.file("earlier.xml")
        try Data(domain.xml.utf8).write(to: file)
        #expect(try libvirt.virsh("create", file.path).status == 0)
        let emulator = try libvirt.emulator("earlier")
        // Its pvp-guest: all that matters is its standard input, a file in memory, and that SIGUSR1
        // ends it.
        let input = try Self.memoryFile()
        #expect(
            domain.xml.utf8CString.withUnsafeBytes { write(input, $0.baseAddress, $0.count - 1) }
                == domain.xml.utf8.count)
        let words = [strdup("/bin/sleep"), strdup("600"), nil]
        defer { for word in words { free(word) } }
        let old = clinux_spawn(words, environ, input, STDERR_FILENO, STDERR_FILENO)
        close(input)
        try #require(old > 0)
        let stop = try GuestProcess(
            libvirt, ["--hand-over", "earlier"], jobs: ["pvp-guest@earlier.service restart"],
            environment: ["MAINPID": "\(old)"])
        #expect(try stop.exit() == 0)
        var signal: Int32 = 0
        #expect(clinux_reap(old, &signal) == 0 && signal == SIGUSR1 && stop.output == "")
        // The new release gives the guest a UUID of its own.
        var new = domain
        new.uuid = "6d1cbf3a-0000-8000-8000-000000000001"
        let next = try start(new)
        #expect(
            next.output.hasSuffix("adopted. Its UUID and MAC addresses change at its next start\n"), "\(next.output)")
        #expect(try libvirt.emulator("earlier") == emulator)
        next.signal(SIGKILL)
        _ = try next.exit()
        new.devices += "<input type='tablet' bus='virtio'/>"
        let other = try start(new)
        #expect(try libvirt.emulator("earlier") != emulator)
        other.signal(SIGTERM)
        _ = try other.exit(within: 60)
    }

    @Test("A guest of an earlier release whose pvp-guest was killed is adopted, with a warning")
    func nothingRecorded() throws {
        let domain = TinyDomain(name: "unrecorded")
        let file = libvirt.file("unrecorded.xml")
        try Data(domain.xml.utf8).write(to: file)
        #expect(try libvirt.virsh("create", file.path).status == 0)
        let guest = try start(domain, "--stop-timeout=1")
        #expect(guest.output.contains("which did not record from what XML; adopted"))
        guest.signal(SIGTERM)
        #expect(try guest.exit() == 0)
    }

    @Test("A stop of pvp-domain@.service shuts down a guest whose unit has failed, a restart does not")
    func ended() throws {
        let domain = try libvirt.obeying("ended")
        let guest = try start(domain)
        guest.signal(SIGKILL)
        _ = try guest.exit()
        func end(_ jobs: [String]?) throws -> String {
            let post = try GuestProcess(libvirt, ["--end", "ended"], jobs: jobs)
            #expect(try post.exit(within: 60) == 0)
            return post.output
        }
        #expect(try end(nil) == "")
        #expect(try end(["pvp-domain@ended.service restart", "pvp-guest@ended.service restart"]) == "")
        #expect(try libvirt.state("ended") == "running")
        #expect(try end(["pvp-domain@ended.service stop"]) == "pvp-guest: guest ended: shutting it down\n")
        #expect(try libvirt.state("ended") == nil)
        #expect(try end(["pvp-domain@ended.service stop"]) == "")
    }
}
