/// What a line that testpmd or DPDK printed is about.
struct LogLineClassifier {
    /// How grave it is.
    private(set) var priority = JournalEntry.Priority.info
    /// The port that it names: the number after the word "port".
    private(set) var port: Int?
    /// Whether it comes from a library that reports what goes on beside testpmd's own commands.
    private(set) var isLibraryLog = false

    private static let error: [StaticString] = [
        "error", "fatal", "panic", "fail", "cannot", "could not", "couldn't", "unsupported", "unable to", "can't",
        "invalid",
    ]
    private static let chatter: [StaticString] = ["VHOST_CONFIG", "VHOST_DATA", "TELEMETRY"]

    init(_ line: [UInt8]) {
        line.withUnsafeBufferPointer { all in
            // DPDK 22.11 prints the bits of a status without a prefix, as lines of one log entry.
            if Self.matches(all, "\t-", at: 0) {
                isLibraryLog = true
                priority = Self.priorityOfBit(all)
                return
            }
            // Something else may stand before it, without a line feed.
            let start = Self.startOfLog(all) ?? 0
            port = Self.port(all)
            let line = UnsafeBufferPointer(rebasing: all[start...])
            guard let colon = Self.endOfPrefix(line) else {
                priority = Self.priorityOfText(line)
                return
            }
            // A line of DPDK's log (DPDK: lib/log): the name of what logs, then the text.
            let text = UnsafeBufferPointer(rebasing: line[colon...])
            isLibraryLog = Self.chatter.contains { Self.matches(line, $0, at: 0) && $0.utf8CodeUnitCount == colon }
            if isLibraryLog, Self.contains(text, ") \t-") {
                priority = Self.priorityOfBit(text)
            } else if Self.error.contains(where: { Self.contains(text, $0) }) {
                // testpmd retries a vhost-user socket without a guest forever: no error.
                priority = isLibraryLog ? .warning : .error
            } else if Self.contains(text, "warn") {
                priority = .warning
            } else if isLibraryLog {
                priority = .debug
            }
        }
    }

    /// Whether a line reports a port event (DPDK: app/test-pmd/testpmd.c, eth_event_callback).
    static func isEvent(_ line: [UInt8]) -> Bool {
        line.withUnsafeBufferPointer { line in
            matches(line, "Port ", at: 0) && matches(line, " event", at: max(0, line.count - 6)) && port(line) != nil
        }
    }

    /// The priority of one bit of a device's status, such as "\t-FAILED: 0" (DPDK:
    /// lib/vhost/vhost_user.c, vhost_user_set_status): only that the driver has failed is news.
    private static func priorityOfBit(_ line: UnsafeBufferPointer<UInt8>) -> JournalEntry.Priority {
        contains(line, "-failed: 1") ? .warning : .debug
    }

    /// testpmd's own words count by how they begin: "RX-errors: 0" is no error.
    private static func priorityOfText(_ line: UnsafeBufferPointer<UInt8>) -> JournalEntry.Priority {
        switch line.first {
        case UInt8(ascii: "P"): matches(line, "PANIC in ", at: 0) ? .error : .info
        case UInt8(ascii: "E"), UInt8(ascii: "F"), UInt8(ascii: "C"), UInt8(ascii: "U"), UInt8(ascii: "I"),
            UInt8(ascii: "e"):
            CommandErrors.beginnings.contains { matches(line, $0, at: 0) } ? .error : .info
        case UInt8(ascii: "W"), UInt8(ascii: "w"): lowercased(line, "warning", at: 0) ? .warning : .info
        default: .info
        }
    }

    /// Where the colon behind the name of a library, a driver or a function of one is, as in "EAL:
    /// ", "mlx5_net: " and "ice_dev_init(): ".
    private static func endOfPrefix(_ line: UnsafeBufferPointer<UInt8>) -> Int? {
        var end = 0
        // A word in lower case is testpmd's own, unless it has an underscore.
        var isLower = false
        var hasUnderscore = false
        while end < line.count, end < 64 {
            switch line[end] {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): break
            case UInt8(ascii: "_"): hasUnderscore = true
            case UInt8(ascii: "a")...UInt8(ascii: "z"): isLower = true
            case UInt8(ascii: "(") where matches(line, "(): ", at: end): return hasUnderscore ? end + 2 : nil
            case UInt8(ascii: ":") where matches(line, ": ", at: end):
                return end > 1 && (!isLower || hasUnderscore) ? end : nil
            default: return nil
            }
            end += 1
        }
        return nil
    }

    /// Where the first log line of DPDK begins in what may have something else before it.
    static func startOfLog(_ line: [UInt8]) -> Int? { line.withUnsafeBufferPointer(startOfLog) }

    private static func startOfLog(_ line: UnsafeBufferPointer<UInt8>) -> Int? {
        var colon = 0
        while colon + 1 < line.count, line[colon] != UInt8(ascii: ":") || line[colon + 1] != 0x20 { colon += 1 }
        guard colon + 1 < line.count else { return nil }
        // A name begins with a letter; a digit before it is something else's end.
        var start = colon
        var position = colon
        while position > 0,
            isUpper(line[position - 1]) || (0x30...0x39).contains(line[position - 1])
                || line[position - 1] == UInt8(ascii: "_")
        {
            position -= 1
            if isUpper(line[position]) { start = position }
        }
        return colon - start > 1 ? start : nil
    }

    private static func isUpper(_ byte: UInt8) -> Bool { (0x41...0x5a).contains(byte) }

    private static func port(_ line: UnsafeBufferPointer<UInt8>) -> Int? {
        var position = 0
        while position + 5 < line.count {
            defer { position += 1 }
            guard line[position] | 0x20 == UInt8(ascii: "p"), lowercased(line, "port ", at: position),
                position == 0 || !isLetter(line[position - 1])
            else {
                continue
            }
            var number: Int?
            var end = position + 5
            while end < line.count, end < position + 10, (0x30...0x39).contains(line[end]) {
                number = (number ?? 0) * 10 + Int(line[end] - 0x30)
                end += 1
            }
            if let number { return number }
        }
        return nil
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte | 0x20) }

    /// Whether the line has the text, which is in lower case, whatever the line's case.
    static func contains(_ line: UnsafeBufferPointer<UInt8>, _ text: StaticString) -> Bool {
        let first = text.utf8Start.pointee
        var position = 0
        while position + text.utf8CodeUnitCount <= line.count {
            if line[position] | 0x20 == first, lowercased(line, text, at: position) { return true }
            position += 1
        }
        return false
    }

    static func lowercased(_ line: UnsafeBufferPointer<UInt8>, _ text: StaticString, at position: Int) -> Bool {
        guard position + text.utf8CodeUnitCount <= line.count else { return false }
        for offset in 0..<text.utf8CodeUnitCount where line[position + offset] | 0x20 != text.utf8Start[offset] | 0x20 {
            return false
        }
        return true
    }

    static func matches(_ line: UnsafeBufferPointer<UInt8>, _ text: StaticString, at position: Int) -> Bool {
        guard position + text.utf8CodeUnitCount <= line.count else { return false }
        for offset in 0..<text.utf8CodeUnitCount where line[position + offset] != text.utf8Start[offset] {
            return false
        }
        return true
    }
}
