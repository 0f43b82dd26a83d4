import ArgumentParser
import Diagnostics
import HostTopology
import JSON
import Linux
import Plan
import Presentation

/// Where a verb prints: text at once, or a JSON document at the end.
final class VerbOutput {
    /// The document; `nil` if text is printed.
    private var document: Document?

    /// Where the text or a document without errors is written instead of to standard output.
    var file: String?

    init(_ kind: Document.Kind?) { document = kind.map { Document($0) } }

    /// Whether a JSON document is printed instead of text.
    var isJSON: Bool { document != nil }

    /// Prints text for people.
    func print(_ text: @autoclosure () throws -> String, terminator: String = "\n") rethrows {
        if !isJSON { Swift.print(try text(), terminator: terminator) }
    }

    /// Prints the text that the verb is about, or writes it to ``file``.
    func write(_ text: @autoclosure () throws -> String) throws {
        if isJSON { return }
        if let file { try UserFile.write(file, text()) } else { Swift.print(try text(), terminator: "") }
    }

    /// Adds the members of an object to the document.
    func add(_ object: @autoclosure () -> JSON) { document?.add(object()) }

    /// Returns the document as it is, for a verb that prints it by itself.
    func takeDocument() -> Document? {
        defer { document = nil }
        return document
    }

    /// Remembers that the host, its files or its units were changed.
    func markChanged() { document?.changed = true }

    /// Reports problems; whether one of them is an error.
    @discardableResult func report(_ problems: [Problem]) -> Bool {
        guard isJSON else { return printProblems(problems) }
        document?.problems += problems
        return problems.hasError
    }

    /// Reports the problems of the configuration in a verb that is not about it: errors, and the
    /// number of warnings.
    @discardableResult func reportBriefly(_ problems: [Problem]) -> Bool {
        isJSON ? report(problems) : printErrorsAndWarningCount(problems)
    }

    /// The plan of a configuration without errors; otherwise reports them and ends with 78. Verbs
    /// that are not about the configuration count its warnings.
    func plan(in root: Root, remembered: [NICRecord]? = nil, countsWarnings: Bool = false) throws -> Plan {
        let (plan, problems) = Plan.readOrReport(from: root, remembered: remembered)
        let hasError = countsWarnings ? reportBriefly(problems) : report(problems)
        guard let plan, !hasError else { throw ExitCode.configuration }
        return plan
    }

    /// Runs the body, and prints the document. Throws the exit code if it is not 0.
    func run(_ body: (VerbOutput) throws -> Void) throws {
        var status = ExitCode.success
        do {
            try body(self)
        } catch let problem as Problem {
            report([problem])
            status = .failure
        } catch let code as ExitCode {
            status = code
        }
        if status == .success, let file, let text = document?.json.text {
            document = nil
            return try run { _ in try UserFile.write(file, text) }
        }
        if let document { Swift.print(document.json.text, terminator: "") }
        if status != .success { throw status }
    }
}
