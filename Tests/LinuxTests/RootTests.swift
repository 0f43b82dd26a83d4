import CLinux
import Glibc
import TestSupport
import Testing

@testable import Linux

/// A tree with links that lead out of it, and what is outside.
@Suite struct RootTests {
    let outside: Tree
    let tree: Tree

    init() throws {
        outside = try Tree(["/secret": "outside\n", "/directory/secret": "outside\n"])
        tree = try Tree(["/etc/file": "inside\n", "/etc/directory/file": "inside\n"])
        try tree.link("/absolute", "\(outside.path)/secret")
        try tree.link("/upwards", "../../../../../../../../\(outside.path)/secret")
        try tree.link("/directory", "\(outside.path)/directory")
        try tree.link("/etc/own", "/etc/directory/../file")
        try tree.link("/etc/loop", "loop")
    }

    @Test(
        "Reading follows no link out of a tree",
        arguments: ["/absolute", "/upwards", "/directory/secret", "/etc/../../../secret"])
    func reading(_ path: String) throws {
        #expect(throws: SystemError("open", path, code: ENOENT)) { try tree.root.bytes(path) }
        #expect(throws: SystemError("open", path, code: ENOENT)) { try tree.root.withBytes(path) { $0.count } }
        #expect(throws: SystemError("stat", path, code: ENOENT)) { try tree.root.status(path) }
        #expect(try tree.root.contents(path) == nil && !tree.root.exists(path) && tree.root.isMissing(path))
        #expect(!tree.root.isExecutable(path) && (try? tree.root.list("/directory")) == nil)
    }

    @Test("An absolute link is resolved within a tree")
    func ownLinks() throws {
        #expect(try tree.root.text("/etc/own") == "inside" && tree.root.link("/etc/own") == "/etc/directory/../file")
        #expect(try tree.root.text("/../etc/own") == "inside" && tree.root.status("/etc/own").size == 7)
        #expect(try tree.root.list("/") == ["absolute", "directory", "etc", "upwards"])
    }

    @Test("Writing follows no link out of a tree")
    func writing() throws {
        let root = tree.root
        for call: () throws -> Void in [
            { try root.replace("/directory/secret", with: [1]) }, { try root.write("/directory/secret", [1]) },
            { try root.writeValue("1", to: "/absolute") }, { try root.writeValue("1", to: "/directory/secret") },
            { try root.setMode("/directory/secret", 0o777) },
            { try root.publish("/etc/file", as: "/directory/secret") },
            { try root.removeEmptyDirectory("/directory/.") }, { try root.makeDirectory("/etc/..") },
        ] { #expect(throws: SystemError.self, performing: call) }
        // What is missing needs no removal.
        try root.remove("/directory/secret")
        try root.removeTree("/directory/secret")
        #expect(try outside.text("/secret") == "outside" && outside.text("/directory/secret") == "outside")
        #expect(
            try outside.root.status("/directory/secret").mode == 0o644
                && outside.root.list("/") == ["directory", "secret"])
        // A link itself can be replaced and removed.
        try root.replace("/absolute", with: [1])
        try root.removeTree("/directory")
        #expect(try root.bytes("/absolute") == [1] && outside.text("/directory/secret") == "outside")
    }

