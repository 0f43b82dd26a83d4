/// Text for a service's standard input inside its unit: `StandardInputText=` (systemd.exec(5), "Logging and standard input/output").
public enum StandardInput {
    /// Why a text cannot be written with `StandardInputText=`; `StandardInputData=` can.
    public enum Failure: Error, Hashable, Sendable {
        /// The text has a NUL.
        case nul
        /// The text is one empty line: systemd takes an empty value as "forget what came before".
        case emptyLine
    }

    /// The values for repeated `StandardInputText=` entries, from which systemd makes exactly the text.
    ///
    /// systemd drops white space around a value, reads C escapes, expands specifiers, and ends every value with a newline. So a text that does not
    /// end in a newline gets one, and an empty line is a `\n` at the end of the value before it. An empty text has no values.
    public static func text(_ text: String) throws(Failure) -> [String] {
        guard !text.utf8.contains(0) else { throw .nul }
        guard text.utf8.count != 1 || text.utf8.first != Byte.lineFeed else { throw .emptyLine }
        var lines = text.utf8.split(separator: Byte.lineFeed, omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true {
            lines.removeLast()
        }
        var values: [[UInt8]] = []
        var emptyLinesAtStart = 0
        for line in lines {
            if !line.isEmpty {
                values.append(escape(line))
            } else if values.isEmpty {
                emptyLinesAtStart += 1
            } else {
                values[values.count - 1] += Escapes.escape(Byte.lineFeed)
            }
        }
        let newlines = [[UInt8]](repeating: Escapes.escape(Byte.lineFeed), count: emptyLinesAtStart)
        if values.isEmpty, !newlines.isEmpty {
            values = [newlines.dropLast().flatMap { $0 }]
        } else if !values.isEmpty {
            values[0] = newlines.flatMap { $0 } + values[0]
        }
        return values.map { String(decoding: $0, as: UTF8.self) }
    }

    private static func escape(_ line: some BidirectionalCollection<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        for byte in line {
            switch byte {
            case Byte.percent: result += [byte, byte]
            case Byte.backslash: result += [byte, byte]
            case Byte.space where result.isEmpty: result += Escapes.escape(byte)
            case _ where Byte.isControl(byte): result += Escapes.escape(byte)
            default: result.append(byte)
            }
        }
        if line.last == Byte.space, line.count > 1 {
            result.replaceSubrange((result.count - 1)..., with: Escapes.escape(Byte.space))
        }
        return result
    }
}
