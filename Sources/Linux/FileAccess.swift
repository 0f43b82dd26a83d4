import CLinux
import Glibc

/// Who may use a file: its owner, group, mode and access control list (acl(5)).
package struct FileAccess: Hashable, Sendable {
    /// What may be done; for a directory `execute` is to search it.
    package struct Permissions: OptionSet, Hashable, Sendable {
        package let rawValue: UInt16
        package init(rawValue: UInt16) { self.rawValue = rawValue }

        package static let execute = Permissions(rawValue: 1)
        package static let write = Permissions(rawValue: 2)
        package static let read = Permissions(rawValue: 4)
    }

    private struct Entry: Hashable {
        var tag: UInt16
        var permissions: Permissions
        var id: UInt32
    }

    // The kernel's numbers for them (linux/posix_acl_xattr.h).
    private static let user: UInt16 = 0x02
    private static let group: UInt16 = 0x08
    private static let mask: UInt16 = 0x10

    private let owner: UInt32
    private let ownerGroup: UInt32
    private let mode: UInt32
    private let entries: [Entry]

    /// A file's, links followed (stat(2), getxattr(2)).
    package init(of path: String, in root: Root) throws(SystemError) {
        var status = stat()
        guard stat(root.path(path), &status) == 0 else { throw SystemError("stat", path) }
        var list = [UInt8](repeating: 0, count: 4096)
        let count = clinux_get_attribute(root.path(path), "system.posix_acl_access", &list, list.count)
        self.init(
            owner: status.st_uid, group: status.st_gid, mode: status.st_mode, list: Array(list.prefix(max(count, 0))))
    }

    /// `list` is the content of the extended attribute `system.posix_acl_access`; empty if there is
    /// none.
    init(owner: UInt32, group: UInt32, mode: UInt32, list: [UInt8]) {
        self.owner = owner
        ownerGroup = group
        self.mode = mode
        func number(_ offset: Int, _ bytes: Int) -> UInt32 {
            list[offset..<offset + bytes].reversed().reduce(0) { $0 << 8 | UInt32($1) }
        }
        // A version, which is 2, then eight bytes for each entry.
        entries =
            list.count < 4 || number(0, 4) != 2
            ? []
            : stride(from: 4, through: list.count - 8, by: 8).map { offset in
                Entry(
                    tag: UInt16(number(offset, 2)), permissions: Permissions(rawValue: UInt16(number(offset + 2, 2))),
                    id: number(offset + 4, 4))
            }
    }

    /// Whether a user who is in these groups may do all of it, as acl(5) decides ("Access check
    /// algorithm").
    package func allows(_ wanted: Permissions, user: UInt32, groups: Set<UInt32>) -> Bool {
        if user == 0 { return true }
        func bits(_ shift: UInt32) -> Permissions { Permissions(rawValue: UInt16(mode >> shift & 7)) }
        if user == owner { return bits(6).isSuperset(of: wanted) }
        // With a list the group's bits of the mode are its mask, and the group's own permissions
        // are in the list.
        let mask = entries.first { $0.tag == Self.mask }?.permissions ?? bits(3)
        if let entry = entries.first(where: { $0.tag == Self.user && $0.id == user }) {
            return entry.permissions.intersection(mask).isSuperset(of: wanted)
        }
        let ownGroup = entries.first { $0.tag == 0x04 }?.permissions ?? bits(3)
        var matching = entries.filter { $0.tag == Self.group && groups.contains($0.id) }.map(\.permissions)
        if groups.contains(ownerGroup) { matching.append(ownGroup) }
        if matching.isEmpty { return bits(0).isSuperset(of: wanted) }
        return matching.contains { $0.intersection(mask).isSuperset(of: wanted) }
    }
}