    /// With and without openat2(2).
    @Test(
        "A path is resolved step by step as the kernel resolves it",
        arguments: [
            "/", "/etc", "/etc/", "/etc/.", "/etc/..", "/etc/../../etc/file", "/etc/file", "/etc/file/", "/etc/file/..",
            "/etc/none",
            "/none/file", "/etc/own", "/etc/own/..", "/etc/loop", "/absolute", "/upwards", "/directory",
            "/directory/secret",
            "//etc//directory/./file",
        ],
        [
            O_RDONLY, O_RDONLY | O_NOFOLLOW, clinux_O_PATH, clinux_O_PATH | O_NOFOLLOW, O_RDONLY | O_DIRECTORY,
            O_WRONLY,
        ])
    func walk(_ path: String, _ flags: Int32) throws {
        let root = open(tree.path, clinux_O_PATH | O_DIRECTORY | O_CLOEXEC)
        defer { close(root) }
        func outcome(_ number: Int32) -> String {
            guard number >= 0 else { return String(cString: strerror(errno)) }
            defer { close(number) }
            var status = stat()
            fstat(number, &status)
            return "\(status.st_dev):\(status.st_ino) \(fcntl(number, F_GETFD))"
        }
        let walked = outcome(PathWalk.open(path, in: root, flags: flags, mode: 0))
        #expect(walked == outcome(clinux_open_in_root(root, path, flags, 0)))
    }

    @Test("A file is created where a link within the tree leads", arguments: [false, true])
    func creation(_ isWalk: Bool) throws {
        try tree.link("/etc/new", "/etc/directory/new")
        let root = open(tree.path, clinux_O_PATH | O_DIRECTORY | O_CLOEXEC)
        defer { close(root) }
        let flags = O_WRONLY | O_CREAT
        let number =
            isWalk
            ? PathWalk.open("/etc/new", in: root, flags: flags, mode: 0o640)
            : clinux_open_in_root(root, "/etc/new", flags, 0o640)
        #expect(number >= 0)
        close(number)
        #expect(try tree.root.list("/etc/directory") == ["file", "new"])
        #expect(try tree.root.status("/etc/directory/new").mode == 0o640)
    }
}

/// What is taken for missing, and what for unreadable.
@Suite struct ContentsTests {
    @Test("Only a missing file has no contents")
    func missing() throws {
        let tree = try Tree(["/file": "text"])
        #expect(try tree.root.contents("/file") == Array("text".utf8))
        #expect(try tree.root.contents("/none") == nil && tree.root.contents("/file/none") == nil)
        try tree.link("/dangling", "none")
        #expect(try tree.root.contents("/dangling") == nil)
    }

    @Test("A file that cannot be read is an error, not a missing file")
    func unreadable() throws {
        let tree = try Tree()
        try tree.directory("/directory")
        #expect(throws: SystemError("read", "/directory", code: EISDIR)) { try tree.root.contents("/directory") }
        try tree.link("/loop", "loop")
        #expect(throws: SystemError("open", "/loop", code: ELOOP)) { try tree.root.contents("/loop") }
        #expect(!tree.root.isMissing("/loop") && !tree.root.exists("/loop"))
        try #require(mkfifo("\(tree.path)/fifo", 0o600) == 0)
        for root in [tree.root, .machine] {
            let path = root.prefix.isEmpty ? "/dev/null" : "/fifo"
            #expect(throws: SystemError("not a regular file", path, code: EINVAL)) { try root.contents(path) }
        }
    }

    @Test("A device or FIFO is not replaced by a file")
    func devices() throws {
        let tree = try Tree()
        try #require(mkfifo("\(tree.path)/fifo", 0o600) == 0)
        #expect(throws: SystemError("not a regular file", "/fifo", code: EINVAL)) {
            try tree.root.replace("/fifo", with: [])
        }
        #expect(try tree.root.list("/") == ["fifo"])
    }

    @Test("Records of ours are root's alone by default, other files are not")
    func modes() throws {
        let tree = try Tree()
        let modes: [(String, UInt32)] = [
            ("/var/lib/pvpgen/images/a.origin", 0o600), ("/run/pvp/state/network", 0o600),
            ("/etc/pvpgen/pvp.conf", 0o644),
        ]
        for (path, mode) in modes {
            try tree.root.replace(path, with: [1])
            #expect(try tree.root.status(path).mode == mode, "\(path)")
            try tree.root.replace(path, with: [2], mode: 0o640)
            #expect(try tree.root.status(path).mode == 0o640)
        }
        #expect(try tree.root.list("/var/lib/pvpgen/images") == ["a.origin"])
    }
}
