/// Text for a service's standard input inside its unit: `StandardInputText=` (systemd.exec(5),
/// "Logging and standard input/output").
package enum StandardInput {
    /// Why a text cannot be written with `StandardInputText=`; `StandardInputData=` can.
    package enum Failure: Error, Hashable, Sendable {
        /// The text has a NUL.
        case nul
        /// The text is one empty line: systemd takes an empty value as "forget what came before".
        case emptyLine
    }

    /// The values for repeated `StandardInputText=` entries, from which systemd composes exactly
    /// the text.
    ///
    /// systemd drops white space around a value, reads C escapes, expands specifiers, and ends
    /// every value with a newline. So a text that does not end in a newline gets one, and an empty
    /// line is a `\n` at the end of the value before it. An empty text has no values.
    package static func text(_ text: String) throws(Failure) -> [String] {
        let bytes = Array(text.utf8)
        guard !bytes.contains(0) else { throw .nul }
        guard bytes != [Byte.lineFeed] else { throw .emptyLine }
        var lines = bytes.split(separator: Byte.lineFeed, omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true {
            lines.removeLast()
        }
        let newline = Escapes.escape(Byte.lineFeed)
        let start = lines.prefix { $0.isEmpty }.count
        // The newline that systemd adds to a text of nothing but empty lines stands for one of
        // them.
        var value = [[UInt8]](repeating: newline, count: start == lines.count ? max(start - 1, 0) : start).flatMap {
            $0
        }
        var values: [String] = []
        for (number, line) in lines.enumerated().dropFirst(start) {
            if line.isEmpty {
                value += newline
                continue
            }
            if number > start {
                values.append(String(decoding: value, as: UTF8.self))
                value.removeAll(keepingCapacity: true)
            }
            append(line, to: &value)
        }
        return lines.isEmpty ? [] : values + [String(decoding: value, as: UTF8.self)]
    }

    /// Whether it is printable ASCII without specifiers and escapes, in lines.
    static func isPlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        func bit(_ condition: Bool) -> UInt8 { condition ? 1 : 0 }
        // Without a branch in it the loop takes many bytes in a step.
        var others: UInt8 = 0
        for byte in text {
            others |=
                bit(byte &- 0x20 > 0x5E) & bit(byte != Byte.lineFeed) | bit(byte == Byte.percent)
                | bit(byte == Byte.backslash)
        }
        return others == 0
    }

    private static func append(_ line: ArraySlice<UInt8>, to value: inout [UInt8]) {
        // Most of a line stands for itself: it is copied piece by piece.
        var copied = line.startIndex
        for index in line.indices {
            let byte = line[index]
            let isOuter = index == line.startIndex || index == line.endIndex - 1
            let isDoubled = byte == Byte.percent || byte == Byte.backslash
            guard isDoubled || Byte.isControl(byte) || (byte == Byte.space && isOuter) else { continue }
            value += line[copied..<index]
            value += isDoubled ? [byte, byte] : Escapes.escape(byte)
            copied = index + 1
        }
        value += line[copied...]
    }
}
