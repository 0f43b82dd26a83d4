import Glibc

/// A message of `netlink(7)`.
package struct NetlinkMessage: Hashable, Sendable {
    package var type: UInt16
    package var payload: [UInt8]

    package init(type: UInt16, payload: [UInt8]) {
        self.type = type
        self.payload = payload
    }

    /// A number in its payload, in the machine's own byte order.
    func number(at offset: Int) -> UInt32 { Netlink.number(payload, at: offset) }

    /// The attributes behind the fixed part, by type (`rtnetlink(3)`): a length of 16 bits, a type
    /// of 16 bits, the value, padding to 4 bytes.
    func attributes(from start: Int) -> [UInt16: [UInt8]] {
        var attributes: [UInt16: [UInt8]] = [:]
        var offset = start
        while offset + 4 <= payload.count {
            let length = Int(Netlink.short(payload, at: offset))
            guard length >= 4, offset + length <= payload.count else { break }
            // The two highest bits are flags.
            attributes[Netlink.short(payload, at: offset + 2) & 0x3fff] = Array(payload[offset + 4..<offset + length])
            offset += (length + 3) & ~3
        }
        return attributes
    }
}

/// Questions to the kernel through `netlink(7)`.
enum Netlink {
    static let newLink: UInt16 = 16
    static let getLink: UInt16 = 18
    static let newAddress: UInt16 = 20
    static let getAddress: UInt16 = 22
    static let newRoute: UInt16 = 24
    static let getRoute: UInt16 = 26

    /// Returns all entries of one kind. A dump that another process's change has made inconsistent
    /// is repeated.
    static func dump(_ request: UInt16, _ subject: String) throws(SystemError) -> [NetlinkMessage] {
        for _ in 0..<8 {
            if let messages = try dumpOnce(request, subject) { return messages }
        }
        throw SystemError("recv", subject, code: EAGAIN)
    }

    private static func dumpOnce(_ request: UInt16, _ subject: String) throws(SystemError) -> [NetlinkMessage]? {
        let type = Int32(SOCK_RAW.rawValue | SOCK_CLOEXEC.rawValue)
        let number = socket(AF_NETLINK, type, 0)
        guard number >= 0 else { throw SystemError("socket", subject) }
        let descriptor = Descriptor(owning: number)
        // A header of 16 bytes, with NLM_F_REQUEST and NLM_F_DUMP, and a body of zeros, as long as
        // the longest: every family.
        var question = [UInt8](repeating: 0, count: 32)
        question.withUnsafeMutableBytes {
            $0.storeBytes(of: UInt32($0.count), toByteOffset: 0, as: UInt32.self)
            $0.storeBytes(of: request, toByteOffset: 4, as: UInt16.self)
            $0.storeBytes(of: 0x301, toByteOffset: 6, as: UInt16.self)
        }
        guard send(descriptor.number, question, question.count, 0) == question.count else {
            throw SystemError("send", subject)
        }
        var messages: [NetlinkMessage] = []
        var isConsistent = true
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            guard Descriptor.poll(descriptor.number, .input, timeout: 5000) else {
                throw SystemError("recv", subject, code: ETIMEDOUT)
            }
            let count = recv(descriptor.number, &buffer, buffer.count, Int32(MSG_TRUNC))
            if count < 0, errno == EINTR { continue }
            guard count > 0, count <= buffer.count else {
                throw SystemError("recv", subject, code: count < 0 ? errno : EMSGSIZE)
            }
            let answer = try parse(Array(buffer[..<count]), subject)
            messages += answer.messages
            isConsistent = isConsistent && answer.isConsistent
            if answer.isLast { return isConsistent ? messages : nil }
        }
    }

    /// Reads one datagram of an answer.
    static func parse(
        _ bytes: [UInt8], _ subject: String
    ) throws(SystemError) -> (messages: [NetlinkMessage], isLast: Bool, isConsistent: Bool) {
        let error: UInt16 = 2
        let done: UInt16 = 3
        let interrupted: UInt16 = 0x10
        var messages: [NetlinkMessage] = []
        var isConsistent = true
        var offset = 0
        while offset + 16 <= bytes.count {
            let length = Int(number(bytes, at: offset))
            guard length >= 16, offset + length <= bytes.count else {
                throw SystemError("recv", subject, code: EBADMSG)
            }
            let type = short(bytes, at: offset + 4)
            if short(bytes, at: offset + 6) & interrupted != 0 { isConsistent = false }
            if type == done { return (messages, true, isConsistent) }
            if type == error {
                let code = length >= 20 ? Int32(bitPattern: number(bytes, at: offset + 16)) : -EBADMSG
                throw SystemError("recv", subject, code: -code)
            }
            messages.append(NetlinkMessage(type: type, payload: Array(bytes[offset + 16..<offset + length])))
            offset += (length + 3) & ~3
        }
        return (messages, false, isConsistent)
    }

    /// The indices of the interfaces in `struct rtnexthop`: length of 16 bits, flags, hops, index,
    /// attributes.
    static func nextHops(_ bytes: [UInt8]) -> [UInt32] {
        var indices: [UInt32] = []
        var offset = 0
        while offset + 8 <= bytes.count {
            let length = Int(short(bytes, at: offset))
            guard length >= 8 else { break }
            indices.append(number(bytes, at: offset + 4))
            offset += (length + 3) & ~3
        }
        return indices
    }

    static func number(_ bytes: [UInt8], at offset: Int) -> UInt32 {
        guard offset + 4 <= bytes.count else { return 0 }
        return bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: UInt32.self) }
    }

    static func short(_ bytes: [UInt8], at offset: Int) -> UInt16 {
        guard offset + 2 <= bytes.count else { return 0 }
        return bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: UInt16.self) }
    }
}
