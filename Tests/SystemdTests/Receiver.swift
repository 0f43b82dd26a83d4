import Foundation
import Linux
import Testing

/// A datagram socket like the service manager's or journald's; what it gets waits in its queue.
func receiver(at path: String) throws -> Descriptor {
    let number = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
    let descriptor = Descriptor(owning: number)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    // An abstract name begins with a zero, which is written as @.
    withUnsafeMutableBytes(of: &address.sun_path) {
        $0.copyBytes(from: path.utf8.map { $0 == UInt8(ascii: "@") ? 0 : $0 })
    }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + path.utf8.count)
    let bound = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(number, $0, length) }
    }
    try #require(bound == 0)
    return descriptor
}
