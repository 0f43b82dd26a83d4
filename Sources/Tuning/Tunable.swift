package import Values

/// Where a value is that tuning changes.
package enum Tunable: Hashable, Sendable {
    /// A file of `/proc` or `/sys`.
    case file(String)
    /// `AllowedCPUs=` of one of systemd's slices, or of `init.scope`.
    case slice(String)
    /// The CPUs that irqbalance leaves alone.
    case irqBalance

    private enum Kind {
        case text
        /// `always [madvise] never`
        case choice
        /// CPUs in hexadecimal, with a comma after each 32.
        case mask
        /// `0-3,8`
        case list
    }

    private var kind: Kind {
        guard case .file(let path) = self else { return .list }
        if path.hasSuffix("/cpumask") || path.hasSuffix("/default_smp_affinity") { return .mask }
        if path.hasSuffix("/smp_affinity_list") { return .list }
        return path.hasPrefix("/sys/kernel/mm/transparent_hugepage/") ? .choice : .text
    }

    /// What was read there, as it can be written there, and the same for the same value.
    package func value(_ text: String) -> String? {
        switch kind {
        case .text: text
        case .choice:
            text.split(separator: " ").first { $0.hasPrefix("[") && $0.hasSuffix("]") }.map {
                String($0.dropFirst().dropLast())
            }
        case .mask: CPUSet(mask: text)?.mask
        case .list: CPUSet(text)?.description
        }
    }

    /// The CPUs of a value, if that is what it holds.
    func cpus(_ value: String) -> CPUSet? {
        switch kind {
        case .mask: CPUSet(mask: value)
        case .list: CPUSet(value)
        case .text, .choice: nil
        }
    }

    /// CPUs as a value for this place.
    func value(_ cpus: CPUSet) -> String { kind == .mask ? cpus.mask : cpus.description }

    /// The number of the interrupt whose CPUs these are.
    package var interrupt: Int? {
        guard case .file(let path) = self, path.hasPrefix("/proc/irq/"), path.hasSuffix("/smp_affinity_list") else {
            return nil
        }
        return Int(path.dropFirst("/proc/irq/".count).dropLast("/smp_affinity_list".count))
    }

    /// The CPU whose being online it is.
    package var cpu: Int? {
        guard case .file(let path) = self, path.hasPrefix("/sys/devices/system/cpu/cpu"), path.hasSuffix("/online")
        else { return nil }
        return Int(path.dropFirst("/sys/devices/system/cpu/cpu".count).dropLast("/online".count))
    }
}

extension Tunable: CustomStringConvertible {
    /// For messages, and in the record: a path, `slice:system.slice` or `irqbalance`.
    package var description: String {
        switch self {
        case .file(let path): path
        case .slice(let name): "slice:" + name
        case .irqBalance: "irqbalance"
        }
    }

    /// The place of that description.
    package init?(_ text: String) {
        if text.hasPrefix("/") {
            self = .file(text)
        } else if text.hasPrefix("slice:") {
            self = .slice(String(text.dropFirst("slice:".count)))
        } else if text == "irqbalance" {
            self = .irqBalance
        } else {
            return nil
        }
    }
}

extension CPUSet {
    /// Reads `1,000000ff`, a mask as the kernel writes it: groups of 32 bits, the highest first.
    package init?(mask: String) {
        let groups = mask.split(separator: ",", omittingEmptySubsequences: false)
        guard !groups.isEmpty else { return nil }
        self.init()
        for (index, group) in groups.reversed().enumerated() {
            guard group.utf8.count <= 8, let bits = UInt32(group, radix: 16) else { return nil }
            for bit in 0..<32 where bits & 1 << UInt32(bit) != 0 { insert(index * 32 + bit) }
        }
    }

    /// The same without zeros in front.
    var mask: String {
        var groups = [UInt32](repeating: 0, count: (last ?? 0) / 32 + 1)
        for cpu in cpus { groups[cpu / 32] |= 1 << UInt32(cpu % 32) }
        return groups.reversed().enumerated().map { Hexadecimal.padded($1, $0 == 0 ? 1 : 8) }.joined(separator: ",")
    }
}
