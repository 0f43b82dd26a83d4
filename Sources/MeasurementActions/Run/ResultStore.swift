package import Diagnostics
import JSON
import Linux
package import MeasurementResults

/// The files of a result: the document, which is written after each trial, and a summary and a page
/// for people, which are written at the end.
package struct ResultStore: Hashable, Sendable {
    /// Where results are if no other directory is named.
    package static let directory = "/var/lib/pvpgen/results"

    private let base: String

    /// The files of a result with a name, or of the document at a path that ends in `.json`.
    package init(_ name: String, in directory: String) { base = "\(UserFile.absolute(directory))/\(name)" }
    package init(document path: String) {
        let path = UserFile.absolute(path)
        base = path.hasSuffix(".json") ? String(path.dropLast(5)) : path
    }

    /// The file of the document, of the Markdown summary, and of the page.
    package var document: String { base + ".json" }
    package var summary: String { base + ".md" }
    package var page: String { base + ".html" }

    /// Reads a document. Throws `file-unreadable`, and what reads the JSON.
    package static func read(_ file: String) throws(Problem) -> MeasurementResult {
        let remedy = "name a result of 'pvpgen measure'"
        let content = try UserFile.read(file, remedy: remedy)
        do throws(Problem) {
            return try MeasurementResult(JSON(content))
        } catch {
            throw Problem(error.code, "\(file): \(error.message)", remedy: error.remedy)
        }
    }

    /// Writes the document, whole or not at all. Throws `result-not-written`; the former content is
    /// unchanged then.
    package func write(_ result: MeasurementResult) throws(Problem) { try write(result.json.text, to: document) }

    /// Writes the document, the summary and the page. Throws `result-not-written`.
    package func finish(_ result: MeasurementResult) throws(Problem) {
        try write(result)
        try write(result.markdown, to: summary)
        try write(result.page, to: page)
    }

    private func write(_ text: String, to path: String) throws(Problem) {
        do throws(SystemError) {
            try Root.machine.replace(path, with: Array(text.utf8))
        } catch {
            throw error.problem(
                .resultNotWritten, remedy: "free space, or name another directory with --output=DIRECTORY")
        }
    }
}
