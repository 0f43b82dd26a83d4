import ArgumentParser
import Diagnostics
import HostCheck
import JSON
import Linux
import Reports
import Verbs

struct ReportCommand: RootedVerb {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Print everything that a result depends on",
        discussion: """
            The fields follow the template of DPDK's PVP reference benchmark. --note adds what only the user knows.
            --compare lists all differences of reports except for the runs themselves. With --same, only the \
            named fields decide on the \
            exit code: names of sections or fields, or SECTION/FIELD.

            Exit codes: 0 on success, 1 on failure or if --compare finds a difference that counts, 78 if the \
            configuration has errors.

            Examples:
              pvpgen report --note Mpps=14.2 --note Generator=TRex > result.md
              pvpgen report --json --output=before.json
              pvpgen report --compare before.json after.json
              pvpgen report --compare --same=Kernel --same=Software/systemd *.json
            """)

    @OptionGroup var root: RootOption
    @OptionGroup var form: JSONOption

    @Option(name: .customLong("note"), help: ArgumentHelp("Add a field to the report.", valueName: "name=value"))
    var notes: [String] = []

    @Option(
        name: .customLong("output"), help: ArgumentHelp("Write to FILE instead of standard output.", valueName: "file"),
        completion: .file()
    )
    var file: String?

    @Flag(help: "Compare reports in JSON.")
    var compare = false

    @Option(
        help: ArgumentHelp("Exit with 1 only if this field or section differs.", valueName: "field"))
    var same: [String] = []

    @Argument(
        help: ArgumentHelp("Two or more reports to compare.", valueName: "report"),
        completion: .file(extensions: ["json"]))
    var files: [String] = []

    func validate() throws {
        guard compare ? files.count > 1 : files.isEmpty else {
            throw ValidationError(compare ? "--compare takes two or more reports" : "reports are named with --compare")
        }
        guard compare || same.isEmpty else { throw ValidationError("--same is for --compare") }
        for note in notes where note.split(separator: "=", maxSplits: 1).count != 2 {
            throw ValidationError("--note '\(note)': NAME=VALUE expected")
        }
    }

    var document: Document.Kind? { form.json ? (compare ? .comparison : .report) : nil }

    func run(_ output: VerbOutput) throws {
        if compare { return try showDifferences(output) }
        let plan = try output.plan(in: root.tree, countsWarnings: true)
        let report = HostReport(plan: plan, root: root.tree, notes: notes, version: Pvpgen.configuration.version).report
        output.file = file
        output.add(report.json)
        try output.write(report.markdown)
    }

    private func showDifferences(_ output: VerbOutput) throws {
        let comparison = ReportComparison(
            try files.map { (name: $0, report: try Self.report($0)) })
        if let unknown = comparison.unknown(in: same).first {
            throw ValidationError("--same='\(unknown)': no report has a section or field of this name")
        }
        output.add(comparison.json)
        output.print(comparison.text, terminator: "")
        let counting = same.isEmpty ? comparison.differences : comparison.differences(in: same)
        if !counting.isEmpty { throw ExitCode.failure }
    }

    private static func report(_ file: String) throws(Problem) -> Report {
        let content = try UserFile.read(file, remedy: remedy)
        do throws(Problem) {
            return try Report(JSON(content))
        } catch {
            throw Problem(error.code, "\(file): \(error.message)", remedy: error.remedy)
        }
    }

    private static let remedy = "create a report with 'pvpgen report --json'"
}
