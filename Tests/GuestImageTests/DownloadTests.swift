import Config
import Diagnostics
import Foundation
import Linux
import TestSupport
import Testing

@testable import GuestImage

/// Images from a real HTTP server, which can go wrong in the middle, fetched by the real curl.
@Suite struct DownloadTests {
    static let base = "/var/lib/pvpgen/images/image.raw"
    static let size = 4 << 20

    /// A tree that a server serves, with an image in it.
    private static func served(_ bytes: [UInt8] = Host.image(4)) throws -> Tree {
        let tree = try Tree()
        try tree.root.replace("/image.raw", with: bytes)
        return tree
    }

    private func sum(_ tree: Tree) throws -> String {
        "sha256:" + (try Command(["sha256sum", tree.root.path("/image.raw")]).run().output.prefix(64))
    }

    /// A download without pauses, with what it told.
    private func fetch(_ server: ImageServer, to tree: Tree, attempts: Int = 2, secure: Bool = false) -> (problem: Problem?, told: [String])
    {
        var told: [String] = []
        let reporter = Reporter(status: { told.append($0) }, done: { told.append($0) }, warning: { told.append($0) })
        let url = secure ? server.url("/image.raw").replacing("http:", with: "https:") : server.url("/image.raw")
        let download = Download(url: url, file: "/image.raw", root: tree.root, reporter: reporter, attempts: attempts, delay: 0)
        do throws(Problem) {
            try download.fetch()
            try download.finish()
            return (nil, told)
        } catch {
            return (error, told)
        }
    }

