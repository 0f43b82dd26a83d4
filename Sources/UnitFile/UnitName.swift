/// Names of units and what may be in them (systemd.unit(5), "String escaping for inclusion in unit
/// names"; systemd-escape(1)).
package enum UnitName {
    /// Escapes any text for use in a unit name, as `systemd-escape` does: `/` becomes `-`, and what
    /// is not a letter, a digit or one of `:_.` becomes `\xHH`, as does a dot at the start.
    package static func escape(_ text: String) -> String {
        escape(Array(text.utf8))
    }

    private static func escape(_ bytes: [UInt8]) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        for byte in bytes {
            if byte == Byte.slash {
                result.append(Byte.dash)
            } else if byte == Byte.dash || byte == Byte.backslash || !isNameByte(byte)
                || (byte == Byte.dot && result.isEmpty)
            {
                result += Byte.hexEscape(byte)
            } else {
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Escapes a path, as `systemd-escape --path` does: slashes at both ends, doubled slashes and
    /// `.` components go, and `/` becomes `-`.
    ///
    /// - Returns: nil for a path with a `..` component, for `.` alone, and for a component over 255
    ///   or a path over 4095 bytes.
    package static func escapePath(_ path: String) -> String? {
        let bytes = Array(path.utf8)
        var normal: [UInt8] = []
        var start = 0
        while start < bytes.count {
            let component = bytes[start...].prefix { $0 != Byte.slash }
            start = component.endIndex + 1
            if component.isEmpty || component.elementsEqual([Byte.dot]) { continue }
            guard component.count <= 255, !component.elementsEqual([Byte.dot, Byte.dot]) else { return nil }
            if !normal.isEmpty { normal.append(Byte.slash) }
            normal += component
        }
        guard !normal.isEmpty else {
            return bytes.isEmpty || bytes.first == Byte.slash ? "-" : nil
        }
        // With the slash in front.
        return normal.count < 4095 ? escape(normal) : nil
    }

    /// What a unit name may have besides `@`.
    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"):
            true
        case UInt8(ascii: ":"), UInt8(ascii: "_"), Byte.dot, Byte.dash, Byte.backslash: true
        default: false
        }
    }
}
