/// One line for the journal.
package struct JournalEntry: Hashable, Sendable {
    /// How grave it is (`syslog(3)`; the journal's `PRIORITY=`).
    package enum Priority: UInt8, Hashable, Comparable, Sendable {
        case error = 3
        case warning = 4
        case notice = 5
        case info = 6
        case debug = 7

        /// The graver one is the smaller, as in syslog.
        package static func < (a: Priority, b: Priority) -> Bool { a.rawValue < b.rawValue }
    }

    /// What the line says.
    package var message: [UInt8]
    /// How grave it is.
    package var priority: Priority
    /// The port that it names.
    package var port: Int?
    /// Whom it is about.
    package var peer: Peer?
    /// Whether that one has typed it.
    package var isTyped = false

    /// A line that a program printed, or one about a peer.
    init(_ message: [UInt8], _ priority: Priority = .info, port: Int? = nil, peer: Peer? = nil) {
        self.message = message
        self.priority = priority
        self.port = port
        self.peer = peer
    }

    /// A command that a client typed.
    static func command(_ text: [UInt8], by peer: Peer) -> JournalEntry {
        // As in "show port info 1" and "port stop 1".
        let words = text.split(separator: 0x20).drop { !$0.elementsEqual("port".utf8) }
        let port = words.lazy.compactMap { Int(String(decoding: $0, as: UTF8.self)) }.first
        var entry = JournalEntry(Array("typed by \(peer.user): ".utf8) + text, .notice, port: port, peer: peer)
        entry.isTyped = true
        return entry
    }
}
