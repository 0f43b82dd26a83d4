import ArgumentParser
package import Diagnostics
package import HostTopology
package import JSON
package import Linux
package import Plan
import Presentation

/// Where a verb prints: text at once, or a JSON document at the end.
package final class VerbOutput {
    /// The document; `nil` if text is printed.
    private var document: Document?

    /// Where the text or a document without errors is written instead of to standard output.
    package var file: String?

    /// Prints a document of a kind, or text.
    package init(_ kind: Document.Kind?) { document = kind.map { Document($0) } }

    /// Whether a JSON document is printed instead of text.
    package var isJSON: Bool { document != nil }

    /// Prints text for people.
    package func print(_ text: @autoclosure () throws -> String, terminator: String = "\n") rethrows {
        if !isJSON { emit(try text() + terminator) }
    }

    /// Why standard output could not be written to.
    private var failure: Problem?

    private func emit(_ text: String) {
        guard failure == nil else { return }
        do throws(SystemError) {
            try Descriptor.writeAll(text, to: Descriptor.standardOutput, "standard output")
        } catch {
            failure = error.problem(.fileUnwritable, remedy: "write to a file or program that takes the output")
        }
    }

    /// Prints the text that the verb is about, or writes it to ``file``.
    package func write(_ text: @autoclosure () throws -> String) throws {
        if isJSON { return }
        if let file { try UserFile.write(file, text()) } else { emit(try text()) }
    }

    /// Adds the members of an object to the document.
    package func add(_ object: @autoclosure () -> JSON) { document?.add(object()) }

    /// For a verb that prints documents by itself, each in a line: none is printed at the end, but
    /// for one with the problem that the body throws.
    package func stream(_ body: (Document?) throws -> Void) throws {
        let begun = document
        document = nil
        do {
            try body(begun)
        } catch let problem as Problem {
            document = begun
            throw problem
        }
    }

    /// Remembers that the host, its files or its units were changed.
    package func markChanged() { document?.changed = true }

    /// Reports problems; whether one of them is an error.
    @discardableResult package func report(_ problems: [Problem]) -> Bool {
        guard isJSON else { return printProblems(problems) }
        document?.problems += problems
        return problems.hasError
    }

    /// Reports the problems of the configuration in a verb that is not about it: errors, and the
    /// number of warnings.
    @discardableResult package func reportBriefly(_ problems: [Problem]) -> Bool {
        isJSON ? report(problems) : printErrorsAndWarningCount(problems)
    }

    /// The plan of a configuration without errors; otherwise reports them and ends with 78. Verbs
    /// that are not about the configuration count its warnings.
    package func plan(in root: Root, remembered: [NICRecord]? = nil, countsWarnings: Bool = false) throws -> Plan {
        let (plan, problems) = Plan.readOrReport(from: root, remembered: remembered)
        let hasError = countsWarnings ? reportBriefly(problems) : report(problems)
        guard let plan, !hasError else { throw ExitCode.configuration }
        return plan
    }

    /// Runs the body, and prints the document. Throws the exit code if it is not 0.
    package func run(_ body: (VerbOutput) throws -> Void) throws {
        var status = ExitCode.success
        do {
            try body(self)
            if let file, let document { try UserFile.write(file, document.json.text) }
        } catch let problem as Problem {
            report([problem])
            status = .failure
        } catch let error as ValidationError {
            // The argument parser would print the usage of another command.
            printError("Error: \(error.message)\n")
            throw ExitCode.usage
        } catch let code as ExitCode {
            status = code
        }
        let isWritten = file != nil && status == .success
        if let document, !isWritten { emit(document.json.text) }
        if let failure {
            printProblems([failure])
            status = .failure
        }
        if status != .success { throw status }
    }
}
