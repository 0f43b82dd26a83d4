package import Diagnostics

/// The address of TRex's RPC server, written `HOST`, `HOST:PORT` or `[IPV6]:PORT`.
package struct TRexAddress: Hashable, Sendable, CustomStringConvertible {
    /// The port that TRex listens at unless its configuration file has `zmq_rpc_port`.
    package static let defaultPort: UInt16 = 4501

    /// A host name, or an address without brackets.
    package let host: String
    package let port: UInt16

    /// Throws `trex-address` for any other text.
    package init(_ text: String) throws(Problem) {
        var host = Substring(text)
        var port: Substring?
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            host = text[text.index(after: text.startIndex)..<end]
            let rest = text[text.index(after: end)...]
            if !rest.isEmpty {
                guard rest.hasPrefix(":") else { throw Self.invalid(text) }
                port = rest.dropFirst()
            }
        } else if let colon = text.firstIndex(of: ":"), text.lastIndex(of: ":") == colon {
            host = text[..<colon]
            port = text[text.index(after: colon)...]
        }
        guard !host.isEmpty, host.utf8.allSatisfy(Self.isAllowed) else { throw Self.invalid(text) }
        self.host = String(host)
        if let port {
            guard let number = UInt16(port), number > 0, port.utf8.allSatisfy({ $0 != UInt8(ascii: "+") }) else {
                throw Self.invalid(text)
            }
            self.port = number
        } else {
            self.port = Self.defaultPort
        }
    }

    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    /// For `zmq_connect(3)`.
    var endpoint: String { "tcp://\(description)" }

    /// libzmq gives a meaning to `;`, `*` and `/`.
    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"),
            UInt8(ascii: ":"), UInt8(ascii: "%"):
            true
        default: false
        }
    }

    private static func invalid(_ text: String) -> Problem {
        Problem(
            .trexAddress, "TRex: invalid address: expected HOST, HOST:PORT or [IPV6]:PORT, got '\(text)'",
            remedy: "correct the address")
    }
}
