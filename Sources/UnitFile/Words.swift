extension ExecCommandLine {
    /// A word of a value.
    struct Word: Hashable {
        /// The word without quotes and escapes.
        var text: String
        /// Where it starts in the value, in bytes; ``UnitFile/Entry/position(ofValueByte:)``
        /// converts it to a location.
        var offset: Int
    }

    /// Splits arguments into words as systemd splits a command line, but for specifiers and
    /// variables, which stay as they are.
    package static func arguments(_ value: String) throws(Failure) -> [String] {
        try words(value, isCommand: false).map(\.text)
    }

    /// Splits a value into words at white space: quotes are removed and C escapes read
    /// (systemd.syntax(7), "Quoting"). If it is a command, a lone `;` fails and a lone `\;` is a
    /// `;` (systemd.service(5), "Command lines").
    ///
    /// Stricter than systemd in one thing: it keeps the backslash of an unknown escape and warns,
    /// and here that fails.
    static func words(_ value: String, isCommand: Bool) throws(Failure) -> [Word] {
        let bytes = Array(value.utf8)
        var words: [Word] = []
        var index = 0
        while true {
            while index < bytes.count, Byte.isSpace(bytes[index]) {
                index += 1
            }
            guard index < bytes.count else { return words }
            let rest = bytes[index...].prefix { !Byte.isSpace($0) }
            if isCommand, rest.elementsEqual([Byte.semicolon]) {
                throw .anotherCommand(index)
            }
            if isCommand, !words.isEmpty, rest.elementsEqual([Byte.backslash, Byte.semicolon]) {
                words.append(Word(text: ";", offset: index))
                index += 2
                continue
            }
            let start = index
            let text = try word(bytes, &index)
            guard Byte.firstInvalid(in: text[...]) == nil else { throw .encoding(start) }
            words.append(Word(text: String(decoding: text, as: UTF8.self), offset: start))
        }
    }

    /// Reads one word and leaves the index behind it. As for systemd, a quote may open in the
    /// middle of a word.
    private static func word(_ bytes: [UInt8], _ index: inout Int) throws(Failure) -> [UInt8] {
        var word: [UInt8] = []
        var open: (quote: UInt8, offset: Int)?
        while index < bytes.count {
            let byte = bytes[index]
            if byte == Byte.backslash {
                guard let escape = Escapes.read(bytes[(index + 1)...]) else { throw .escape(index) }
                word += escape.bytes
                index += 1 + escape.length
                continue
            }
            if byte == open?.quote {
                open = nil
            } else if open == nil, byte == Byte.quote || byte == Byte.apostrophe {
                open = (byte, index)
            } else if open == nil, Byte.isSpace(byte) {
                return word
            } else {
                word.append(byte)
            }
            index += 1
        }
        if let open {
            throw .openQuote(open.offset)
        }
        return word
    }
}
