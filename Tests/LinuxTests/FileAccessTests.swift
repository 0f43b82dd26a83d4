import Foundation
import Testing

@testable import Linux

@Suite("Who may use a file")
struct FileAccessTests {
    /// A list as the kernel gives it (linux/posix_acl_xattr.h).
    private static func list(_ entries: [(tag: UInt16, permissions: UInt16, id: UInt32)]) -> [UInt8] {
        func bytes(_ number: UInt32, _ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
        }
        return bytes(2, 4)
            + entries.flatMap { bytes(UInt32($0.tag), 2) + bytes(UInt32($0.permissions), 2) + bytes($0.id, 4) }
    }

    private func mayEnter(_ mode: UInt32, user: UInt32 = 64055, groups: Set<UInt32> = [108], list: [UInt8] = []) -> Bool
    {
        FileAccess(owner: 1000, group: 1001, mode: mode, list: list).allows(.execute, user: user, groups: groups)
    }

    @Test("Without a list the first of owner, group and others that matches decides")
    func mode() {
        #expect(mayEnter(0o701) && !mayEnter(0o770))
        #expect(mayEnter(0o710, groups: [1001]) && !mayEnter(0o701, groups: [1001]))
        #expect(mayEnter(0o700, user: 1000) && !mayEnter(0o077, user: 1000))
        #expect(mayEnter(0, user: 0))
    }

    @Test("A list names users and groups, within its mask")
    func list() {
        func list(_ tag: UInt16, _ id: UInt32, mask: UInt16 = 7) -> [UInt8] {
            Self.list([(0x01, 7, .max), (tag, 1, id), (0x04, 0, .max), (0x10, mask, .max), (0x20, 0, .max)])
        }
        #expect(mayEnter(0o770, list: list(0x02, 64055)))
        #expect(!mayEnter(0o770, list: list(0x02, 64056)))
        #expect(!mayEnter(0o760, list: list(0x02, 64055, mask: 6)))
        #expect(mayEnter(0o770, list: list(0x08, 108)) && !mayEnter(0o770, list: list(0x08, 109)))
        // The mode's group bits are the mask, the group's own permissions are in the list.
        #expect(!mayEnter(0o770, groups: [1001], list: list(0x08, 109)))
    }

    @Test("A list that is cut or of another version counts for nothing")
    func damaged() {
        let list = Self.list([(0x02, 1, 64055)])
        for length in list.indices { #expect(!mayEnter(0o770, list: Array(list[..<length]))) }
        #expect(!mayEnter(0o770, list: [3] + list.dropFirst()))
    }

    @Test("A real list is read from the file system")
    func real() throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "pvp-acl-\(getpid())").path
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        #expect(try !FileAccess(of: directory, in: .machine).allows(.execute, user: 64055, groups: []))
        let list = Self.list([(0x01, 7, .max), (0x02, 1, 64055), (0x04, 0, .max), (0x10, 1, .max), (0x20, 0, .max)])
        let set = "import os; os.setxattr('\(directory)', 'system.posix_acl_access', bytes(\(list)))"
        let result = try Command(["python3", "-c", set]).run()
        #expect(result.status == 0, "\(result.output)")
        #expect(try FileAccess(of: directory, in: .machine).allows(.execute, user: 64055, groups: []))
        #expect(try !FileAccess(of: directory, in: .machine).allows(.execute, user: 64056, groups: []))
    }
}
