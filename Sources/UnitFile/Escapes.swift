/// The C-style escapes in values (systemd.syntax(7), "Quoting", table 1).
enum Escapes {
    /// A byte as its escape: the letter that C has for it, else `\xHH`.
    static func escape(_ byte: UInt8) -> [UInt8] {
        switch byte {
        case 0x07: [Byte.backslash, UInt8(ascii: "a")]
        case 0x08: [Byte.backslash, UInt8(ascii: "b")]
        case 0x09: [Byte.backslash, UInt8(ascii: "t")]
        case 0x0A: [Byte.backslash, UInt8(ascii: "n")]
        case 0x0B: [Byte.backslash, UInt8(ascii: "v")]
        case 0x0C: [Byte.backslash, UInt8(ascii: "f")]
        case 0x0D: [Byte.backslash, UInt8(ascii: "r")]
        case Byte.space: [Byte.backslash, UInt8(ascii: "s")]
        case Byte.backslash, Byte.quote, Byte.apostrophe: [Byte.backslash, byte]
        default: Byte.hexEscape(byte)
        }
    }

    /// Reads what follows a backslash: the bytes it stands for, and how many bytes it takes. Nil
    /// for an escape that is not in the table.
    static func read(_ text: ArraySlice<UInt8>) -> (bytes: [UInt8], length: Int)? {
        guard let first = text.first else { return nil }
        switch first {
        case UInt8(ascii: "a"): return ([0x07], 1)
        case UInt8(ascii: "b"): return ([0x08], 1)
        case UInt8(ascii: "t"): return ([0x09], 1)
        case UInt8(ascii: "n"): return ([0x0A], 1)
        case UInt8(ascii: "v"): return ([0x0B], 1)
        case UInt8(ascii: "f"): return ([0x0C], 1)
        case UInt8(ascii: "r"): return ([0x0D], 1)
        case UInt8(ascii: "s"): return ([Byte.space], 1)
        case Byte.backslash, Byte.quote, Byte.apostrophe: return ([first], 1)
        case UInt8(ascii: "x"):
            guard let code = number(text.dropFirst(), digits: 2, base: 16), code != 0 else { return nil }
            return ([UInt8(truncatingIfNeeded: code)], 3)
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            guard let code = number(text, digits: 3, base: 8), code != 0, code < 256 else { return nil }
            return ([UInt8(truncatingIfNeeded: code)], 3)
        case UInt8(ascii: "u"), UInt8(ascii: "U"):
            let digits = first == UInt8(ascii: "u") ? 4 : 8
            guard let code = number(text.dropFirst(), digits: digits, base: 16), code != 0, Byte.isCharacter(code),
                let scalar = Unicode.Scalar(code)
            else { return nil }
            return (Array(String(scalar).utf8), digits + 1)
        default: return nil
        }
    }

    private static func number(_ text: ArraySlice<UInt8>, digits: Int, base: UInt32) -> UInt32? {
        guard text.count >= digits else { return nil }
        var code: UInt32 = 0
        for byte in text.prefix(digits) {
            guard let digit = Byte.hexValue(byte), digit < base else { return nil }
            code = code * base + UInt32(digit)
        }
        return code
    }
}
