import ArgumentParser
import Diagnostics
import HostCheck
import JSON
import Linux

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Print everything that a result depends on",
        discussion: """
            The fields follow the template of DPDK's PVP reference benchmark. --note adds what only the user knows.
            --compare lists all differences of two reports except for the run itself.

            Exit codes: 0 on success, 1 on failure or if --compare finds a difference, 78 if the configuration has \
            errors.

            Examples:
              pvpgen report --note Mpps=14.2 --note Generator=TRex > result.md
              pvpgen report --json --output=before.json
              pvpgen report --compare before.json after.json
            """)

    @OptionGroup var root: RootOption
    @OptionGroup var output: JSONOption

    @Option(name: .customLong("note"), help: ArgumentHelp("Add a field to the report.", valueName: "name=value"))
    var notes: [String] = []

    @Option(
        name: .customLong("output"), help: ArgumentHelp("Write to FILE instead of standard output.", valueName: "file"),
        completion: .file()
    )
    var file: String?

    @Flag(help: "Compare two reports in JSON.")
    var compare = false

    @Argument(help: ArgumentHelp("Two reports to compare.", valueName: "report"), completion: .file())
    var files: [String] = []

    func validate() throws {
        guard files.count == (compare ? 2 : 0) else {
            throw ValidationError(compare ? "--compare takes two reports" : "reports are named with --compare")
        }
        for note in notes where note.split(separator: "=", maxSplits: 1).count != 2 {
            throw ValidationError("--note '\(note)': NAME=VALUE expected")
        }
    }

    func run() throws {
        if compare { return try showDifferences() }
        let plan = try validPlan(in: root.tree, countsWarnings: true)
        let report = HostReport(plan: plan, root: root.tree, notes: notes, version: Pvpgen.configuration.version).report
        let text = output.json ? report.json.text : report.markdown
        guard let file else { return print(text, terminator: "") }
        try exitOnProblem { () throws(Problem) in try UserFile.write(file, text) }
    }

    private func showDifferences() throws {
        let reports = try exitOnProblem { () throws(Problem) in
            try files.map { (file: String) throws(Problem) in try Self.read(file) }
        }
        let differences = reports[0].differences(from: reports[1])
        if output.json {
            print(differences.json.text, terminator: "")
        } else {
            for difference in differences { print(difference.line) }
            if differences.isEmpty { print("no difference") }
        }
        if !differences.isEmpty { throw ExitCode.failure }
    }

    private static func read(_ file: String) throws(Problem) -> Report {
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try UserFile.read(file)
        } catch {
            throw error.problem(.fileUnreadable, remedy: "create a report with 'pvpgen report --json'")
        }
        return try Report(try JSON(bytes))
    }
}

extension Difference {
    fileprivate var line: String { "\(section), \(name): \(first ?? "(not there)") | \(second ?? "(not there)")" }
}

extension [Difference] {
    fileprivate var json: JSON {
        .array(
            map {
                [
                    "section": .string($0.section), "name": .string($0.name),
                    "first": $0.first.map { .string($0) } ?? .null,
                    "second": $0.second.map { .string($0) } ?? .null,
                ]
            })
    }
}
