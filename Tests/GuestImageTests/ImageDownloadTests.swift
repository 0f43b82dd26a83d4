import Config
import Diagnostics
import Foundation
import Linux
import Plan
import TestSupport
import Testing

@testable import GuestImage

/// Images from a real HTTP server, fetched by `pvp-image`.
@Suite(OnOwnThreads()) struct ImageDownloadTests {
    static let images = "/var/lib/pvpgen/images"
    static let former = "\(images)/image.raw"

    /// Where the image of a server is put.
    private static func base(_ server: ImageServer, _ file: String = "/image.raw") throws -> String {
        let text = "[Guest]\nImage=\(server.url(file))\n"
        let config = Config.parse([.init(path: "pvp.conf", content: Array(text.utf8))]).config
        return try #require(config.guests.first.flatMap { DiskPlan.make($0).disk?.base })
    }

    /// A tree that a server serves, with an image in it.
    private static func served() throws -> Tree {
        let tree = try Tree()
        try tree.root.replace("/image.raw", with: Host.image(4))
        return tree
    }

    private func sum(_ tree: Tree) throws -> String {
        "sha256:" + (try Command(["sha256sum", tree.root.path("/image.raw")]).run().output.prefix(64))
    }

    @Test func fromAURLToADisk() throws {
        let served = try Self.served()
        let server = try ImageServer(served)
        let host = try Host("Image=\(server.url("/image.raw"))\nImageChecksum=\(try sum(served))")
        let result = try host.run()
        #expect(result.status == 0, "\(result.error)")
        #expect(
            result.error.contains(
                "\(try Self.base(server)): fetched from \(server.url("/image.raw")), the checksum is right"))
        #expect(try host.content() == Host.image(4))
        let base = try Self.base(server)
        let files = try host.tree.root.list(Self.images).map { "\(Self.images)/\($0)" }
        #expect(files == [base, base + ".lock", base + ".origin"])
        // The file exists now: nothing is fetched again.
        #expect(try host.run().error == "")
        #expect(server.requests == [.init(range: "-", status: 200, sent: 4 << 20)])
    }

    /// Two guests, one image each, both called image.raw.
    @Test func imagesWithTheSameLastPartAreTwoFiles() throws {
        let served = try Self.served()
        try served.root.replace("/other/image.raw", with: Host.image(2))
        let server = try ImageServer(served)
        let host = try Host(
            "Name=a\nImage=\(server.url("/image.raw"))\n[Guest]\nName=b\nImage=\(server.url("/other/image.raw"))")
        for guest in ["a", "b"] { #expect(try host.run(guest).status == 0) }
        #expect(try host.content("a") == Host.image(4) && host.content("b") == Host.image(2))
    }

    /// Its name had no digest; a disk may lie over it.
    @Test func anImageOfAnEarlierReleaseStaysInUse() throws {
        let server = try ImageServer(try Self.served())
        let host = try Host("Image=\(server.url("/image.raw"))")
        try host.place(Self.former, Host.image(2))
        try host.tree.write("\(Self.former).origin", "base=\(Self.former)\nurl=\(server.url("/image.raw"))\n")
        let result = try host.run()
        #expect(result.status == 0 && result.error.contains("created over \(Self.former) (raw)"), "\(result.error)")
        #expect(try host.content() == Host.image(2) && server.requests.isEmpty)
        #expect(try host.run().error == "")
    }

    @Test(arguments: ["url=https://example.com/image.raw\n", ""]) func anImageOfAnotherURLIsLeftAlone(_ record: String)
        throws
    {
        let server = try ImageServer(try Self.served())
        let host = try Host("Image=\(server.url("/image.raw"))")
        try host.place(Self.former, Host.image(2))
        if !record.isEmpty { try host.tree.write("\(Self.former).origin", record) }
        #expect(try host.run().status == 0)
        #expect(try host.content() == Host.image(4) && host.tree.root.bytes(Self.former) == Host.image(2))
    }

    /// The earlier release gave this guest the image of another URL.
    @Test func aDiskOverTheImageOfAnotherURLIsKeptAndReported() throws {
        let server = try ImageServer(try Self.served())
        let host = try Host("Image=\(Self.former)")
        try host.place(Self.former, Host.image(2))
        try host.run()
        try host.tree.write("\(Self.former).origin", "url=https://example.com/image.raw\n")
        try host.configure("Image=\(server.url("/image.raw"))")
        let result = try host.run()
        let base = try Self.base(server)
        #expect(
            result.status == 0 && result.error.contains("its image is \(Self.former), not \(base)"), "\(result.error)")
        #expect(try host.content() == Host.image(2))
    }

    @Test func imagesAreClosedToOthers() throws {
        let server = try ImageServer(try Self.served())
        let host = try Host("Image=\(server.url("/image.raw"))")
        try host.place("\(Self.images)/old.raw")
        try host.tree.root.setMode("\(Self.images)/old.raw", 0o444)
        try host.tree.root.makeDirectory("\(Self.images)/own")
        #expect(try host.run().status == 0)
        for name in try host.tree.root.list(Self.images) where name != "own" {
            #expect(try host.tree.root.status("\(Self.images)/\(name)").mode & 0o077 == 0, "\(name)")
        }
        // QEMU's user gets through.
        for directory in [Self.images, "\(Self.images)/own"] {
            #expect(try host.tree.root.status(directory).mode == 0o711)
        }
    }

    @Test func guestsWithOneImageFetchItOnce() async throws {
        let server = try ImageServer(try Self.served())
        let url = server.url("/image.raw")
        let host = try Host("Name=a\nImage=\(url)\n[Guest]\nName=b\nImage=\(url)")
        try await withThrowingTaskGroup(of: Int32.self) { group in
            for guest in ["a", "b"] { group.addTask { try host.run(guest).status } }
            for try await status in group { #expect(status == 0) }
        }
        #expect(server.requests.count == 1)
        #expect(try host.content("a") == host.content("b"))
    }

    @Test func aWrongChecksumLeavesNothing() throws {
        let server = try ImageServer(try Self.served())
        let wrong = "sha256:" + String(repeating: "0", count: 64)
        let host = try Host("Image=\(server.url("/image.raw"))\nImageChecksum=\(wrong)")
        let result = try host.run()
        #expect(result.status == 1)
        #expect(
            result.error.contains("expected \(wrong), got sha256:") && result.error.contains("the download was removed")
        )
        #expect(
            try host.tree.root.list(Self.images).map { "\(Self.images)/\($0)" } == [try Self.base(server) + ".lock"])
        #expect(!host.has("\(Host.guests)/guest/disk.qcow2"))
        try host.configure("Image=\(server.url("/image.raw"))")
        #expect(try host.run().status == 0)
    }

    /// A file system of 2 MiB, in a mount namespace of its own.
    @Test func aFullDiskIsReportedAndTheDownloadResumes() throws {
        let served = try Self.served()
        let server = try ImageServer(served)
        let host = try Host("Image=\(server.url("/image.raw"))")
        try host.tree.directory("/var/lib/pvpgen/images")
        let images = host.tree.root.path("/var/lib/pvpgen/images")
        let program = "\(try Program.path("pvp-image")) guest --root=\(host.tree.path)"
        let script = """
            mount -t tmpfs -o size=2m none \(images) && ! \(program) && ls \(images) && mount -o remount,size=8m \
            \(images) && \(program)
            """
        let result = try Command(["unshare", "--map-root-user", "--mount", "sh", "-c", script]).run()
        #expect(result.status == 0, "\(result.output)")
        #expect(
            result.output.contains("no space left in /var/lib/pvpgen/images; free 2 MiB there, or set ImageFile="),
            "\(result.output)")
        #expect(result.output.contains(".raw.part\n") && result.output.contains("fetched from"))
        #expect(server.requests.count == 2 && server.requests.last?.status == 206)
    }
}
