/// The number of a release, such as 24.11.1 or 10.1.0-rc2, compared number by number. A release
/// candidate comes before its release.
package struct ReleaseNumber: Hashable, Sendable, Comparable, CustomStringConvertible {
    private var numbers: [Int]
    /// `rc2`; empty for a release.
    private var candidate: String

    /// Reads two to four numbers with dots between them, and `-rcN` behind them.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let words = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let numbers = words.compactMap { $0.utf8.allSatisfy { (48...57).contains($0) } ? Int($0) : nil }
        guard numbers.count == words.count, (2...4).contains(numbers.count), text.utf8.count <= 32 else { return nil }
        candidate = parts.count == 2 ? String(parts[1]) : ""
        if parts.count == 2 {
            guard candidate.hasPrefix("rc"), Int(candidate.dropFirst(2)) != nil else { return nil }
        }
        self.numbers = numbers
        self.text = text
    }

    /// As it was written: DPDK's 24.07 keeps its zero.
    private let text: String
    package var description: String { text }

    /// Without its candidate and anything behind the first two numbers: 24.11 of 24.11.1.
    package func isAtLeast(_ first: Int, _ second: Int) -> Bool {
        (numbers[0], numbers[1]) >= (first, second)
    }

    package static func < (a: ReleaseNumber, b: ReleaseNumber) -> Bool {
        for index in 0..<max(a.numbers.count, b.numbers.count) {
            let (x, y) = (a.number(index), b.number(index))
            if x != y { return x < y }
        }
        if a.candidate.isEmpty || b.candidate.isEmpty { return !a.candidate.isEmpty && b.candidate.isEmpty }
        return a.candidate < b.candidate
    }

    private func number(_ index: Int) -> Int { index < numbers.count ? numbers[index] : 0 }
}
