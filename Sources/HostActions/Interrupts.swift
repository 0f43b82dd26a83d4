package import Linux

/// Interrupts as `/proc/irq` shows them (kernel: Documentation/core-api/irq/irq-affinity.rst).
package enum Interrupts {
    private static let files: Set = [
        "affinity_hint", "effective_affinity", "effective_affinity_list", "node", "smp_affinity", "smp_affinity_list",
        "spurious",
    ]

    /// Who handles each interrupt. Each handler is a directory with its name; an interrupt without
    /// any never comes, and is left out.
    package static func handlers(in root: Root) -> [Int: String] {
        let numbers = ((try? root.list("/proc/irq")) ?? []).compactMap { Int($0) }
        return numbers.reduce(into: [:]) { handlers, number in handlers[number] = handler(of: number, in: root) }
    }

    /// The names of the handlers; `nil` when there is none.
    package static func handler(of number: Int, in root: Root) -> String? {
        ((try? root.list("/proc/irq/\(number)")) ?? []).first { !files.contains($0) }
    }
}
