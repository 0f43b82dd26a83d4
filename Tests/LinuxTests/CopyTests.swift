import Glibc
import Linux
import TestSupport
import Testing

@Suite("Files of another user are copied without following links")
struct CopyTests {
    private let tree: Tree

    init() throws {
        tree = try Tree(["/secret": "secret", "/user/dir/file": "content"])
        try tree.link("/user/link", "/secret")
        try tree.link("/user/relative", "../secret")
        try tree.link("/user/directory", "dir")
        #expect(mkfifo(tree.path + "/user/fifo", 0o600) == 0)
    }

    @Test("A regular file gets a copy with its content and the mode that is asked for")
    func copy() throws {
        try tree.root.copyPlain("/user/dir/file", to: "/copy", mode: 0o751)
        #expect(try tree.text("/copy") == "content" && tree.root.status("/copy").mode == 0o751)
        #expect(try tree.root.plainBytes("/user/dir/file", limit: 100) == Array("content".utf8))
        #expect(try tree.root.plainBytes("/user/dir/file", limit: 4) == Array("cont".utf8))
        let large = [UInt8](repeating: 7, count: 1_000_001)
        try tree.root.replace("/large", with: large)
        try tree.root.copyPlain("/large", to: "/copied", mode: 0o600)
        #expect(try tree.root.bytes("/copied") == large && tree.root.plainBytes("/large", limit: 1 << 21) == large)
    }

    @Test(
        "Links, FIFOs, directories, devices and missing files are refused, and nothing is created",
        arguments: [
            ("/user/link", ELOOP), ("/user/relative", ELOOP), ("/user/directory/file", ENOTDIR), ("/user/fifo", EINVAL),
            ("/user/dir", EINVAL), ("/user/none", ENOENT), ("/user/dir/file/x", ENOTDIR), ("/", EINVAL),
        ])
    func refused(_ path: String, _ code: Int32) throws {
        let copied = #expect(throws: SystemError.self) { try tree.root.copyPlain(path, to: "/copy", mode: 0o600) }
        let read = #expect(throws: SystemError.self) { try tree.root.plainBytes(path, limit: 10) }
        #expect(copied?.code == code && read?.code == code, "\(copied.debugDescription)")
        #expect(!tree.root.exists("/copy"))
    }

    @Test("A device is refused before it is read")
    func device() {
        let error = #expect(throws: SystemError.self) { try Root.machine.plainBytes("/dev/zero", limit: 10) }
        #expect(error?.code == EINVAL)
    }

    @Test("An existing target is not written to")
    func existing() throws {
        let error = #expect(throws: SystemError.self) {
            try tree.root.copyPlain("/user/dir/file", to: "/secret", mode: 0o600)
        }
        #expect(try error?.code == EEXIST && tree.text("/secret") == "secret")
        try tree.link("/copy", "/secret")
        #expect(throws: SystemError.self) { try tree.root.copyPlain("/user/dir/file", to: "/copy", mode: 0o600) }
        #expect(try tree.text("/secret") == "secret")
    }

    @Test("A link is created or replaced as a whole, and what it refers to stays")
    func link() throws {
        try tree.root.replaceLink("/new/link", to: "/secret")
        #expect(try tree.root.link("/new/link") == "/secret")
        try tree.root.replaceLink("/new/link", to: "../user")
        #expect(try tree.root.link("/new/link") == "../user" && tree.text("/secret") == "secret")
        try tree.root.replaceLink("/secret", to: "user")
        #expect(try tree.root.link("/secret") == "user")
        // A directory is not replaced, and no other name is left.
        #expect(throws: SystemError.self) { try tree.root.replaceLink("/user/dir", to: "x") }
        #expect(try tree.root.list("/new") == ["link"] && !tree.root.list("/user").contains { $0.hasPrefix(".#") })
    }
}
