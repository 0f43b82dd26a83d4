import Glibc

/// Connections to another machine (`tcp(7)`).
package enum TCPSocket {
    /// What a server at a numeric address says first: at most `limit` bytes, nothing if it says
    /// nothing within `greetingTimeout` milliseconds. Throws `ECONNREFUSED` if no process listens,
    /// `ETIMEDOUT` if the connection is not accepted within `timeout` milliseconds, `EINVAL` for an
    /// invalid address.
    package static func greeting(
        of address: String, port: UInt16, limit: Int, timeout: Int, greetingTimeout: Int
    ) throws(SystemError) -> [UInt8] {
        let descriptor = try connect(address, port)
        guard Descriptor.poll(descriptor.number, .output, timeout: timeout) else {
            throw SystemError("connect", address, code: ETIMEDOUT)
        }
        var error: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(descriptor.number, SOL_SOCKET, SO_ERROR, &error, &size) == 0 else {
            throw SystemError("getsockopt", address)
        }
        guard error == 0 else { throw SystemError("connect", address, code: error) }
        let end = MonotonicClock.now + greetingTimeout
        while Descriptor.poll(descriptor.number, .input, timeout: end - MonotonicClock.now) {
            switch descriptor.read(limit: limit) {
            case .bytes(let bytes): return bytes
            case .end: return []
            case .nothing: continue
            }
        }
        return []
    }

    /// Begins to connect.
    private static func connect(_ address: String, _ port: UInt16) throws(SystemError) -> Descriptor {
        var four = sockaddr_in()
        var six = sockaddr_in6()
        let isFour = inet_pton(AF_INET, address, &four.sin_addr) == 1
        guard isFour || inet_pton(AF_INET6, address, &six.sin6_addr) == 1 else {
            throw SystemError("connect", address, code: EINVAL)
        }
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let number = socket(isFour ? AF_INET : AF_INET6, type, 0)
        guard number >= 0 else { throw SystemError("socket", address) }
        let descriptor = Descriptor(owning: number)
        let result: Int32
        if isFour {
            four.sin_family = sa_family_t(AF_INET)
            four.sin_port = port.bigEndian
            result = begin(number, &four)
        } else {
            six.sin6_family = sa_family_t(AF_INET6)
            six.sin6_port = port.bigEndian
            result = begin(number, &six)
        }
        guard result == 0 || errno == EINPROGRESS else { throw SystemError("connect", address) }
        return descriptor
    }

    /// Whether a text is a numeric IPv6 address (`inet_pton(3)`).
    package static func isIPv6Address(_ text: String) -> Bool {
        var address = in6_addr()
        return inet_pton(AF_INET6, text, &address) == 1
    }

    private static func begin<Address>(_ number: Int32, _ address: inout Address) -> Int32 {
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(number, $0, socklen_t(MemoryLayout<Address>.size))
            }
        }
    }
}
