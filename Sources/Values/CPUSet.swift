/// A set of logical CPUs, written as the kernel writes it: `2-7,10` (`cpuset(7)`, List format).
package struct CPUSet: Hashable, Sendable {
    /// One more than the highest CPU number that Linux can be built for (`CONFIG_NR_CPUS`).
    package static let limit = 8192

    private var words: [UInt64] = []

    /// The empty set.
    package init() {}

    /// The set of these CPUs; numbers outside `0..<limit` are left out.
    package init(_ cpus: [Int]) {
        for cpu in cpus { insert(cpu) }
    }

    /// Reads `2-7,10`; items are separated by commas, spaces or tabs. `nil` when it is anything
    /// else. The empty text is the empty set.
    package init?(_ text: String) {
        // The number that is being read, and the one in front of the dash.
        var number: Int?
        var first: Int?
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                number = 10 * (number ?? 0) + Int(byte - UInt8(ascii: "0"))
                guard number ?? 0 < Self.limit else { return nil }
            case UInt8(ascii: "-"):
                guard first == nil, number != nil else { return nil }
                first = number
                number = nil
            case UInt8(ascii: ","), UInt8(ascii: " "), UInt8(ascii: "\t"):
                guard insert(from: first, to: number) else { return nil }
                number = nil
                first = nil
            default: return nil
            }
        }
        guard insert(from: first, to: number) else { return nil }
    }

    /// Adds what an item stands for, nothing if it is empty; false when it is no item.
    private mutating func insert(from first: Int?, to last: Int?) -> Bool {
        guard let last else { return first == nil }
        guard first ?? last <= last else { return false }
        insert((first ?? last)...last)
        return true
    }

    /// Adds a CPU; one outside `0..<limit` is left out.
    package mutating func insert(_ cpu: Int) {
        guard (0..<Self.limit).contains(cpu) else { return }
        grow(to: cpu / 64 + 1)
        words[cpu / 64] |= 1 << UInt64(cpu % 64)
    }

    /// Adds CPUs below `limit`, a word at a time.
    private mutating func insert(_ range: ClosedRange<Int>) {
        grow(to: range.upperBound / 64 + 1)
        for word in range.lowerBound / 64...range.upperBound / 64 {
            let low = max(range.lowerBound - word * 64, 0)
            let high = min(range.upperBound - word * 64, 63)
            words[word] |= (UInt64.max << UInt64(low)) & (UInt64.max >> UInt64(63 - high))
        }
    }

    /// Whether the CPU is in the set.
    package func contains(_ cpu: Int) -> Bool {
        cpu >= 0 && cpu / 64 < words.count && words[cpu / 64] & 1 << UInt64(cpu % 64) != 0
    }

    /// The CPUs of both sets.
    package func union(_ other: CPUSet) -> CPUSet { merged(other) { $0 | $1 } }

    /// Adds the CPUs of the other set.
    package mutating func formUnion(_ other: CPUSet) {
        grow(to: other.words.count)
        for index in other.words.indices { words[index] |= other.words[index] }
    }

    private mutating func grow(to count: Int) {
        if words.count < count { words.append(contentsOf: repeatElement(0, count: count - words.count)) }
    }

    /// The CPUs that are in both sets.
    package func intersection(_ other: CPUSet) -> CPUSet { merged(other) { $0 & $1 } }

    /// The CPUs that are not in the other set.
    package func subtracting(_ other: CPUSet) -> CPUSet { merged(other) { $0 & ~$1 } }

    private func merged(_ other: CPUSet, _ operation: (UInt64, UInt64) -> UInt64) -> CPUSet {
        var result = CPUSet()
        result.words.reserveCapacity(max(words.count, other.words.count))
        for index in 0..<max(words.count, other.words.count) {
            result.words.append(
                operation(index < words.count ? words[index] : 0, index < other.words.count ? other.words[index] : 0))
        }
        // Equal sets have equal words, so no empty word stays at the end.
        while result.words.last == 0 { result.words.removeLast() }
        return result
    }

    /// How many CPUs there are in the set.
    package var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    /// True when there is none.
    package var isEmpty: Bool { words.isEmpty }

    /// The lowest CPU.
    package var first: Int? {
        words.firstIndex { $0 != 0 }.map { $0 * 64 + words[$0].trailingZeroBitCount }
    }

    /// The highest CPU.
    package var last: Int? {
        words.last.map { words.count * 64 - 1 - $0.leadingZeroBitCount }
    }

    /// The CPUs in ascending order.
    package var cpus: [Int] {
        var result: [Int] = []
        for (index, word) in words.enumerated() {
            var rest = word
            while rest != 0 {
                result.append(index * 64 + rest.trailingZeroBitCount)
                rest &= rest - 1
            }
        }
        return result
    }
}

extension CPUSet: CustomStringConvertible {
    /// The kernel's own spelling, such as `2-7,10`.
    package var description: String {
        var text: UTF8StringBuilder = ""
        for (index, word) in words.enumerated() {
            var rest = word
            while rest != 0 {
                let first = index * 64 + rest.trailingZeroBitCount
                // A CPU that continues another is in the range of that.
                rest &= rest - 1
                if contains(first - 1) { continue }
                var last = first
                while contains(last + 1) { last += 1 }
                if !text.bytes.isEmpty { text.appendLiteral(",") }
                text.appendInterpolation(first)
                if last > first { text += "-\(last)" }
            }
        }
        return text.string
    }
}
