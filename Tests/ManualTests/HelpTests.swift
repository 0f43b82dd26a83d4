import JSON
import TestSupport
import Testing

@testable import Manual

/// All programs have the same format of help, with examples and exit codes.
@Suite struct HelpTests {
    /// Every command of pvpgen, as words.
    static let commands: [[String]] = {
        func all(_ command: JSON, _ before: [String]) -> [[String]] {
            let words = before + [command["commandName"]?.string ?? ""]
            return [words] + command.verbs.flatMap { all($0, words) }
        }
        let output = (try? Program(name: "pvpgen").run(["--experimental-dump-help"]).output) ?? ""
        return ((try? JSON(Array(output.utf8)))?["command"]).map { all($0, []) } ?? []
    }()

    private func examples(_ text: HelpText) -> [String] {
        text.parts.flatMap { part -> [String] in
            if case .examples(let lines) = part { lines } else { [] }
        }
    }

    @Test(arguments: helperNames) func aProgramHasTheFormat(_ name: String) throws {
        let result = try Program(name: name).run(["--help"])
        #expect(result.status == 0 && result.error == "")
        let help = try #require(HelpText(result.output), "\(result.output)")
        #expect(help.text == result.output)
        #expect(help.usage.allSatisfy { $0.hasPrefix(name + " ") })
        #expect(!help.summary.hasSuffix("."))
        #expect(examples(help).contains { $0.contains(name) })
        #expect(result.output.contains("\n  -h, --help              Print this help\n"))
        if case .paragraph(let text) = help.parts.last {
            #expect(text.hasPrefix("Exit codes: "))
        } else {
            Issue.record("no exit codes")
        }
        #expect(try Program(name: name).run(["-h"]).output == result.output)
    }

    @Test(arguments: commands) func aVerbHasTheFormat(_ words: [String]) throws {
        let result = try Program(name: "pvpgen").run(words.dropFirst() + ["--help"])
        #expect(result.status == 0 && result.error == "")
        let help = try #require(HelpText(result.output), "\(result.output)")
        #expect(help.text == result.output)
        #expect(help.usage.count == 1 && help.usage[0].hasPrefix(words.joined(separator: " ") + " "))
        #expect(!help.summary.hasSuffix(".") && help.summary.count <= 80)
        #expect(examples(help).contains { $0.contains(words.joined(separator: " ")) })
        #expect(result.output.contains("\n  -h, --help              Print this help\n"))
        #expect(try Program(name: "pvpgen").run(["help"] + words.dropFirst()).output == result.output)
    }

    @Test func thereAreCommands() {
        #expect(Self.commands.count > 18 && Self.commands.contains(["pvpgen", "guest", "reset"]))
    }

    /// Lines end within 80 columns, and an example fits into a manual page of that width.
    @Test(arguments: commands + helperNames.map { [$0] }) func linesAreShort(_ words: [String]) throws {
        let output = try Program(name: words[0]).run(words.dropFirst() + ["--help"]).output
        #expect(output.split(separator: "\n").filter { $0.count > 80 } == [])
        let help = try #require(HelpText(output))
        #expect(examples(help).filter { $0.count > 69 } == [])
    }

    @Test(arguments: [
        (["plan", "--what"], "plan [OPTIONS...]"), (["frobnicate"], "VERB [OPTIONS...]"),
        (["import"], "import [OPTIONS...] FILE..."),
    ])
    func wrongUsageShowsTheSameUsage(_ arguments: [String], _ usage: String) throws {
        let result = try Program(name: "pvpgen").run(arguments)
        #expect(result.status == 2 && result.error.contains("\nUsage: pvpgen \(usage)\n"), "\(result.error)")
    }
}
