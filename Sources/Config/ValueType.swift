import UnitFile
import Values

/// A type of value that a setting can have: how it is described, and how it is read. The rules are
/// systemd's (`systemd.syntax(7)`).
package struct ValueType<Value>: Sendable {
    /// Its description, computed on demand: a boot has no use for it.
    let description: @Sendable () -> ValueDescription
    /// Reads the text; `nil` when it is not such a value.
    let read: @Sendable (String) -> Value?
    /// For a list: how an assignment extends the value before it. Otherwise a later one replaces an
    /// earlier one.
    let join: (@Sendable (Value, Value) -> Value)?

    init(
        _ expected: @autoclosure @escaping @Sendable () -> String, name: String = "", unit: String = "",
        syntax: String = "",
        join: (@Sendable (Value, Value) -> Value)? = nil, _ read: @escaping @Sendable (String) -> Value?
    ) {
        let isList = join != nil
        description = { ValueDescription(name: name, expected: expected(), syntax: syntax, unit: unit, isList: isList) }
        self.read = read
        self.join = join
    }
}

/// A type of value, as messages and documentation describe it.
package struct ValueDescription: Hashable, Sendable {
    /// What the type is called, such as "size"; empty when `expected` says all that there is to
    /// say.
    package var name: String
    /// What is expected, for messages and manuals: "a size such as 512M or 4G".
    package var expected: String
    /// How a value of a type that has a name is written, without the last full stop.
    package var syntax: String
    /// What a number counts: "bytes"; empty where there is none.
    package var unit: String
    /// Whether several assignments add to each other.
    package var isList: Bool
}

/// A value that the plan works out unless it is given.
package enum Auto<Value: Hashable & Sendable>: Hashable, Sendable {
    /// Worked out from the machine.
    case auto
    /// Given by the user: checked, never changed.
    case given(Value)

    /// The value that was given.
    package var value: Value? {
        if case .given(let value) = self { value } else { nil }
    }
}

extension ValueType {
    /// The same, or `auto`.
    static func auto<Given>(or type: ValueType<Given>) -> ValueType where Value == Auto<Given> {
        var join: (@Sendable (Value, Value) -> Value)?
        if let joinGiven = type.join {
            join = { before, new in
                guard let before = before.value, let new = new.value else { return new }
                return .given(joinGiven(before, new))
            }
        }
        return ValueType(
            description: {
                var description = type.description()
                description.expected = "auto, or " + description.expected
                return description
            },
            read: { $0 == "auto" ? .auto : type.read($0).map { .given($0) } }, join: join)
    }

    /// The same, for an optional value.
    var optional: ValueType<Value?> {
        var joinGiven: (@Sendable (Value?, Value?) -> Value?)?
        if let join {
            joinGiven = { before, new in
                guard let before, let new else { return new }
                return join(before, new)
            }
        }
        let read = read
        return ValueType<Value?>(
            description: description, read: { text in read(text).map { Optional($0) } }, join: joinGiven)
    }

    fileprivate init(
        description: @escaping @Sendable () -> ValueDescription, read: @escaping @Sendable (String) -> Value?,
        join: (@Sendable (Value, Value) -> Value)?
    ) {
        self.description = description
        self.read = read
        self.join = join
    }
}

extension ValueType where Value == Bool {
    static let boolean = ValueType(
        "yes or no", name: "boolean",
        syntax: "1, yes, y, true, t and on mean yes; 0, no, n, false, f and off mean no; case does not matter"
    ) { text in
        switch text.lowercased() {
        case "1", "yes", "y", "true", "t", "on": true
        case "0", "no", "n", "false", "f", "off": false
        default: nil
        }
    }
}

