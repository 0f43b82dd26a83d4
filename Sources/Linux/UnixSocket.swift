import CLinux
import Glibc

/// Sockets with a path (`unix(7)`); paths are at most 107 bytes long. An abstract name begins with
/// `@`, as systemd writes it.
package enum UnixSocket {
    /// How bytes travel.
    package enum Kind: Sendable {
        /// A stream of bytes.
        case stream
        /// Packets that arrive whole and in order.
        case packets
        /// Messages to a receiver that sends no answer.
        case datagrams
    }

    /// Connects without waiting; the descriptor is non-blocking. Throws `ENOENT` if there is no
    /// socket, `ECONNREFUSED` if no process listens, `EAGAIN` if the listener's queue is full.
    package static func connect(_ path: String, _ kind: Kind) throws(SystemError) -> Descriptor {
        let descriptor = try make(path, kind)
        let result = try withAddress(path) { Glibc.connect(descriptor.number, $0, $1) }
        guard result == 0 else { throw SystemError("connect", path) }
        return descriptor
    }

    /// Two ends that are connected to each other (`socketpair(2)`), non-blocking.
    package static func pair() throws(SystemError) -> (Descriptor, Descriptor) {
        var ends: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw SystemError("socketpair", "sockets") }
        return (Descriptor(owning: ends[0]), Descriptor(owning: ends[1]))
    }

    /// Binds to a path that does not exist yet and listens. The file has the mode `mode`, whatever
    /// the umask.
    package static func listen(_ path: String, _ kind: Kind, mode: UInt32) throws(SystemError) -> Descriptor {
        let descriptor = try make(path, kind)
        // Linux gives the file the mode of the socket less the umask, so it is never more open than
        // this, and only then as open.
        guard fchmod(descriptor.number, mode) == 0 else { throw SystemError("fchmod", path) }
        let result = try withAddress(path) { bind(descriptor.number, $0, $1) }
        guard result == 0 else { throw SystemError("bind", path) }
        guard chmod(path, mode) == 0 else { throw SystemError("chmod", path) }
        guard Glibc.listen(descriptor.number, 128) == 0 else { throw SystemError("listen", path) }
        return descriptor
    }

    /// The next connection, non-blocking, or `nil` when there is none now.
    package static func accept(_ listener: Descriptor) -> Descriptor? {
        let number = clinux_accept(listener.number)
        return number >= 0 ? Descriptor(owning: number) : nil
    }

    /// The process that created the other end, as it was then (`SO_PEERCRED`, `SO_PEERGROUPS`).
    package struct Credentials: Hashable, Sendable {
        /// Its number.
        package var pid: Int32
        /// Its user's number.
        package var uid: UInt32
        /// The numbers of all its groups.
        package var groups: Set<UInt32>
    }

    /// The process at the other end of a connection; `nil` if the kernel does not report it.
    package static func peer(_ descriptor: Descriptor) -> Credentials? {
        var pid: pid_t = 0
        var uid: uid_t = 0
        var gid: gid_t = 0
        guard clinux_peer(descriptor.number, &pid, &uid, &gid) == 0 else { return nil }
        // NGROUPS_MAX, limits.h
        var groups = [gid_t](repeating: 0, count: 65536)
        let count = clinux_peer_groups(descriptor.number, &groups, Int32(groups.count))
        return Credentials(pid: pid, uid: uid, groups: Set(groups.prefix(Int(max(0, count)))).union([gid]))
    }

    /// Says that nothing more will be written; reading goes on (`shutdown(2)`).
    package static func finishWriting(_ descriptor: Descriptor) { _ = finishWriting(descriptor.number) }

    /// The same for a descriptor that belongs to another owner, such as standard output. False when
    /// it is no connection.
    package static func finishWriting(_ number: Int32) -> Bool { shutdown(number, Int32(SHUT_WR)) == 0 }

    private static func make(_ path: String, _ kind: Kind) throws(SystemError) -> Descriptor {
        let type =
            switch kind {
            case .stream: SOCK_STREAM
            case .packets: SOCK_SEQPACKET
            case .datagrams: SOCK_DGRAM
            }
        let number = socket(AF_UNIX, Int32(type.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        guard number >= 0 else { throw SystemError("socket", path) }
        return Descriptor(owning: number)
    }

    private static func withAddress(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32)
        throws(SystemError) -> Int32
    {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard path.utf8.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw SystemError("socket", path, code: ENAMETOOLONG)
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        var length = MemoryLayout<sockaddr_un>.size
        if path.hasPrefix("@") {
            address.sun_path.0 = 0
            // All bytes up to the length are the name.
            length = MemoryLayout<sa_family_t>.size + path.utf8.count
        }
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(length)) }
        }
    }
}
