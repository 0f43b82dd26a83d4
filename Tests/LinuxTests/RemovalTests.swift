import Foundation
import Linux
import Synchronization
import TestSupport
import Testing

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

    /// As a member of group kvm can, below /run/pvp/vhost.
    @Test("A directory that becomes a link while it is removed is not followed")
    func swapped() throws {
        let outside = try Tree()
        for number in 0..<20 { try outside.write("/file\(number)", "outside") }
        let names = try outside.root.list("/")
        let tree = try Tree()
        let (victim, aside) = ("\(tree.path)/victim/sub", "\(tree.path)/aside")
        let isOver = Atomic(false)
        let group = DispatchGroup()
        DispatchQueue.global().async(group: group) {
            while !isOver.load(ordering: .relaxed) {
                rename(victim, aside)
                symlink(outside.path, victim)
                unlink(victim)
                rename(aside, victim)
            }
        }
        for _ in 0..<500 {
            try? tree.directory("/victim/sub")
            // The exchange may make it fail.
            try? tree.root.removeTree("/victim")
        }
        isOver.store(true, ordering: .relaxed)
        group.wait()
        #expect(try outside.root.list("/") == names)
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