extension ValueType where Value == Int {
    static func integer(_ range: ClosedRange<Int>, _ unit: String = "") -> ValueType {
        ValueType("a number from \(range.lowerBound) to \(range.upperBound)", unit: unit) { text in
            Int(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }
}

extension ValueType where Value == CPUSet {
    static let cpus = ValueType(
        "a list of CPUs such as 2-7,10", name: "CPU list", unit: "CPUs",
        syntax:
            "CPU numbers and ranges, separated by commas or spaces. Given again, the setting adds to its list; "
            + "an empty value empties it",
        join: { $0.union($1) },
        { text in CPUSet(text).flatMap { $0.isEmpty ? nil : $0 } })
}

extension ValueType where Value == PageCounts {
    static let pages = ValueType("a number of pages, or NODE:PAGES for each node such as 0:4 1:2", unit: "pages") {
        text in
        if let total = Int(text) { return total > 0 && total <= 1 << 24 ? .total(total) : nil }
        var counts: [Int: Int] = [:]
        for item in text.split(separator: " ") {
            let numbers = item.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
            guard numbers.count == 2, let node = numbers[0], let pages = numbers[1], (0...1023).contains(node),
                (0...1 << 24).contains(pages),
                counts.updateValue(pages, forKey: node) == nil
            else { return nil }
        }
        return counts.isEmpty ? nil : .perNode(counts)
    }
}

extension ValueType where Value == PCIAddress {
    static let pciAddress = ValueType(
        "a PCI address such as 0000:17:00.0", name: "PCI address",
        syntax: "Domain, bus, device and function in hexadecimal as lspci -D prints them; without a domain it is 0000"
    ) { PCIAddress($0) }
}

extension ValueType where Value == String {
    /// Part of the names of units, sockets and domains: a path in `/run/pvp` has room for no longer
    /// one (`unix(7)`), and virsh takes a number for the ID of a domain (`virsh(1)`).
    static let name = ValueType(
        "a name of 1 to 64 letters, digits, '.', '_' and '-' that starts with a letter or digit and is no number"
    ) { text in
        let bytes = text.utf8
        guard (1...64).contains(bytes.count), let first = bytes.first, first.isLetter || first.isDigit,
            !bytes.allSatisfy(\.isDigit)
        else { return nil }
        return bytes.allSatisfy { $0.isLetter || $0.isDigit || $0.isNamePunctuation } ? text : nil
    }

    /// The name of a group (useradd(8), NAME_REGEX).
    static let groupName = ValueType(
        "a name of 1 to 32 lower-case letters, digits, '-' and '_' that starts with a letter"
    ) { text in
        let bytes = text.utf8
        guard (1...32).contains(bytes.count), let first = bytes.first, first.isLowercase else { return nil }
        return bytes.allSatisfy { $0.isLowercase || $0.isDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
            ? text : nil
    }

    /// A unit name that cannot be that of a service of another package.
    static let testpmdName = ValueType("testpmd, or a name that starts with testpmd-") { text in
        text == "testpmd" || text.hasPrefix("testpmd-") ? name.read(text) : nil
    }

    static let path = ValueType("an absolute path") { text in
        text.utf8.first == UInt8(ascii: "/") && !text.hasControlCharacters ? text : nil
    }

    /// A machine type that has the buses on which a guest's devices have their places.
    static let machine = ValueType("q35, or a version of it such as pc-q35-7.2") { text in
        let isVersion = text.hasPrefix("pc-q35-") && (8...64).contains(text.utf8.count)
        let isName = text.utf8.allSatisfy { $0.isLetter || $0.isDigit || $0.isNamePunctuation }
        return text == "q35" || isVersion && isName ? text : nil
    }

    static let text = ValueType("text without control characters") { text in
        text.hasControlCharacters ? nil : text
    }
}

extension ValueType where Value == [String] {
    /// Files that belong to the configuration.
    static let domainXML = ValueType(
        "a path below /etc/pvpgen such as /etc/pvpgen/guest.xml", name: "configuration file",
        syntax: "Given again, the setting adds a file; an empty value removes all of them",
        join: { $0 + $1 },
        { text in
            let parts = text.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
            return text.hasPrefix("/etc/pvpgen/") && !text.hasControlCharacters
                && parts.allSatisfy { !["", ".", ".."].contains($0) } ? [text] : nil
        })

    /// Arguments of a program.
    static let arguments = ValueType(
        "arguments separated by spaces, in quotes where they have spaces themselves", name: "arguments",
        syntax: "Split at spaces, with quotes and escapes as in systemd.syntax(7); $ and % have no special meaning. "
            + "Given again, the setting adds to its list; an empty value empties it",
        join: { $0 + $1 },
        { text in try? ExecCommandLine.arguments(text) })

    /// Arguments for a kernel command line.
    static let kernelArguments = ValueType(
        "kernel arguments separated by spaces, without quotes or control characters", name: "kernel arguments",
        syntax: "Given again, the setting adds to its list; an empty value empties it",
        join: { $0 + $1 },
        { text in
            text.utf8.contains(where: isSpecialInKernelArguments) ? nil : text.split(separator: " ").map(String.init)
        })
}

/// Whether kernel arguments must not have a byte: the boot loader's files are read by a shell, and
/// it could mean something there.
package func isSpecialInKernelArguments(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte >= 0x7f || "\"'`$\\;&|<>()*?#".utf8.contains(byte)
}

extension ValueType where Value: CaseIterable & RawRepresentable & SendableMetatype, Value.RawValue == String {
    static func word() -> ValueType {
        ValueType("one of " + Value.allCases.map(\.rawValue).joined(separator: ", ")) { Value(rawValue: $0) }
    }
}

extension UInt8 {
    var isLowercase: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }
    fileprivate var isLetter: Bool { isLowercase || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }
    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
    fileprivate var isNamePunctuation: Bool {
        [UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-")].contains(self)
    }
}
