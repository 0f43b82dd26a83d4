import Values

extension ValueType where Value == ReleaseNumber {
    static let release = ValueType("a release such as 24.11.1 or 10.0.2") { ReleaseNumber($0) }
}

extension ValueType where Value == BuildDrivers {
    static let drivers = ValueType(
        "all, or names of drivers such as net/ice", name: "drivers",
        syntax: "CLASS/NAME as in the directory drivers of DPDK, separated by spaces"
    ) { text in
        if text == "all" { return .all }
        let names = text.split(separator: " ").map(String.init)
        let areNames = names.allSatisfy { name in
            let parts = name.split(separator: "/", omittingEmptySubsequences: false)
            return parts.count == 2
                && parts.allSatisfy { part in
                    !part.isEmpty && part.utf8.allSatisfy { $0 == UInt8(ascii: "_") || $0.isLowercase || $0.isDigit }
                }
        }
        return names.isEmpty || !areNames ? nil : .named(names)
    }
}

extension ValueType where Value == String {
    static let url = ValueType("a URL with http:// or https://") { $0.hasPrefix("http") ? image.read($0) : nil }

    /// A commit says which content it is, so the way to it need not be trusted.
    static let repository = ValueType("a URL with https://, http:// or git://, or an absolute path") { text in
        if text.hasPrefix("git://") { return url.read("http" + text.dropFirst(3)).map { _ in text } }
        return text.hasPrefix("file:") ? nil : image.read(text)
    }

    static let commit = ValueType("40 hexadecimal digits") { text in
        let digits = text.lowercased()
        return digits.utf8.count == 40 && digits.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
            ? digits : nil
    }

    static let instructionSet = ValueType("generic, native or a value of -march= such as x86-64-v3") { text in
        let isName = text.utf8.allSatisfy { $0.isLowercase || $0.isDigit || $0 == UInt8(ascii: "-") }
        return (1...32).contains(text.utf8.count) && isName && !text.hasPrefix("-") ? text : nil
    }
}

extension ValueType where Value == [String] {
    static let paths = ValueType(
        "an absolute path", name: "path",
        syntax: "Given again, the setting adds a file; an empty value removes all of them", join: { $0 + $1 },
        { ValueType<String>.path.read($0).map { [$0] } })
}
