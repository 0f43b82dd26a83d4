import Config
import Diagnostics
import Foundation
import Linux
import Plan
import TestSupport
import Testing

@testable import GuestImage

/// Images from a real HTTP server, which can go wrong in the middle, fetched by the real curl.
@Suite struct DownloadTests {
    static let images = "/var/lib/pvpgen/images"
    static let former = "\(images)/image.raw"
    static let size = 4 << 20

    /// A tree that a server serves, with an image in it.
    private static func served(_ bytes: [UInt8] = Host.image(4)) throws -> Tree {
        let tree = try Tree()
        try tree.root.replace("/image.raw", with: bytes)
        return tree
    }

    /// Where the image of a server is put.
    private static func base(_ server: ImageServer, _ file: String = "/image.raw") throws -> String {
        let text = "[Guest]\nImage=\(server.url(file))\n"
        let config = Config.parse([.init(path: "pvp.conf", content: Array(text.utf8))]).config
        return try #require(config.guests.first.flatMap { DiskPlan.make($0).disk?.base })
    }

    private func sum(_ tree: Tree) throws -> String {
        "sha256:" + (try Command(["sha256sum", tree.root.path("/image.raw")]).run().output.prefix(64))
    }

    /// A download without pauses, with its messages.
    private func fetch(_ server: ImageServer, to tree: Tree, attempts: Int = 2, secure: Bool = false) -> (
        problem: Problem?, told: [String]
    ) {
        var told: [String] = []
        let reporter = Reporter(status: { told.append($0) }, done: { told.append($0) }, warning: { told.append($0) })
        let url = secure ? server.url("/image.raw").replacing("http:", with: "https:") : server.url("/image.raw")
        let download = Download(
            url: url, file: "/image.raw", root: tree.root, reporter: reporter, attempts: attempts, delay: 0)
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
                "curl", "--disable", "--silent", "--show-error", "--fail", "--location", "--max-redirs", "10",
                "--proto", "=http,https",
                "--proto-redir", "=https", "--connect-timeout", "30", "--speed-limit", "1", "--speed-time", "60",
                "--continue-at", "-",
                "--dump-header", "/r/f.part.head.new", "--output", "/r/f.part", "--header", "If-Range: \"1\"", "--url",
                "https://e/a",
            ])
        #expect(
            arguments("http://e/a", nil).contains("=http,https") && !arguments("http://e/a", nil).contains("--insecure")
        )
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
        #expect(server.requests == [.init(range: "-", status: 200, sent: Self.size)])
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
        #expect(problem?.code == .imageInterrupted)
        #expect(
            problem?.message.contains("of 4 MiB are here (\(percent - 1) %)") ?? false
                || problem?.message.contains("(\(percent) %)") ?? false)
        #expect(problem?.remedy.contains("continues the download") ?? false)
        #expect(!tree.root.exists("/image.raw"))
        let good = try ImageServer(served)
        #expect(fetch(good, to: tree).problem == nil)
        #expect(good.requests == [.init(range: "bytes=\(count)-", status: 206, sent: Self.size - count)])
        #expect(try tree.root.bytes("/image.raw") == Host.image(4))
    }

    @Test func aFileThatIsWholeIsNotAskedForAgain() throws {
        let served = try Self.served()
        let server = try ImageServer(served)
        let tree = try Tree(["/image.raw.part.head": "HTTP/1.1 200 OK\r\nETag: \(try tag(served))\r\n"])
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
        #expect(fetch(old, to: tree).problem?.code == .imageInterrupted)
        let new = try ImageServer(try Self.served())
        let (problem, told) = fetch(new, to: tree)
        #expect(problem == nil)
        #expect(
            told.contains {
                $0.hasSuffix(
                    "it is another file now, or the server cannot send the rest of one: fetched from the start")
            })
        #expect(try tree.root.bytes("/image.raw") == Host.image(4))
    }

    /// The tag that the server gives to its image.
    private func tag(_ served: Tree) throws -> String {
        let status = try served.root.status("/image.raw")
        return "\"\(String(status.size, radix: 16))-\(String(status.modified, radix: 16))\""
    }

    @Test(arguments: ["none", "weak"]) func withoutAValidatorTheFileIsFetchedFromTheStart(_ validator: String) throws {
        let tree = try Tree()
        let old = try ImageServer(try Self.served(Host.image(5)), ["--validator=\(validator)", "--cut-after=2000000"])
        #expect(fetch(old, to: tree, attempts: 1).problem?.code == .imageInterrupted)
        // A server that sends the rest of another version would be believed.
        let new = try ImageServer(try Self.served(), ["--validator=\(validator)"])
        let (problem, told) = fetch(new, to: tree)
        #expect(
            problem == nil && told.contains { $0.contains("nothing says whether the server still has the same file") },
            "\(told)")
        #expect(try tree.root.bytes("/image.raw") == Host.image(4))
        #expect(new.requests == [.init(range: "-", status: 200, sent: Self.size)])
    }

    @Test func aServerWithoutAValidatorThatAlwaysBreaksOffIsGivenUp() throws {
        let server = try ImageServer(try Self.served(), ["--validator=none", "--cut-each=1500000"])
        #expect(fetch(server, to: try Tree(), attempts: 3).problem?.code == .imageInterrupted)
        #expect(server.requests.map(\.range) == ["-", "-", "-"])
    }

    @Test func aServerWithoutRangesThatAlwaysBreaksOffIsGivenUp() throws {
        let server = try ImageServer(try Self.served(), ["--no-ranges", "--cut-each=1500000"])
        #expect(fetch(server, to: try Tree(), attempts: 3).problem?.code == .imageInterrupted)
        #expect(server.requests.count <= 6)
    }

    /// A file that was changed a second ago may change again in that second.
    @Test(arguments: [(3600, 2), (1, 1)]) func aTimeValidatesWhenItIsOldEnough(_ age: Int, _ requests: Int) throws {
        let tree = try Tree()
        let options = ["--validator=date", "--age=\(age)"]
        let server = try ImageServer(try Self.served(), options + ["--cut-each=3000000"])
        let (problem, _) = fetch(server, to: tree, attempts: 1)
        #expect(server.requests.count == requests)
        #expect((problem == nil) == (requests == 2))
        if requests == 2 { #expect(try tree.root.bytes("/image.raw") == Host.image(4)) }
    }

    /// Its rest has another length in all, or another tag.
    @Test(arguments: [5, 4]) func theRestOfAnotherFileIsRefused(_ megabytes: Int) throws {
        let tree = try Tree()
        let old = try ImageServer(try Self.served(Host.image(megabytes)), ["--cut-after=2000000"])
        #expect(fetch(old, to: tree).problem?.code == .imageInterrupted)
        let new = try ImageServer(try Self.served(), ["--careless"])
        let (problem, told) = fetch(new, to: tree, attempts: 3)
        #expect(
            problem == nil && told.contains { $0.hasSuffix("the rest is of another file: fetched from the start") },
            "\(told)")
        #expect(new.requests.map(\.status) == [206, 200])
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
        #expect(
            result.error.contains("expected \(wrong), got sha256:") && result.error.contains("the download was removed")
        )
        #expect(
            try host.tree.root.list(Self.images).map { "\(Self.images)/\($0)" } == [try Self.base(server) + ".lock"])
        #expect(!host.has("\(Host.guests)/guest/disk.qcow2"))
        try host.configure("Image=\(server.url("/image.raw"))")
        #expect(try host.run().status == 0)
    }

    @Test(arguments: [(404, "image-unavailable", 1), (403, "image-unavailable", 1), (503, "image-interrupted", 2)])
    func anAnswerThatIsNone(_ status: Int, _ code: String, _ requests: Int) throws {
        let server = try ImageServer(try Self.served(), ["--fail=\(status)"])
        let tree = try Tree()
        let (problem, _) = fetch(server, to: tree)
        #expect(problem?.code.rawValue == code)
        #expect(problem?.message.contains("\(status)") == true, "\(problem?.line ?? "")")
        #expect(server.requests.count == requests)
        #expect(!tree.root.exists("/image.raw"))
    }

    @Test func whatIsNotEncryptedIsNoTLS() throws {
        let tree = try Tree()
        let (problem, _) = fetch(try ImageServer(try Self.served()), to: tree, secure: true)
        #expect(problem != nil && !tree.root.exists("/image.raw"))
    }

    @Test func noServer() throws {
        let reporter = Reporter(status: { _ in }, done: { _ in }, warning: { _ in })
        let tree = try Tree()
        let download = Download(
            url: "http://127.0.0.1:1/a", file: "/a", root: tree.root, reporter: reporter, attempts: 1, delay: 0)
        #expect(throws: Problem.self) { try download.fetch() }
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
        #expect(result.output.contains("no space left in /var/lib/pvpgen/images; free 2 MiB there"), "\(result.output)")
        #expect(result.output.contains(".raw.part\n") && result.output.contains("fetched from"))
        #expect(server.requests.count == 2 && server.requests.last?.status == 206)
    }

    @Test func headsOfAnswers() {
        let head = ResponseHead(
            "HTTP/1.1 302 Found\r\nLocation: /b\r\nETag: \"0\"\r\n\r\nHTTP/2 206\r\ncontent-range: bytes 5-9/10\r\n"
                + "last-modified: Mon\r\n\r\n"
        )
        #expect(head.status == 206 && head.total == 10 && head.validator == nil)
        #expect(ResponseHead("HTTP/1.1 200 OK\r\nContent-Length: 7\r\nETag: W/\"1\"\r\n").validator == nil)
        #expect(ResponseHead("HTTP/1.1 206 OK\r\nContent-Range: bytes 5-9/*\r\n").total == nil)
        #expect(ResponseHead("HTTP/1.1 416 No\r\nContent-Length: 7\r\nContent-Range: bytes */12\r\n").total == 12)
        #expect(ResponseHead("").status == 0)
    }

    /// RFC 9110, 8.6: digits, and nothing else.
    @Test(arguments: [
        ("7", 7), ("0", 0), ("7 \t", 7), ("-5", nil), ("+5", nil), (" 5 5", nil), ("5, 5", nil), ("0x10", nil),
        ("99999999999999999999", nil),
        ("", nil),
    ])
    func lengthsOfAnswers(_ text: String, _ length: Int?) {
        #expect(ResponseHead("HTTP/1.1 200 OK\r\nContent-Length: \(text)\r\n").total == length)
        #expect(ResponseHead("HTTP/1.1 206 OK\r\nContent-Range: bytes 0-1/\(text)\r\n").total == length)
    }

    /// RFC 9110, 8.8.2.2 and 13.1.5.
    @Test(arguments: [
        ("Last-Modified: \(changed)\r\nDate: Sun, 06 Nov 1994 08:50:37 GMT", changed),
        ("Last-Modified: \(changed)\r\nDate: Sun, 06 Nov 1994 08:50:36 GMT", nil), ("Last-Modified: \(changed)", nil),
        ("Last-Modified: \(changed)\r\nDate: Sat, 05 Nov 1994 08:50:37 GMT", nil),
        ("Last-Modified: Sunday, 06-Nov-94 08:49:37 GMT\r\nDate: Mon, 07 Nov 1994 08:49:37 GMT", nil),
        ("Last-Modified: \(changed)\r\nETag: W/\"1\"\r\nDate: Mon, 07 Nov 1994 08:49:37 GMT", nil),
        ("Last-Modified: \(changed)\r\nETag: \"1\"", "\"1\""), ("ETag: W/\"1\"", nil), ("ETag:", nil), ("ETag: ", nil),
        ("Last-Modified: \(changed)\r\nETag:\r\nDate: Sun, 06 Nov 1994 08:50:37 GMT", changed), ("", nil),
    ])
    func validators(_ fields: String, _ validator: String?) {
        #expect(ResponseHead("HTTP/1.1 200 OK\r\n\(fields)\r\n\r\n").validator == validator)
    }

    static let changed = "Sun, 06 Nov 1994 08:49:37 GMT"

    /// As date(1) has them.
    @Test(arguments: [
        ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("Thu, 29 Feb 2024 23:59:59 GMT", 1_709_251_199),
        ("Fri, 01 Mar 2024 00:00:00 GMT", 1_709_251_200), ("Tue, 01 Mar 2100 00:00:00 GMT", 4_107_542_400),
        ("Sun, 06 Nov 1994 08:49:37 UTC", nil), ("Sun Nov  6 08:49:37 1994", nil),
        ("Sun, 06 Nov 99999999999999999999 08:49:37 GMT", nil),
        ("Sun, +6 Nov 1994 08:49:37 GMT", nil), ("Sun, 32 Nov 1994 08:49:37 GMT", nil),
        ("Sun, 06 Foo 1994 08:49:37 GMT", nil), ("", nil),
        ("Sun, 06 Nov 1994 24:00:00 GMT", nil),
    ])
    func dates(_ text: String, _ seconds: Int?) { #expect(HTTPDate(text)?.seconds == seconds) }
}
