import Values

/// How often each interrupt of a device came to each CPU, from `/proc/interrupts`. The kernel's
/// own, such as timers, are not among them.
package struct InterruptCounts: Hashable, Sendable {
    /// Number, then CPU.
    package private(set) var counts: [Int: [Int: UInt64]] = [:]
    /// What the kernel says of each: its controller and who handles it.
    package private(set) var names: [Int: String] = [:]

    /// None.
    package init() {}

    /// Reads `/proc/interrupts`.
    package init(_ text: String) {
        let lines = text.split(separator: "\n")
        // `CPU0 CPU2`: those that are online.
        let cpus = (lines.first ?? "").split(separator: " ").compactMap { Int($0.dropFirst(3)) }
        for line in lines.dropFirst() {
            let words = line.split(separator: " ")
            guard let number = words.first.flatMap({ $0.last == ":" ? Int($0.dropLast()) : nil }),
                words.count > cpus.count
            else {
                continue
            }
            for (cpu, count) in zip(cpus, words.dropFirst()) { counts[number, default: [:]][cpu] = UInt64(count) }
            names[number] = words.dropFirst(1 + cpus.count).last.map(String.init)
        }
    }

    /// Reads what `text` wrote.
    package init(kept text: String) {
        for line in text.split(separator: "\n") {
            let numbers = line.split(separator: " ").compactMap { UInt64($0) }
            guard numbers.count == 3 else { continue }
            counts[Int(numbers[0]), default: [:]][Int(numbers[1])] = numbers[2]
        }
    }

    /// A line for each that came, for a file.
    package var text: String {
        let lines = counts.sorted { $0.key < $1.key }.flatMap { number, counts in
            counts.sorted { $0.key < $1.key }.filter { $0.value > 0 }.map { "\(number) \($0.key) \($0.value)\n" }
        }
        return lines.joined()
    }

    /// The number of interrupts on some of these CPUs since then, most frequent first.
    func since(_ earlier: InterruptCounts, on cpus: CPUSet) -> [(number: Int, count: UInt64, cpus: CPUSet)] {
        var result: [(number: Int, count: UInt64, cpus: CPUSet)] = []
        for (number, counts) in counts {
            var sum: UInt64 = 0
            var interrupted = CPUSet()
            for (cpu, count) in counts where cpus.contains(cpu) {
                let before = earlier.counts[number]?[cpu] ?? 0
                // The count of a number that was given to another device begins at 0.
                let new = count >= before ? count - before : count
                if new > 0 { interrupted.insert(cpu) }
                sum += new
            }
            if sum > 0 { result.append((number, sum, interrupted)) }
        }
        return result.sorted { ($1.count, $0.number) < ($0.count, $1.number) }
    }
}
