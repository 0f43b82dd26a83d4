import Config
import Foundation
import JSON
import Linux
import TestSupport
import Testing

@testable import Manual

@Suite struct ManualTests {
    /// The page as `man` shows it, without its bold and underlined letters. mandoc and groff have
    /// nothing to report, and no line is longer than a terminal of 80 columns.
    private func shown(_ page: String) throws -> String {
        // mandoc compares the suffix of the path with the section.
        let section = try #require(page.firstMatch(of: /\.TH "\S+" (\d)/)?.output.1)
        let file = "/page.\(section)"
        let tree = try Tree([file: page])
        func shown(width: Int) throws -> String {
            let man = ["man", "--warnings", "-E", "UTF-8", "-l", "\(tree.path)\(file)"]
            let result = try Command(["env", "MANWIDTH=\(width)", "LC_ALL=C.UTF-8"] + man).run()
            #expect(result.status == 0, "\(result.output)")
            #expect(!result.output.contains("warning") && !result.output.contains("man: "), "\(result.output)")
            return result.output
        }
        let groff = try Command(["groff", "-man", "-Tutf8", "-ww", "-P-c", "\(tree.path)\(file)"]).run()
        #expect(groff.status == 0 && !groff.output.contains("warning"), "\(groff.output)")
        let lint = try Command(["mandoc", "-T", "lint", "\(tree.path)\(file)"]).run()
        #expect(lint.status == 0 && lint.output == "", "\(lint)")
        let long = try shown(width: 80).split(separator: "\n").filter { $0.count > 80 }
        #expect(long == [])
        return try shown(width: 200)
    }

    /// The date in the footer is that of the release.
    @Test func theDateIsThatOfTheChangelog() throws {
        let changelog = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
            .appending(path: "packages/debian/changelog")
        let entry = try #require(
            try String(contentsOf: changelog, encoding: .utf8).split(separator: "\n").first { $0.hasPrefix(" -- ") })
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = .gmt
        format.dateFormat = "yyyy-MM-dd"
        let date = try #require(format.date(from: Roff.date))
        format.dateFormat = "EEE, dd MMM yyyy"
        #expect(entry.contains("  \(format.string(from: date)) "))
    }

    @Test func everySettingIsInThePage() throws {
        let page = try shown(configManual(version: "0.1.0"))
        let words = page.split { " \n".contains($0) }.joined(separator: " ")
        for section in Config.documentation {
            #expect(page.contains("[\(section.title)] SECTION"))
            for setting in section.settings {
                #expect(page.contains("\n       \(setting.key)="), "\(setting.key)")
                #expect(page.contains("Added in version \(setting.since)."))
                #expect(
                    words.contains("\(setting.key)= \(setting.paragraph) Takes "),
                    "\(setting.key): description and default")
                #expect(
                    setting.type.unit.isEmpty || words.contains("Unit: \(setting.type.unit)."), "\(setting.key): unit")
                #expect(
                    setting.type.name.isEmpty || page.contains("\n       \(setting.type.name)"), "\(setting.type.name)")
            }
        }
        for heading in ["FILES", "EXAMPLES", "SEE ALSO"] { #expect(page.contains("\n\(heading)\n")) }
    }

    /// Characters that roff would take for its own.
    @Test func textStaysAsItIs() throws {
        let help: JSON = [
            "command": [
                "commandName": "x", "abstract": "A 'thing'.",
                "discussion": ".TH is no request\n\nExamples:\n  .so a\\b --option ~^\"q\"",
                "subcommands": [],
            ]
        ]
        let page = try shown(programManual(help, groups: [], version: "1"))
        #expect(page.contains("x - a 'thing'\n") && page.contains("       .TH is no request\n"), "\(page)")
        #expect(page.contains("           .so a\\b --option ~^\"q\"\n"), "\(page)")
    }

    @Test func everyVerbIsInThePage() throws {
        let help = try JSON(Array(try Program(name: "pvpgen").run(["--experimental-dump-help"]).output.utf8))
        let page = try shown(try Program(name: "pvpgen").run(["manual", "pvpgen.8"]).output)
        let verbs = help["command"]?["subcommands"]?.array ?? []
        #expect(verbs.count > 5)
        for verb in verbs where verb["shouldDisplay"] == true && verb["commandName"]?.string != "help" {
            let name = try #require(verb["commandName"]?.string)
            #expect(page.contains("\n   pvpgen \(name)"), "\(name)")
            for argument in verb["arguments"]?.array ?? [] {
                let option = try #require(
                    argument["preferredName"]?["name"]?.string ?? argument["valueName"]?.string?.uppercased())
                #expect(page.contains(option), "\(name) \(option)")
            }
        }
        for heading in ["EXIT STATUS", "ENVIRONMENT", "FILES", "SEE ALSO"] { #expect(page.contains("\n\(heading)\n")) }
    }

    @Test(arguments: helperNames) func theHelpOfAProgramIsInItsPage(_ name: String) throws {
        let help = try Program(name: name).run(["--help"]).output
        let page = try shown(try #require(helperManual(name, help: help, version: "1")))
        for part in try #require(HelpText(help)).parts {
            switch part {
            case .paragraph(let text): #expect(page.contains(text.prefix(40)), "\(text)")
            case .list(_, let items):
                for item in items { #expect(page.contains("\n       \(item.term)"), "\(item.term)") }
            case .examples(let lines): for line in lines { #expect(page.contains(line), "\(line)") }
            }
        }
        for heading in ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXAMPLES", "EXIT STATUS", "SEE ALSO"] {
            #expect(page.contains("\n\(heading)\n"))
        }
        #expect(page.contains("       \(name) - "))
        let printed = try Program(name: "pvpgen").run(["manual", name + ".8"], input: help)
        #expect(printed.output == helperManual(name, help: help, version: "0.1.0"))
    }

    @Test func aHelpInAnotherFormatIsRefused() throws {
        let result = try Program(name: "pvpgen").run(["manual", "pvp-host.8"], input: "pvp-host VERB\n")
        #expect(
            result.status == 1 && result.output == ""
                && result.error.contains("run pvp-host --help | pvpgen manual pvp-host.8"))
    }

    @Test func everyUnitIsInThePage() throws {
        let page = try shown(unitsManual(version: "0.1.0"))
        for unit in unitDocumentation.flatMap({ $0.units }) {
            #expect(page.contains("\n       \(unit.name)\n"), "\(unit.name)")
        }
        #expect(try Program(name: "pvpgen").run(["manual", "pvpgen-units.7"]).output == unitsManual(version: "0.1.0"))
    }
}
