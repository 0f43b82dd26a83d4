/// Names of units and what may be in them (systemd.unit(5), "String escaping for inclusion in unit names"; systemd-escape(1)).
public enum UnitName {
    /// The longest unit name in bytes.
    public static let lengthLimit = 255

    private static let types: Set<String> = [
        "service", "socket", "target", "device", "mount", "automount", "swap", "timer", "path", "slice", "scope",
    ]

    /// Escapes any text for use in a unit name, as `systemd-escape` does: `/` becomes `-`, and what is not a letter, a digit or one of `:_.` becomes
    /// `\xHH`, as does a dot at the start.
    public static func escape(_ text: String) -> String {
        escape(Array(text.utf8))
    }

    private static func escape(_ bytes: [UInt8]) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        for byte in bytes {
            if byte == Byte.slash {
                result.append(Byte.dash)
            } else if byte == Byte.dash || byte == Byte.backslash || !isNameByte(byte) || (byte == Byte.dot && result.isEmpty) {
                result += Byte.hexEscape(byte)
            } else {
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Undoes ``escape(_:)``, as `systemd-escape -u` does.
    ///
    /// - Returns: nil for an escape that is not `\xHH`, and for what would not be text: a NUL or invalid UTF-8.
    public static func unescape(_ name: String) -> String? {
        let bytes = Array(name.utf8)
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case Byte.dash:
                result.append(Byte.slash)
            case Byte.backslash:
                guard index + 3 < bytes.count, bytes[index + 1] == UInt8(ascii: "x"),
                    let high = Byte.hexValue(bytes[index + 2]), let low = Byte.hexValue(bytes[index + 3])
                else { return nil }
                result.append(high << 4 | low)
                index += 3
            default:
                result.append(bytes[index])
            }
            index += 1
        }
        return result.contains(0) ? nil : String(validating: result, as: UTF8.self)
    }

    /// Escapes a path, as `systemd-escape --path` does: slashes at both ends, doubled slashes and `.` components go, and `/` becomes `-`.
    ///
    /// - Returns: nil for a path with a `..` component, for `.` alone, and for a component over 255 or a path over 4095 bytes.
    public static func escapePath(_ path: String) -> String? {
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

    /// Undoes ``escapePath(_:)``, as `systemd-escape -u --path` does; the result starts with `/`.
    ///
    /// - Returns: nil for what ``escapePath(_:)`` never makes: an empty name, slashes at an end or doubled, components `.` and `..`, and what
    ///   ``unescape(_:)`` refuses.
    public static func unescapePath(_ name: String) -> String? {
        guard name != "-" else { return "/" }
        guard let path = unescape(name), !path.isEmpty else { return nil }
        let components = path.utf8.split(separator: Byte.slash, omittingEmptySubsequences: false)
        guard isNormalized(components), !components.contains(where: { $0.isEmpty || $0.elementsEqual([Byte.dot]) }) else { return nil }
        return "/" + path
    }

    /// Whether it is the name of a unit, an instance or a template: prefix, type, length and characters (systemd.unit(5), "Description").
    public static func isValid(_ name: String) -> Bool {
        guard let parts = Parts(name) else { return false }
        return name.utf8.count <= lengthLimit && types.contains(parts.type) && !parts.prefix.isEmpty
            && (parts.prefix + (parts.instance ?? "")).utf8.allSatisfy { isNameByte($0) || $0 == Byte.at }
    }

    /// Whether it is the name of a template, such as `pvp-vfio@.service`.
    public static func isTemplate(_ name: String) -> Bool {
        isValid(name) && Parts(name)?.instance == ""
    }

    /// The name of a template's instance; the instance is taken as it is, so ``escape(_:)`` or ``escapePath(_:)`` it first if it is free text.
    ///
    /// - Returns: nil if the template is none, or the name would not be valid.
    public static func instantiate(_ template: String, instance: String) -> String? {
        guard isTemplate(template), !instance.isEmpty, let parts = Parts(template) else { return nil }
        let name = parts.prefix + "@" + instance + "." + parts.type
        return isValid(name) && Parts(name)?.instance == instance ? name : nil
    }

    /// What is between the `@` and the type, still escaped; nil for a name without `@` and for an invalid one, empty for a template.
    public static func instance(of name: String) -> String? {
        isValid(name) ? Parts(name)?.instance : nil
    }

    private struct Parts {
        var prefix: String
        var instance: String?
        var type: String

        init?(_ name: String) {
            guard let dot = name.utf8.lastIndex(of: Byte.dot) else { return nil }
            let stem = name[..<dot]
            type = String(name[name.utf8.index(after: dot)...])
            if let at = stem.utf8.firstIndex(of: Byte.at) {
                prefix = String(stem[..<at])
                instance = String(stem[stem.utf8.index(after: at)...])
            } else {
                prefix = String(stem)
            }
        }
    }

    /// What a unit name may have besides `@`.
    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: ":"), UInt8(ascii: "_"), Byte.dot, Byte.dash, Byte.backslash: true
        default: false
        }
    }

    private static func isNormalized(_ components: [some Collection<UInt8>]) -> Bool {
        let length = components.reduce(0) { $0 + 1 + $1.count }
        return length < 4096 && components.allSatisfy { $0.count <= 255 && !$0.elementsEqual([Byte.dot, Byte.dot]) }
    }
}
