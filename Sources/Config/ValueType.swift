import HostTopology

/// A type of value that a setting can have: how it is described, and how it is read. The rules are systemd's (`systemd.syntax(7)`).
public struct ValueType<Value>: Sendable {
    /// What is expected, for messages and manuals: "a size such as 512M or 4G".
    public let expected: String
    /// Reads the text; `nil` when it is not such a value.
    let read: @Sendable (String) -> Value?

    init(_ expected: String, _ read: @escaping @Sendable (String) -> Value?) {
        self.expected = expected
        self.read = read
    }
}

/// A value that the plan works out unless it is given.
public enum Auto<Value: Hashable & Sendable>: Hashable, Sendable {
    /// Worked out from the machine.
    case auto
    /// Given by the user: checked, never changed.
    case given(Value)

    /// The value that was given.
    public var value: Value? {
        if case .given(let value) = self { value } else { nil }
    }
}

extension ValueType where Value == Bool {
    static let boolean = ValueType("yes or no") { text in
        switch text.lowercased() {
        case "1", "yes", "y", "true", "t", "on": true
        case "0", "no", "n", "false", "f", "off": false
        default: nil
        }
    }
}

extension ValueType where Value == UInt64 {
    /// Bytes, base 1024.
    static let size = ValueType("a size such as 512M or 4G") { text in
        let shift: UInt64 =
            switch text.last {
            case "K": 10
            case "M": 20
            case "G": 30
            case "T": 40
            default: 0
            }
        guard let number = UInt64(shift == 0 ? text[...] : text.dropLast()), number > 0, number <= (UInt64.max >> 16) >> shift else {
            return nil
        }
        return number << shift
    }
}

extension ValueType where Value == Int {
    static func integer(_ range: ClosedRange<Int>) -> ValueType {
        ValueType("a number from \(range.lowerBound) to \(range.upperBound)") { text in
            Int(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }
}

extension ValueType where Value == CPUSet {
    static let cpus = ValueType("a list of CPUs such as 2-7,10") { text in
        CPUSet(text).flatMap { $0.isEmpty ? nil : $0 }
    }
}

extension ValueType where Value == PageCounts {
    static let pages = ValueType("a number of pages, or NODE:PAGES for each node such as 0:4 1:2") { text in
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
    static let pciAddress = ValueType("a PCI address such as 0000:17:00.0") { PCIAddress($0) }
}

extension ValueType where Value == String {
    /// Part of the names of units, sockets and domains.
    static let name = ValueType("a name of 1 to 32 lower-case letters, digits, '-' and '_' that starts with a letter") { text in
        let bytes = text.utf8
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        guard (1...32).contains(bytes.count), let first = bytes.first, letters.contains(first) else { return nil }
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        return bytes.allSatisfy { letters.contains($0) || digits.contains($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
            ? text : nil
    }

    static let path = ValueType("an absolute path") { text in
        text.utf8.first == UInt8(ascii: "/") && !text.utf8.contains { $0 < 0x20 || $0 == 0x7f } ? text : nil
    }

    static let text = ValueType("text without control characters") { text in
        text.utf8.contains { $0 < 0x20 || $0 == 0x7f } ? nil : text
    }
}

extension ValueType where Value == [String] {
    /// Arguments for a kernel command line.
    static let kernelArguments = ValueType("kernel arguments separated by spaces, without quotes or control characters") { text in
        // The boot loader's files are read by a shell, so what could mean something there is refused.
        let special = Set("\"'`$\\;&|<>()*?#".utf8)
        return text.utf8.contains { $0 < 0x20 || $0 >= 0x7f || special.contains($0) } ? nil : text.split(separator: " ").map(String.init)
    }
}

extension ValueType where Value: CaseIterable & RawRepresentable & SendableMetatype, Value.RawValue == String {
    static func word() -> ValueType {
        ValueType("one of " + Value.allCases.map(\.rawValue).joined(separator: ", ")) { Value(rawValue: $0) }
    }
}

extension ValueType {
    /// The same, or `auto`.
    static func auto<Given>(or type: ValueType<Given>) -> ValueType where Value == Auto<Given> {
        ValueType("auto, or " + type.expected) { $0 == "auto" ? .auto : type.read($0).map { .given($0) } }
    }
}
