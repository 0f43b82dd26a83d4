/// Command lines in `ExecStart=` and its kin (systemd.service(5), "Command lines").
package enum ExecCommandLine {
    /// Why a command line cannot be written, or what is wrong with one that was read.
    package enum Failure: Error, Hashable, Sendable {
        /// No program.
        case empty
        /// A program that systemd would take for something else: a prefix (`@-:+!|`), a `;`, a
        /// variable, or a name with quotes, backslashes or control characters. No quoting helps; an
        /// absolute path does, except for the last.
        case program(String)
        /// An argument with a NUL.
        case nul(String)
        /// A quote that is never closed; the offset is in bytes from the start of the text.
        case openQuote(Int)
        /// A backslash that starts none of the known escapes; the offset is in bytes from the start
        /// of the text.
        case escape(Int)
        /// A word whose escapes are not valid UTF-8; the offset is in bytes from the start of the
        /// text.
        case encoding(Int)
        /// A `;` that starts another command; the offset is in bytes from the start of the text.
        case anotherCommand(Int)

        /// What is wrong, in one line.
        package var message: String {
            switch self {
            case .empty: "the command line is empty"
            case .program(let program): "\(program.debugDescription) cannot be the program of a command line"
            case .nul(let argument): "the argument \(argument.debugDescription) has a NUL"
            case .openQuote: "the quote is never closed"
            case .escape: "the backslash starts no known escape"
            case .encoding: "the word is not valid UTF-8"
            case .anotherCommand: "the ';' starts another command"
            }
        }
    }

    /// Writes an argument vector as one value, so that systemd runs exactly that.
    ///
    /// Words are quoted where they must be, controls become C escapes, `$` becomes `$$` and `%`
    /// becomes `%%`; other UTF-8 is left alone. A prefix such as `-` is prepended by the caller.
    package static func quote(_ arguments: [String]) throws(Failure) -> String {
        guard let program = arguments.first else { throw .empty }
        guard isProgram(program) else { throw .program(program) }
        var line: [UInt8] = []
        for (index, argument) in arguments.enumerated() {
            if index > 0 { line.append(Byte.space) }
            var argument = argument
            guard argument.withUTF8({ append($0, to: &line) }) else { throw .nul(argument) }
        }
        return String(decoding: line, as: UTF8.self)
    }

    private static func isProgram(_ program: String) -> Bool {
        let bytes = Array(program.utf8)
        guard let first = bytes.first, !Array("@-:+!|".utf8).contains(first), bytes.last != Byte.slash, program != ";"
        else { return false }
        return !bytes.contains {
            Byte.isControl($0) || [Byte.quote, Byte.apostrophe, Byte.backslash, Byte.dollar].contains($0)
        }
    }

    /// A byte that means itself in a word.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "="), UInt8(ascii: ","), UInt8(ascii: "."),
            UInt8(ascii: "/"),
            UInt8(ascii: ":"), UInt8(ascii: "@"):
            true
        default: false
        }
    }

    /// A byte that has to be in quotes.
    private static func isQuoted(_ byte: UInt8) -> Bool {
        byte == Byte.space || byte == Byte.quote || byte == Byte.apostrophe || byte == Byte.backslash
            || Byte.isControl(byte)
    }

    /// Appends a word, in quotes if need be; false when it has a NUL.
    private static func append(_ word: UnsafeBufferPointer<UInt8>, to line: inout [UInt8]) -> Bool {
        if !word.isEmpty, word.allSatisfy(isPlain) {
            line.append(contentsOf: word)
            return true
        }
        let needsQuotes = word.isEmpty || word.elementsEqual([Byte.semicolon]) || word.contains(where: isQuoted)
        if needsQuotes { line.append(Byte.quote) }
        for byte in word {
            switch byte {
            case 0: return false
            case Byte.dollar, Byte.percent: line += [byte, byte]
            case Byte.quote, Byte.backslash: line += [Byte.backslash, byte]
            case _ where Byte.isControl(byte): line += Escapes.escape(byte)
            default: line.append(byte)
            }
        }
        if needsQuotes { line.append(Byte.quote) }
        return true
    }

    /// Reads the arguments of a line with one command back: the inverse of ``quote(_:)``.
    ///
    /// `%%` and `$$` become single; other specifiers and variables are left as they are, as are
    /// prefixes of the program.
    package static func split(_ line: String) throws(Failure) -> [String] {
        var arguments: [String] = []
        for word in try words(line, isCommand: true) {
            arguments.append(single(word.text))
        }
        return arguments
    }

    private static func single(_ text: String) -> String {
        var result: [UInt8] = []
        var pending: UInt8?
        for byte in text.utf8 {
            if let first = pending, first == byte {
                pending = nil
            } else {
                pending = byte == Byte.dollar || byte == Byte.percent ? byte : nil
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
