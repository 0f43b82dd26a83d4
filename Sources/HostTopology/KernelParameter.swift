import Values

/// A parameter of the kernel's command line. Two are equal if they mean the same, however they are
/// written (kernel: Documentation/admin-guide/kernel-parameters.txt).
package struct KernelParameter: Hashable, Sendable {
    private enum Value: Hashable {
        case text(Substring?)
        case size(UInt64)
        case pages([Int: Int])
        case cpus(CPUSet, flags: Set<Substring>)
    }

    /// The name, with `_` for `-`: the kernel takes both for the same.
    package let name: String
    private let value: Value

    /// Reads a word such as `isolcpus=1-3`.
    package init(_ text: String) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(text.prefix { $0 != "=" }.map { $0 == "-" ? "_" : $0 })
        let value = parts.count > 1 ? parts[1] : nil
        self.name = name
        self.value = value.flatMap { Self.value($0, of: name) } ?? .text(value)
    }

    /// `nil` for a value that is compared as text.
    private static func value(_ text: Substring, of name: String) -> Value? {
        switch name {
        case "isolcpus": isolation(text)
        case "nohz_full", "rcu_nocbs", "irqaffinity": cpus(text).map { .cpus($0, flags: []) }
        case "hugepages": pages(text)
        case "hugepagesz", "default_hugepagesz": size(text)
        default: nil
        }
    }

    /// `[FLAG,]...LIST`. Without a flag the CPUs are isolated from scheduling domains, which is
    /// `domain`.
    private static func isolation(_ text: Substring) -> Value? {
        let items = text.split(separator: ",", omittingEmptySubsequences: false)
        let flags = items.prefix { ["nohz", "domain", "managed_irq"].contains($0) }
        let list = items.dropFirst(flags.count).joined(separator: ",")
        return cpus(list[...]).map { .cpus($0, flags: flags.isEmpty ? ["domain"] : Set(flags)) }
    }

    /// Lists with other syntax, such as `1-N` and `0-7:2/4`, are compared as text.
    private static func cpus(_ list: Substring) -> CPUSet? { CPUSet(String(list)).flatMap { $0.isEmpty ? nil : $0 } }

    /// `NODE:PAGES,...`
    private static func pages(_ text: Substring) -> Value? {
        var pages: [Int: Int] = [:]
        for item in text.split(separator: ",", omittingEmptySubsequences: false) {
            let numbers = item.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
            guard numbers.count == 2, let node = numbers[0], let count = numbers[1], pages[node] == nil else {
                return nil
            }
            pages[node] = count
        }
        return .pages(pages)
    }

    /// As the kernel's `memparse()` reads it.
    private static func size(_ text: Substring) -> Value? {
        let digits = text.prefix { ("0"..."9").contains($0) }
        let shifts: [Substring: UInt64] = ["": 0, "K": 10, "M": 20, "G": 30]
        guard let number = UInt64(digits), number < 1 << 32 || digits.count == text.count,
            let shift = shifts[Substring(text.dropFirst(digits.count).uppercased())]
        else { return nil }
        return .size(number << shift)
    }
}
