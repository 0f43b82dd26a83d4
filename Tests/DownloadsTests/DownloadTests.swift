import Diagnostics
import Linux
import TestSupport
import Testing
import Values

@testable import Downloads

/// Files from a real HTTP server, which can go wrong in the middle, fetched by the real curl.
@Suite(OnOwnThreads()) struct DownloadTests {
    static let size = 4 << 20
    static let archive = DownloadSubject(
        setting: "URL= in [Build]", checksumSetting: "Checksum= in [Build]", content: "an archive", mode: 0o600)

    /// Bytes that differ from one block of 512 to the next.
    private static func content(_ megabytes: Int) -> [UInt8] {
        (0..<megabytes << 20).map { UInt8(truncatingIfNeeded: $0 >> 9 ^ $0 >> 17) }
    }

    /// A tree that a server serves, with a file in it.
    private static func served(_ bytes: [UInt8] = content(4)) throws -> Tree {
        let tree = try Tree()
        try tree.root.replace("/archive.tar", with: bytes)
        return tree
    }

    /// A download without pauses, with its messages.
    private func fetch(
        _ server: ImageServer, to tree: Tree, path: String = "/archive.tar", attempts: Int = 2, secure: Bool = false,
        as subject: DownloadSubject = archive, checksum: Checksum? = nil
    ) -> (problem: Problem?, messages: [String]) {
        var messages: [String] = []
        let reporter = Reporter(
            status: { messages.append($0) }, done: { messages.append($0) }, warning: { messages.append($0) })
        let url = secure ? server.url(path).replacing("http:", with: "https:") : server.url(path)
        var download = Download(
            url: url, file: "/archive.tar", root: tree.root, reporter: reporter, subject: subject)
        download.attempts = attempts
        download.delay = 0
        do throws(Problem) {
            try download.fetch()
            if let checksum { try download.verify(checksum) }
            try download.finish()
            return (nil, messages)
        } catch {
            return (error, messages)
        }
    }

    @Test func theCommandIsSafe() {
        let reporter = Reporter(status: { _ in }, done: { _ in }, warning: { _ in })
        func arguments(_ url: String, _ validator: String?) -> [String] {
            Download(url: url, file: "/f", root: Root("/r"), reporter: reporter, subject: Self.archive)
                .command(onlyIf: validator).arguments
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

    @Test func onlyWhatIsMissingIsFetchedAfterABreak() throws {
        let served = try Self.served()
        let tree = try Tree()
        let server = try ImageServer(served, ["--cut-each=1500000"])
        let (problem, messages) = fetch(server, to: tree)
        #expect(problem == nil)
        #expect(try tree.root.bytes("/archive.tar") == Self.content(4))
        #expect(server.requests.map(\.range) == ["-", "bytes=1500000-", "bytes=3000000-"])
        #expect(server.requests.map(\.sent).reduce(0, +) == Self.size)
        #expect(
            messages.contains { $0.hasPrefix("1 of 4 MiB are here (35 %): ") && $0.hasSuffix("; tried again at once") })
        #expect(try tree.root.list("/") == ["archive.tar"])
    }

    @Test func howFarItIsIsShownMeanwhile() throws {
        let server = try ImageServer(try Self.served(), ["--pause-after=\(Self.size / 8 * 5)"])
        let (problem, messages) = fetch(server, to: try Tree())
        #expect(problem == nil)
        // curl may keep the last 16 KiB for a moment.
        #expect(messages.contains("Fetching \(server.url("/archive.tar")): 2 of 4 MiB are here (62 %)"), "\(messages)")
    }

    @Test(arguments: [50, 99]) func theNextStartGoesOn(_ percent: Int) throws {
        let served = try Self.served()
        let tree = try Tree()
        let count = Self.size * percent / 100
        let bad = try ImageServer(served, ["--cut-after=\(count)"])
        let (problem, _) = fetch(bad, to: tree)
        #expect(problem?.code == .downloadInterrupted)
        #expect(
            problem?.message.contains("of 4 MiB are here (\(percent - 1) %)") ?? false
                || problem?.message.contains("(\(percent) %)") ?? false)
        #expect(problem?.remedy.contains("continues the download") ?? false)
        #expect(!tree.root.exists("/archive.tar"))
        let good = try ImageServer(served)
        #expect(fetch(good, to: tree).problem == nil)
        #expect(good.requests == [.init(range: "bytes=\(count)-", status: 206, sent: Self.size - count)])
        #expect(try tree.root.bytes("/archive.tar") == Self.content(4))
    }

    @Test func aFileThatIsWholeIsNotAskedForAgain() throws {
        let served = try Self.served()
        let server = try ImageServer(served)
        let tree = try Tree(["/archive.tar.part.head": "HTTP/1.1 200 OK\r\nETag: \(try tag(served))\r\n"])
        try tree.root.replace("/archive.tar.part", with: Self.content(4))
        #expect(fetch(server, to: tree).problem == nil)
        #expect(server.requests.map(\.sent) == [0])
        #expect(try tree.root.list("/") == ["archive.tar"])
    }

    /// A power cut leaves the head of the answer under its first name.
    @Test func aDownloadThatWasKilledIsNotMixedWithAnother() throws {
        let server = try ImageServer(try Self.served())
        let tree = try Tree(["/archive.tar.part.head.new": "HTTP/1.1 200 OK\r\nETag: \"old\"\r\n"])
        try tree.root.replace("/archive.tar.part", with: [UInt8](repeating: 7, count: 1000))
        let (problem, messages) = fetch(server, to: tree)
        #expect(problem == nil && messages.contains { $0.contains("it is another file now") })
        #expect(try tree.root.bytes("/archive.tar") == Self.content(4))
    }

    @Test func twoVersionsAreNeverMixed() throws {
        let tree = try Tree()
        let old = try ImageServer(try Self.served(Self.content(5)), ["--cut-after=2000000"])
        #expect(fetch(old, to: tree).problem?.code == .downloadInterrupted)
        let new = try ImageServer(try Self.served())
        let (problem, messages) = fetch(new, to: tree)
        #expect(problem == nil)
        #expect(
            messages.contains {
                $0.hasSuffix(
                    "it is another file now, or the server cannot send the rest of one: fetched from the start")
            })
        #expect(try tree.root.bytes("/archive.tar") == Self.content(4))
    }

    /// The tag that the server gives to its file.
    private func tag(_ served: Tree) throws -> String {
        let status = try served.root.status("/archive.tar")
        return "\"\(String(status.size, radix: 16))-\(String(status.modified, radix: 16))\""
    }

    @Test(arguments: ["none", "weak"]) func withoutAValidatorTheFileIsFetchedFromTheStart(_ validator: String) throws {
        let tree = try Tree()
        let old = try ImageServer(
            try Self.served(Self.content(5)), ["--validator=\(validator)", "--cut-after=2000000"])
        #expect(fetch(old, to: tree, attempts: 1).problem?.code == .downloadInterrupted)
        // A server that sends the rest of another version would be believed.
        let new = try ImageServer(try Self.served(), ["--validator=\(validator)"])
        let (problem, messages) = fetch(new, to: tree)
        #expect(
            problem == nil
                && messages.contains { $0.contains("nothing says whether the server still has the same file") },
            "\(messages)")
        #expect(try tree.root.bytes("/archive.tar") == Self.content(4))
        #expect(new.requests == [.init(range: "-", status: 200, sent: Self.size)])
    }

    @Test func aServerWithoutAValidatorThatAlwaysBreaksOffIsGivenUp() throws {
        let server = try ImageServer(try Self.served(), ["--validator=none", "--cut-each=1500000"])
        #expect(fetch(server, to: try Tree(), attempts: 3).problem?.code == .downloadInterrupted)
        #expect(server.requests.map(\.range) == ["-", "-", "-"])
    }

    @Test func aServerWithoutRangesThatAlwaysBreaksOffIsGivenUp() throws {
        let server = try ImageServer(try Self.served(), ["--no-ranges", "--cut-each=1500000"])
        #expect(fetch(server, to: try Tree(), attempts: 3).problem?.code == .downloadInterrupted)
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
        if requests == 2 { #expect(try tree.root.bytes("/archive.tar") == Self.content(4)) }
    }

    /// Its rest has another length in all, or another tag.
    @Test(arguments: [5, 4]) func theRestOfAnotherFileIsRefused(_ megabytes: Int) throws {
        let tree = try Tree()
        let old = try ImageServer(try Self.served(Self.content(megabytes)), ["--cut-after=2000000"])
        #expect(fetch(old, to: tree).problem?.code == .downloadInterrupted)
        let new = try ImageServer(try Self.served(), ["--careless"])
        let (problem, messages) = fetch(new, to: tree, attempts: 3)
        #expect(
            problem == nil && messages.contains { $0.hasSuffix("the rest is of another file: fetched from the start") },
            "\(messages)")
        #expect(new.requests.map(\.status) == [206, 200])
        #expect(try tree.root.bytes("/archive.tar") == Self.content(4))
    }

    @Test func aServerWithoutRangesIsAskedForTheWhole() throws {
        let served = try Self.served()
        let tree = try Tree()
        try tree.root.replace("/archive.tar.part", with: Array(Self.content(4).prefix(1000)))
        #expect(fetch(try ImageServer(served, ["--no-ranges"]), to: tree).problem == nil)
        #expect(try tree.root.bytes("/archive.tar") == Self.content(4))
    }

    @Test(arguments: [
        (404, "download-unavailable", 1), (403, "download-unavailable", 1), (503, "download-interrupted", 2),
    ])
    func anAnswerThatIsNone(_ status: Int, _ code: String, _ requests: Int) throws {
        let server = try ImageServer(try Self.served(), ["--fail=\(status)"])
        let tree = try Tree()
        let (problem, _) = fetch(server, to: tree)
        #expect(problem?.code.rawValue == code)
        #expect(problem?.message.contains("\(status)") == true, "\(problem?.line ?? "")")
        #expect(server.requests.count == requests)
        #expect(!tree.root.exists("/archive.tar"))
    }

    @Test("an HTML page in place of the file is an error and is removed", arguments: ["", "; charset=utf-8"])
    func page(_ parameter: String) throws {
        let server = try ImageServer(try Self.served(), ["--type=Text/HTML\(parameter)"])
        let tree = try Tree()
        let (problem, _) = fetch(server, to: tree)
        #expect(problem?.code == .downloadHTML)
        #expect(
            problem?.line
                == "\(server.url("/archive.tar")): the server answered with an HTML page, expected an archive; "
                + "correct URL= in [Build]")
        #expect(server.requests.count == 1)
        #expect(try tree.root.list("/") == [])
    }

    @Test("an HTML page is downloaded if the subject does not exclude one")
    func pageAsFile() throws {
        let tree = try Tree()
        var subject = Self.archive
        subject.content = nil
        let server = try ImageServer(try Self.served(), ["--type=text/html"])
        #expect(fetch(server, to: tree, as: subject).problem == nil)
        #expect(try tree.root.bytes("/archive.tar") == Self.content(4))
    }

    @Test("the answer after a redirect decides whether the file is an HTML page")
    func pageAfterRedirect() throws {
        let tree = try Tree()
        let options = ["--redirect=/archive.tar"]
        let good = try ImageServer(try Self.served(), options + ["--type=application/x-tar"])
        #expect(fetch(good, to: tree, path: "/latest").problem == nil)
        #expect(good.requests.map(\.status) == [302, 200])
        #expect(try tree.root.bytes("/archive.tar") == Self.content(4))
        let page = try ImageServer(try Self.served(), options + ["--type=text/html"])
        #expect(fetch(page, to: try Tree(), path: "/latest").problem?.code == .downloadHTML)
    }

    @Test("a part of an HTML page is not completed")
    func partOfPage() throws {
        let served = try Self.served()
        let head = "HTTP/1.1 200 OK\r\nETag: \(try tag(served))\r\nContent-Type: text/html\r\n"
        let tree = try Tree(["/archive.tar.part.head": head, "/archive.tar.part": "<html>"])
        let server = try ImageServer(served)
        #expect(fetch(server, to: tree).problem == nil)
        #expect(server.requests.map(\.range) == ["-"])
        #expect(try tree.root.bytes("/archive.tar") == Self.content(4))
    }

    @Test("an HTML page leaves the part of an interrupted download")
    func pageAfterInterruption() throws {
        let tree = try Tree()
        let served = try Self.served()
        let bad = try ImageServer(served, ["--cut-after=2000000"])
        #expect(fetch(bad, to: tree).problem?.code == .downloadInterrupted)
        let page = try ImageServer(try Self.served([7]), ["--type=text/html"])
        #expect(fetch(page, to: tree).problem?.code == .downloadHTML)
        let good = try ImageServer(served)
        #expect(fetch(good, to: tree).problem == nil)
        #expect(good.requests.map(\.range) == ["bytes=2000000-"])
        #expect(try tree.root.bytes("/archive.tar") == Self.content(4))
    }

    @Test("the finished file has the mode of its subject", arguments: [0o600, 0o400] as [UInt32])
    func mode(_ mode: UInt32) throws {
        let tree = try Tree()
        var subject = Self.archive
        subject.mode = mode
        #expect(fetch(try ImageServer(try Self.served()), to: tree, as: subject).problem == nil)
        #expect(try tree.root.status("/archive.tar").mode == mode)
    }

    @Test("a download with another checksum is removed")
    func checksum() throws {
        let served = try Self.served()
        let server = try ImageServer(served)
        let tree = try Tree()
        let wrong = Checksum(.sha256, String(repeating: "0", count: 64))
        let right = try served.root.checksum(of: "/archive.tar", by: .sha512)
        let problem = fetch(server, to: tree, checksum: wrong).problem
        #expect(problem?.code == .downloadChecksum)
        #expect(problem?.message.contains("expected \(wrong), got sha256:") == true, "\(problem?.line ?? "")")
        #expect(problem?.remedy.hasPrefix("correct Checksum= in [Build], or ") == true, "\(problem?.line ?? "")")
        #expect(try tree.root.list("/") == [])
        #expect(fetch(server, to: tree, checksum: right).problem == nil)
    }

    @Test func whatIsNotEncryptedIsNoTLS() throws {
        let tree = try Tree()
        let (problem, _) = fetch(try ImageServer(try Self.served()), to: tree, secure: true)
        #expect(problem != nil && !tree.root.exists("/archive.tar"))
    }

    @Test func noServer() throws {
        let reporter = Reporter(status: { _ in }, done: { _ in }, warning: { _ in })
        let tree = try Tree()
        var download = Download(
            url: "http://127.0.0.1:1/a", file: "/a", root: tree.root, reporter: reporter, subject: Self.archive)
        download.attempts = 1
        #expect(throws: Problem.self) { try download.fetch() }
    }
}
