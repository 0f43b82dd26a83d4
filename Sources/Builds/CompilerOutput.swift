/// The last lines of a command's output that are not progress, for the message about its failure.
package struct CompilerOutput: Sendable {
    /// The lines, the oldest first.
    package private(set) var lines: [String] = []
    /// The progress as the last line of it reports it.
    package private(set) var progress: CompileProgress?
    /// The first line with an error of the compiler, the linker or meson. Source lines and the
    /// ends of other compilers follow it.
    package private(set) var error: String?
    private let limit: Int

    /// What a line with an error has (gcc, ld, meson and ninja).
    private static let marks = ["error: ", "ERROR: ", "undefined reference to "]

    package init(limit: Int = 20) { self.limit = limit }

    /// The error, or the last lines.
    package var summary: String { error ?? lines.suffix(3).joined(separator: " | ") }

    /// Adds a line without its end.
    package mutating func add(_ line: String) {
        if let progress = CompileProgress(line) {
            self.progress = progress
            return
        }
        guard !line.allSatisfy(\.isWhitespace) else { return }
        if error == nil, Self.marks.contains(where: { line.contains($0) }) { error = line }
        lines.append(line)
        if lines.count > limit { lines.removeFirst() }
    }
}
