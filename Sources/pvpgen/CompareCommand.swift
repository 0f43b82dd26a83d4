import ArgumentParser
import Diagnostics
import JSON
import Linux
import MeasurementResults
import Verbs

struct CompareCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Compare results of measurements",
        discussion: """
            Results can be compared if goals, frame sizes, profile of the traffic and kind of the generator are the \
            same, and if no result has a fault. Rates and the differences from the first result are printed in any \
            case, as are all differences of the reports.
            Differences within the width of the goal or the spread of the repetitions are marked as none.

            Exit codes: 0 if the results can be compared, 1 if they cannot or on failure.

            Examples:
              pvpgen compare before.json after.json
              pvpgen compare --output=fleet.html *.json
            """)

    @OptionGroup var form: JSONOption

    @Option(
        name: .customLong("output"),
        help: ArgumentHelp("Write an HTML page of all results to FILE.", valueName: "file"), completion: .file()
    )
    var file: String?

    @Argument(
        help: ArgumentHelp("Two or more results to compare.", valueName: "result"),
        completion: .file(extensions: ["json"]))
    var files: [String] = []

    func validate() throws {
        guard files.count > 1 else { throw ValidationError("compare takes two or more results") }
    }

    var document: Document.Kind? { form.json ? .measurementComparison : nil }

    func run(_ output: VerbOutput) throws {
        let results = try files.map { (name: $0, result: try Self.result($0)) }
        let comparison = MeasurementComparison(results)
        if let file { try UserFile.write(file, MeasurementResult.page(of: results.map(\.result))) }
        output.add(comparison.json)
        output.print(comparison.text, terminator: "")
        if !comparison.isComparable { throw ExitCode.failure }
    }

    private static func result(_ file: String) throws(Problem) -> MeasurementResult {
        let content = try UserFile.read(file, remedy: "name the JSON file that 'pvpgen measure' wrote")
        do throws(Problem) {
            return try MeasurementResult(JSON(content))
        } catch {
            throw Problem(error.code, "\(file): \(error.message)", remedy: error.remedy)
        }
    }
}