    @Test func theCommandIsSafe() {
        let reporter = Reporter(status: { _ in }, done: { _ in }, warning: { _ in })
        func arguments(_ url: String, _ validator: String?) -> [String] {
            Download(url: url, file: "/f", root: Root("/r"), reporter: reporter).command(onlyIf: validator).arguments
        }
        #expect(
            arguments("https://e/a", "\"1\"") == [
                "curl", "--disable", "--silent", "--show-error", "--fail", "--location", "--max-redirs", "10", "--proto", "=http,https",
                "--proto-redir", "=https", "--connect-timeout", "30", "--speed-limit", "1", "--speed-time", "60", "--continue-at", "-",
                "--dump-header", "/r/f.part.head.new", "--output", "/r/f.part", "--header", "If-Range: \"1\"", "--url", "https://e/a",
            ])
        #expect(arguments("http://e/a", nil).contains("=http,https") && !arguments("http://e/a", nil).contains("--insecure"))
    }

    @Test func fromAURLToADisk() throws {
        let served = try Self.served()
        let server = try ImageServer(served)
        let host = try Host("Image=\(server.url("/image.raw"))\nImageChecksum=\(try sum(served))")
        let result = try host.run()
        #expect(result.status == 0, "\(result.error)")
        #expect(result.error.contains("\(Self.base): fetched from \(server.url("/image.raw")), the checksum is right"))
        #expect(try host.content() == Host.image(4))
        #expect(try host.tree.root.list("/var/lib/pvpgen/images") == ["image.raw", "image.raw.lock", "image.raw.origin"])
        // It is there now: nothing is asked for again.
        #expect(try host.run().error == "")
        #expect(server.requests == [.init(range: "-", status: 200, sent: Self.size)])
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

    @Test func onlyWhatIsMissingIsFetchedAfterABreak() throws {
        let served = try Self.served()
        let tree = try Tree()
        let server = try ImageServer(served, ["--cut-each=1500000"])
        let (problem, told) = fetch(server, to: tree)
        #expect(problem == nil)
        #expect(try tree.root.bytes("/image.raw") == Host.image(4))
        #expect(server.requests.map(\.range) == ["-", "bytes=1500000-", "bytes=3000000-"])
        #expect(server.requests.map(\.sent).reduce(0, +) == Self.size)
        #expect(told.contains { $0.hasPrefix("1 of 4 MiB are here (35 %): ") && $0.hasSuffix("; tried again at once") })
        #expect(try tree.root.list("/") == ["image.raw"])
    }

    @Test func howFarItIsIsShownMeanwhile() throws {
        let server = try ImageServer(try Self.served(), ["--pause-after=\(Self.size / 8 * 5)"])
        let (problem, told) = fetch(server, to: try Tree())
        #expect(problem == nil)
        // curl may keep the last 16 KiB for a moment.
        #expect(told.contains("Fetching \(server.url("/image.raw")): 2 of 4 MiB are here (62 %)"), "\(told)")
    }

    @Test(arguments: [50, 99]) func theNextStartGoesOn(_ percent: Int) throws {
        let served = try Self.served()
        let tree = try Tree()
        let count = Self.size * percent / 100
        let bad = try ImageServer(served, ["--cut-after=\(count)"])
        let (problem, _) = fetch(bad, to: tree)
        #expect(problem?.code == "image-broken-off")
        #expect(
            problem?.message.contains("of 4 MiB are here (\(percent - 1) %)") ?? false
                || problem?.message.contains("(\(percent) %)") ?? false)
        #expect(problem?.remedy.contains("goes on from there") ?? false)
        #expect(!tree.root.exists("/image.raw"))
        let good = try ImageServer(served)
        #expect(fetch(good, to: tree).problem == nil)
        #expect(good.requests == [.init(range: "bytes=\(count)-", status: 206, sent: Self.size - count)])
        #expect(try tree.root.bytes("/image.raw") == Host.image(4))
    }

    @Test func aFileThatIsWholeIsNotAskedForAgain() throws {
        let server = try ImageServer(try Self.served())
        let tree = try Tree()
        try tree.root.replace("/image.raw.part", with: Host.image(4))
        #expect(fetch(server, to: tree).problem == nil)
        #expect(server.requests.map(\.sent) == [0])
        #expect(try tree.root.list("/") == ["image.raw"])
    }

    /// A power cut leaves the head of the answer under its first name.
    @Test func aDownloadThatWasKilledIsNotMixedWithAnother() throws {
        let server = try ImageServer(try Self.served())
        let tree = try Tree(["/image.raw.part.head.new": "HTTP/1.1 200 OK\r\nETag: \"old\"\r\n"])
        try tree.root.replace("/image.raw.part", with: [UInt8](repeating: 7, count: 1000))
        let (problem, told) = fetch(server, to: tree)
        #expect(problem == nil && told.contains { $0.contains("it is another file now") })
        #expect(try tree.root.bytes("/image.raw") == Host.image(4))
    }

    @Test func twoVersionsAreNeverMixed() throws {
        let tree = try Tree()
        let old = try ImageServer(try Self.served(Host.image(5)), ["--cut-after=2000000"])
        #expect(fetch(old, to: tree).problem?.code == "image-broken-off")
        let new = try ImageServer(try Self.served())
        let (problem, told) = fetch(new, to: tree)
        #expect(problem == nil)
        #expect(told.contains { $0.hasSuffix("it is another file now, or the server cannot send the rest of one: fetched from the start") })
        #expect(try tree.root.bytes("/image.raw") == Host.image(4))
    }

    @Test func aServerWithoutRangesIsAskedForTheWhole() throws {
        let served = try Self.served()
        let tree = try Tree()
        try tree.root.replace("/image.raw.part", with: Array(Host.image(4).prefix(1000)))
        #expect(fetch(try ImageServer(served, ["--no-ranges"]), to: tree).problem == nil)
        #expect(try tree.root.bytes("/image.raw") == Host.image(4))
    }

    @Test func aWrongChecksumLeavesNothing() throws {
        let server = try ImageServer(try Self.served())
        let wrong = "sha256:" + String(repeating: "0", count: 64)
        let host = try Host("Image=\(server.url("/image.raw"))\nImageChecksum=\(wrong)")
        let result = try host.run()
        #expect(result.status == 1)
        #expect(result.error.contains("\(wrong) expected, sha256:") && result.error.contains("what was fetched is removed"))
        #expect(try host.tree.root.list("/var/lib/pvpgen/images") == ["image.raw.lock"])
        #expect(!host.has("\(Host.guests)/guest/disk.qcow2"))
        try host.configure("Image=\(server.url("/image.raw"))")
        #expect(try host.run().status == 0)
    }

    @Test(arguments: [(404, "image-answer", 1), (403, "image-answer", 1), (503, "image-broken-off", 2)])
    func anAnswerThatIsNone(_ status: Int, _ code: String, _ requests: Int) throws {
        let server = try ImageServer(try Self.served(), ["--fail=\(status)"])
        let tree = try Tree()
        let (problem, _) = fetch(server, to: tree)
        #expect(problem?.code == code && problem?.message.contains("the server answered \(status)") ?? false, "\(problem?.line ?? "")")
        #expect(server.requests.count == requests)
        #expect(!tree.root.exists("/image.raw"))
    }

    @Test func whatIsNotEncryptedIsNoTLS() throws {
        let tree = try Tree()
        let (problem, _) = fetch(try ImageServer(try Self.served()), to: tree, secure: true)
        #expect(problem != nil && !tree.root.exists("/image.raw"))
    }

    @Test func nobodyThere() throws {
        let reporter = Reporter(status: { _ in }, done: { _ in }, warning: { _ in })
        let tree = try Tree()
        let download = Download(url: "http://127.0.0.1:1/a", file: "/a", root: tree.root, reporter: reporter, attempts: 1, delay: 0)
        #expect(throws: Problem.self) { try download.fetch() }
    }

    /// A file system of 2 MiB, in a mount namespace of its own.
    @Test func aFullDiskIsToldAndGoneOnFrom() throws {
        let served = try Self.served()
        let server = try ImageServer(served)
        let host = try Host("Image=\(server.url("/image.raw"))")
        try host.tree.directory("/var/lib/pvpgen/images")
        let images = host.tree.root.path("/var/lib/pvpgen/images")
        let program = "\(try Program.path("pvp-image")) guest --root=\(host.tree.path)"
        let script = """
            mount -t tmpfs -o size=2m none \(images) && ! \(program) && ls \(images) && mount -o remount,size=8m \(images) && \(program)
            """
        let result = try Command(["unshare", "--map-root-user", "--mount", "sh", "-c", script]).run()
        #expect(result.status == 0, "\(result.output)")
        #expect(result.output.contains("no room is left in /var/lib/pvpgen/images; make 2 MiB free there"), "\(result.output)")
        #expect(result.output.contains("image.raw.part\n") && result.output.contains("fetched from"))
        #expect(server.requests.count == 2 && server.requests.last?.status == 206)
    }

    @Test func headsOfAnswers() {
        let head = ResponseHead(
            "HTTP/1.1 302 Found\r\nLocation: /b\r\nETag: \"0\"\r\n\r\nHTTP/2 206\r\ncontent-range: bytes 5-9/10\r\nlast-modified: Mon\r\n\r\n"
        )
        #expect(head.status == 206 && head.total == 10 && head.validator == "Mon")
        #expect(ResponseHead("HTTP/1.1 200 OK\r\nContent-Length: 7\r\nETag: W/\"1\"\r\n").validator == nil)
        #expect(ResponseHead("HTTP/1.1 416 No\r\nContent-Length: 7\r\nContent-Range: bytes */12\r\n").total == 12)
        #expect(ResponseHead("").status == 0)
    }
}
