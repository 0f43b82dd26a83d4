import Glibc
import TestSupport
import Testing

@testable import Linux

@Suite struct RemovalTests {
    @Test("A tree is removed whole, and its links are not followed")
    func links() throws {
        let outside = try Tree(["/directory/file": "outside"])
        let tree = try Tree(["/a/b/c/file": "", "/a/file": ""])
        try tree.directory("/a/empty")
        try tree.link("/a/link", "\(outside.path)/directory")
        try tree.link("/a/b/dangling", "none")
        try tree.root.removeTree("/a")
        try tree.root.removeTree("/a")
        try tree.link("/link", "\(outside.path)/directory")
        try tree.root.removeTree("/link")
        #expect(try tree.root.list("/") == [] && outside.text("/directory/file") == "outside")
    }

    /// As a member of group kvm can, below /run/pvp/vhost, between two calls of ours.
    @Test("A directory that becomes a link while it is removed is not followed", arguments: ["link", "directory"])
    func exchanged(_ kind: String) throws {
        let outside = try Tree(["/file": "outside"])
        let tree = try Tree(["/victim/sub/file": "", "/victim/other": ""])
        let (sub, aside) = ("\(tree.path)/victim/sub", "\(tree.path)/aside")
        let victim = open("\(tree.path)/victim", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { close(victim) }
        var exchanges = 0
        try Root.removeTree("sub", in: victim, path: "/victim/sub") { directory, name in
            // It was a directory when it was looked at.
            if exchanges == 0 {
                rename(sub, aside)
                if kind == "link" { symlink(outside.path, sub) } else { mkdir(sub, 0o755) }
            }
            exchanges += 1
            return Root.openPlainly(directory, name, isMountRefused: true)
        }
        #expect(exchanges == 1)
        #expect(try outside.text("/file") == "outside" && tree.root.list("/victim") == ["other"])
        #expect(try tree.root.list("/aside") == ["file"])
    }

    @Test("Opening a subdirectory for removal refuses a link")
    func subdirectory() throws {
        let tree = try Tree(["/a/file": ""])
        try tree.link("/b", "a")
        let number = open(tree.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { close(number) }
        #expect(Root.openSubdirectory(number, "b") == -1)
        let found = Root.openSubdirectory(number, "a")
        #expect(found >= 0)
        close(found)
        #expect(Root.openSubdirectory(number, "..") == -1)
    }

    @Test("A mount within a tree is neither entered nor emptied", .enabled(if: geteuid() == 0))
    func mounts() throws {
        let outside = try Tree(["/file": "outside"])
        let tree = try Tree(["/a/b/file": ""])
        try tree.directory("/a/mount")
        #expect(try Command(["mount", "--bind", outside.path, "\(tree.path)/a/mount"]).run().status == 0)
        defer { _ = try? Command(["umount", "\(tree.path)/a/mount"]).run() }
        #expect(throws: SystemError("open", "/a/mount", code: EBUSY)) { try tree.root.removeTree("/a") }
        #expect(try outside.text("/file") == "outside")
    }
}
