package import Linux
import Values

/// A TCP socket of this machine that listens.
package struct TCPListener: Hashable, Sendable {
    /// Its IPv4 address; `nil` for one of IPv6.
    var address: IPv4Address?
    /// Whether it listens on every address.
    var isWildcard: Bool
    /// Its port.
    var port: Int

    /// All of them (`proc(5)`, `/proc/net/tcp`).
    package static func all(in root: Root) -> [TCPListener] {
        ["/proc/net/tcp", "/proc/net/tcp6"].flatMap { read((try? root.text($0)) ?? "") }
    }

    /// From the table's text: number, local address and port, remote ones, state; 0A is listening.
    /// Addresses are as they are in memory.
    static func read(_ table: String) -> [TCPListener] {
        table.split(separator: "\n").dropFirst().compactMap { line in
            let columns = line.split(whereSeparator: \.isWhitespace)
            guard columns.count > 3, columns[3] == "0A" else { return nil }
            let local = columns[1].split(separator: ":")
            guard local.count == 2, let port = Int(local[1], radix: 16) else { return nil }
            let address =
                local[0].utf8.count == 8 ? UInt32(local[0], radix: 16).map { IPv4Address($0.byteSwapped) } : nil
            return TCPListener(address: address, isWildcard: local[0].allSatisfy { $0 == "0" }, port: port)
        }
    }

    /// Whether another may not listen at `PORT` or `ADDRESS:PORT` because of it. Two of IPv6 are
    /// taken for different ones.
    package func conflicts(with listen: String) -> Bool {
        guard let colon = listen.lastIndex(of: ":") else { return Int(listen) == port }
        guard Int(listen[listen.index(after: colon)...]) == port else { return false }
        return isWildcard || address != nil && address == IPv4Address(listen[..<colon])
    }
}
