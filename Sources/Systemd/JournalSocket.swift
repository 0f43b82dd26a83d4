public import Linux

/// The journal's own socket: entries with fields of their own, and never a wait (systemd: docs/JOURNAL_NATIVE_PROTOCOL.md).
/// `sd_journal_send(3)` is not used because it waits for as long as the journal does not read.
public final class JournalSocket {
    /// Takes entries again when it can be written to.
    public let descriptor: Descriptor

    /// Connects to the socket at `path`.
    public init(_ path: String = "/run/systemd/journal/socket") throws(SystemError) {
        descriptor = try UnixSocket.connect(path, .datagrams)
    }

    /// Sends an entry. Names of fields are upper-case letters, digits and underscores; values may hold anything.
    /// False when it has to wait; an entry that the journal refuses is given up.
    public func send(_ fields: [(String, String)], message: [UInt8]) -> Bool {
        var bytes: [UInt8] = []
        for (name, value) in fields { Self.append(name, Array(value.utf8), to: &bytes) }
        Self.append("MESSAGE", message, to: &bytes)
        return descriptor.write(bytes) != 0
    }

    private static func append(_ name: String, _ value: [UInt8], to bytes: inout [UInt8]) {
        bytes.append(contentsOf: name.utf8)
        if value.contains(0x0a) {
            bytes.append(0x0a)
            for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value.count >> shift)) }
        } else {
            bytes.append(UInt8(ascii: "="))
        }
        bytes.append(contentsOf: value)
        bytes.append(0x0a)
    }
}
