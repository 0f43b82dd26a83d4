/// The progress of ninja, such as `[140/434] Compiling C object …`.
package struct CompileProgress: Hashable, Sendable {
    /// The number of finished steps.
    package var done: Int
    /// The number of all steps. It may change while ninja runs.
    package var total: Int

    /// Reads a line; `nil` if it is none of progress.
    package init?(_ line: some StringProtocol) {
        guard line.hasPrefix("["), let end = line.firstIndex(of: "]") else { return nil }
        let numbers = line[line.index(after: line.startIndex)..<end].split(
            separator: "/", omittingEmptySubsequences: false)
        guard numbers.count == 2, let done = Self.number(numbers[0]), let total = Self.number(numbers[1]),
            done <= total, total > 0
        else { return nil }
        self.done = done
        self.total = total
    }

    private static func number(_ text: some StringProtocol) -> Int? {
        text.utf8.allSatisfy { (48...57).contains($0) } ? Int(text) : nil
    }
}
