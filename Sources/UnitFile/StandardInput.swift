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
        let bytes = Array(text.utf8)
        guard !bytes.contains(0) else { throw .nul }
        guard bytes != [Byte.lineFeed] else { throw .emptyLine }
        var lines = bytes.split(separator: Byte.lineFeed, omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true {
            lines.removeLast()
        }
        let newline = Escapes.escape(Byte.lineFeed)
        let start = lines.prefix { $0.isEmpty }.count
        // The newline that systemd adds to a text of nothing but empty lines stands for one of them.
        var value = [[UInt8]](repeating: newline, count: start == lines.count ? max(start - 1, 0) : start).flatMap { $0 }
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

    private static func append(_ line: ArraySlice<UInt8>, to value: inout [UInt8]) {
        value.reserveCapacity(value.count + line.count + 8)
        for (index, byte) in zip(line.indices, line) {
            let isOuter = index == line.startIndex || index == line.endIndex - 1
            if byte == Byte.percent || byte == Byte.backslash {
                value.append(byte)
                value.append(byte)
            } else if Byte.isControl(byte) || (byte == Byte.space && isOuter) {
                value += Escapes.escape(byte)
            } else {
                value.append(byte)
            }
        }
    }
}
