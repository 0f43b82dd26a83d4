import Diagnostics
import Foundation
import Linux
import TestSupport
import Testing

@testable import GuestImage

/// A guest's disk over an image on this host, made by the real qemu-img.
@Suite struct OverlayTests {
    static let image = "/srv/image.raw"
    static let disk = "\(Host.guests)/guest/disk.qcow2"

    private func host(_ more: String = "") throws -> Host {
        let host = try Host("Image=\(Self.image)\n\(more)")
        try host.place(Self.image)
        return host
    }

    @Test func theCommandIsAsQEMUDocumentsIt() {
        #expect(
            GuestDisk.create(over: "/b", "raw", "/d").arguments
                == ["qemu-img", "create", "-q", "-f", "qcow2", "-b", "/b", "-F", "raw", "/d"])
    }

    @Test func theGuestSeesTheImageAndNeverWritesToIt() throws {
        let host = try host()
        let result = try host.run()
        #expect(result.status == 0, "\(result.error)")
        #expect(result.error == "\(Self.disk): created over \(Self.image) (raw)\n")
        #expect(try host.content() == Host.image())
        let write = try Command(["qemu-io", "-c", "write -P 7 0 512", host.tree.root.path(Self.disk)]).run()
        #expect(write.status == 0, "\(write.output)")
        #expect(try host.tree.root.bytes(Self.image) == Host.image())
        #expect(try host.content().prefix(512).allSatisfy { $0 == 7 })
        // QEMU's user can search the directory, no user can list it.
        let mode =
            try FileManager.default.attributesOfItem(atPath: host.tree.root.path("\(Host.guests)/guest"))[
                .posixPermissions] as? Int
        #expect(mode == 0o711)
    }

    @Test func aDiskThatIsThereStaysAsItIs() throws {
        let host = try host()
        try host.run()
        let before = try host.tree.root.status(Self.disk)
        let result = try host.run()
        #expect(result.status == 0 && result.error == "" && result.output == "")
        #expect(try host.tree.root.status(Self.disk) == before)
    }

    @Test func anotherImageIsReportedAndTheDiskStays() throws {
        let host = try host()
        try host.run()
        let before = try host.tree.root.status(Self.disk)
        try host.place(Self.image, Host.image(2))
        let changed = try host.run()
        #expect(changed.status == 0)
        #expect(changed.error.contains("\(Self.image) has changed since; 'pvpgen guest reset guest' removes it"))
        try host.place("/srv/other.raw")
        try host.configure("Image=/srv/other.raw")
        #expect(try host.run().error.contains("its image is \(Self.image), not /srv/other.raw"))
        #expect(try host.tree.root.status(Self.disk) == before)
        #expect(changed.error.split(separator: "\n").count == 1)
    }

    @Test func aResetMakesRoomForANewOne() throws {
        let host = try host()
        try host.run()
        #expect(
            try DiskReset.reset("guest", in: host.tree.root)
                == ["disk.qcow2", "disk.origin"].map { "\(Host.guests)/guest/\($0)" })
        #expect(!host.has(Self.disk) && host.has(Self.image))
        #expect(try host.run().error.contains("created over"))
        #expect(throws: (any Error).self) { try DiskReset.reset("nobody", in: host.tree.root) }
    }

    /// No process can begin to use the disk between the check and the removal.
    @Test func aResetLooksAtTheGuestUnderTheLockOfItsDisk() throws {
        let host = try host()
        try host.run()
        let lock = host.tree.root.path("\(Host.guests)/guest/lock")
        var isLocked: [Bool] = []
        let problem = #expect(throws: Problem.self) {
            try DiskReset.reset(
                "guest", in: host.tree.root,
                refuseUse: { () throws(Problem) in
                    isLocked.append(try Command(["flock", "--nonblock", lock, "true"]).run().status != 0)
                    if isLocked.count == 2 { throw Problem(.guestRunning, "started meanwhile", remedy: "stop it") }
                })
        }
        #expect(isLocked == [false, true] && problem?.code == .guestRunning)
        #expect(host.has(Self.disk) && host.has("\(Host.guests)/guest/disk.origin"))
    }

    @Test func aResetWaitsForWhoPreparesTheDisk() throws {
        let host = try host()
        try host.run()
        var lock: FileLock? = try FileLock("\(Host.guests)/guest/lock", in: host.tree.root) {}
        var hadDisk = false
        let removed = try DiskReset.reset(
            "guest", in: host.tree.root,
            waiting: {
                hadDisk = lock != nil && host.has(Self.disk)
                lock = nil
            })
        #expect(hadDisk && removed.count == 2 && !host.has(Self.disk))
    }

    @Test func halfADiskIsNoDisk() throws {
        let host = try host()
        try host.place("\(Host.guests)/guest/disk.qcow2.part", [1, 2, 3])
        #expect(try host.run().status == 0)
        #expect(try host.content() == Host.image() && !host.has("\(Host.guests)/guest/disk.qcow2.part"))
    }

    @Test func theChecksumIsLookedAtOnceForEachContent() throws {
        let host = try host()
        let sum = try host.sum(Self.image)
        try host.configure("Image=\(Self.image)\nImageChecksum=\(sum)")
        #expect(try host.run().status == 0)
        // Other content with the same length and time shows whether the file is read again.
        let path = host.tree.root.path(Self.image)
        let touch = Command([
            "sh", "-c", "touch -r $0 $0.time && printf x | dd of=$0 conv=notrunc status=none && touch -r $0.time $0",
            path,
        ])
        #expect(try touch.run().status == 0)
        #expect(try host.run().status == 0)
        #expect(try Command(["touch", path]).run().status == 0)
        let again = try host.run()
        #expect(again.status == 1)
        #expect(again.error.contains("expected \(sum), got \(try host.sum(Self.image))"))
        #expect(host.has(Self.image))
    }

    @Test(arguments: [
        ("Image=/srv/missing.raw", "/srv/missing.raw: No such file or directory", "copy the image to this path"),
        ("Image=/srv/page.html", "no image that qemu-img knows", "correct Image="),
        ("Image=/srv/half.qcow2", "expected a complete image, its backing image is ", "qemu-img convert"),
        ("Image=/srv/image.vdi", "it is of format vdi", "qemu-img convert"),
        ("Imgae=/srv/image.raw", "unknown key 'Imgae'", "did you mean 'Image'?"),
        ("Image=/srv/image.raw\nPrepare=cloud-init", "requires SSHKey=, which is not set", "set SSHKey="),
        ("Name=other\nImage=/srv/image.raw", "guest 'guest': not found in ", "name one of: other"),
    ])
    func reports(_ text: String, _ message: String, _ remedy: String) throws {
        let host = try host()
        try host.tree.write("/srv/page.html", "<html>\n" + String(repeating: "Please log in. ", count: 100))
        for (format, name) in [("vdi", "image.vdi"), ("qcow2", "half.qcow2")] {
            let base = format == "qcow2" ? ["-b", host.tree.root.path(Self.image), "-F", "raw"] : []
            _ = try Command(
                ["qemu-img", "create", "-q", "-f", format] + base + [host.tree.root.path("/srv/\(name)"), "1M"]
            ).run()
        }
        try host.configure(text)
        let result = try host.run()
        #expect(result.status == 1)
        #expect(result.error.contains(message) && result.error.contains(remedy), "\(result.error)")
        #expect(result.error.split(separator: "\n").count == 1)
        #expect(!host.has(Self.disk))
    }

    @Test func aGuestWithoutADiskNeedsNothing() throws {
        let host = try Host("Kernel=/boot/vmlinuz")
        let result = try host.run()
        #expect(result.status == 0 && result.output.contains("has no disk"))
        #expect(!host.has(Host.guests))
    }

    @Test(arguments: [[], ["--what", "guest"], ["a", "b"], ["guest", "--root="]])
    func wrongUsage(_ arguments: [String]) throws {
        let result = try Program(name: "pvp-image").run(arguments)
        #expect(result.status == 2 && result.error.contains("pvp-image --help"))
    }
}
