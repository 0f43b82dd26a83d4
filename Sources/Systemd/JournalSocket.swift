package import Linux

/// The journal's own socket: entries with fields of their own, and never a wait (systemd:
/// docs/JOURNAL_NATIVE_PROTOCOL.md). `sd_journal_send(3)` is not used because it waits for as long
/// as the journal does not read.
package final class JournalSocket {
    /// Takes entries again when it can be written to. Another one after a restart of
    /// systemd-journald.socket.
    package private(set) var descriptor: Descriptor
    private let path: String

    /// Connects to the socket at `path`.
    package init(_ path: String = "/run/systemd/journal/socket") throws(SystemError) {
        self.path = path
        descriptor = try UnixSocket.connect(path, .datagrams)
    }

    /// Sends an entry. Names of fields are upper-case letters, digits and underscores; values may
    /// hold anything. False when it has to wait. An entry that the journal refuses, or for which
    /// there is no journal, is dropped.
    package func send(_ fields: [(String, String)], message: [UInt8]) -> Bool {
        var bytes: [UInt8] = []
        for (name, value) in fields { Self.append(name, Array(value.utf8), to: &bytes) }
        Self.append("MESSAGE", message, to: &bytes)
        if let count = descriptor.write(bytes) { return count > 0 }
        // The socket was removed and created again: what is sent to the old one is refused from now
        // on (unix(7)).
        guard [Errno.connectionRefused, Errno.notConnected].contains(Errno.last),
            let other = try? UnixSocket.connect(path, .datagrams)
        else { return true }
        descriptor = other
        return other.write(bytes) != 0
    }

    private static func append(_ name: String, _ value: [UInt8], to bytes: inout [UInt8]) {
        bytes.append(contentsOf: name.utf8)
        if value.contains(0x0a) {
            bytes.append(0x0a)
            for shift in stride(from: 0, to: 64, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: value.count >> shift))
            }
        } else {
            bytes.append(UInt8(ascii: "="))
        }
        bytes.append(contentsOf: value)
        bytes.append(0x0a)
    }
}
