import Glibc
import Linux

/// The far end of a virtual NIC's cable: QEMU's `-netdev dgram` on unix sockets, one Ethernet frame
/// a datagram.
package final class Wire: Sendable {
    /// The address at the end of the cable that is in the machine.
    private let peer: String
    private let descriptor: Int32

    /// Binds to `path`; QEMU's own end is at `peer`.
    package init(path: String, peer: String) throws {
        self.peer = peer
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw SystemError("socket", path) }
        // A machine that takes no frames must not block the test.
        var limit = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        guard try Self.address(path, { bind(descriptor, $0, $1) }) == 0 else { throw SystemError("bind", path) }
    }

    deinit { close(descriptor) }

    /// Puts a frame on the wire.
    package func send(_ frame: [UInt8]) throws {
        let count = try Self.address(peer) { sendto(descriptor, frame, frame.count, 0, $0, $1) }
        guard count == frame.count else { throw SystemError("sendto", peer) }
    }

    /// The next frame from the wire, or `nil` when none comes within `milliseconds`.
    package func receive(within milliseconds: Int) throws -> [UInt8]? {
        guard Descriptor.poll(descriptor, .input, timeout: milliseconds) else { return nil }
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
        guard count >= 0 else { throw SystemError("recv", peer) }
        return Array(buffer[..<count])
    }

    private static func address<Result>(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) throws
        -> Result
    {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard path.utf8.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw SystemError("socket", path, code: ENAMETOOLONG)
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
    }
}
