import Config
import Foundation
import JSON
import Linux
import TestSupport
import Testing

@testable import Manual

@Suite struct ManualTests {
    /// The page as `man` shows it, without its bold and underlined letters; what groff warns of is in the output too.
    private func shown(_ page: String) throws -> String {
        let tree = try Tree(["/page": page])
        let result = try Command(["env", "MANWIDTH=200", "LC_ALL=C.UTF-8", "man", "--warnings", "-E", "UTF-8", "-l", "\(tree.path)/page"])
            .run()
        #expect(result.status == 0, "\(result.output)")
        let groff = try Command(["groff", "-man", "-Tutf8", "-ww", "-P-c", "\(tree.path)/page"]).run()
        #expect(groff.status == 0 && !groff.output.contains("warning"), "\(groff.output)")
        #expect(!result.output.contains("warning") && !result.output.contains("man: "), "\(result.output)")
        return result.output
    }

    @Test func everySettingIsInThePage() throws {
        let page = try shown(configManual(version: "0.1.0"))
        for section in Config.documentation {
            #expect(page.contains("[\(section.title)] SECTION"))
            for setting in section.settings {
                #expect(page.contains("\n       \(setting.key)="), "\(setting.key)")
                #expect(page.contains("Added in version \(setting.since)."))
                #expect(setting.type.name.isEmpty || page.contains("\n       \(setting.type.name)"), "\(setting.type.name)")
            }
        }
        for heading in ["FILES", "EXAMPLES", "SEE ALSO"] { #expect(page.contains("\n\(heading)\n")) }
    }

    /// Characters that roff would take for its own.
    @Test func textStaysAsItIs() throws {
        let help: JSON = [
            "command": [
                "commandName": "x", "abstract": "A 'thing'.", "discussion": ".TH is no request\n  .so a\\b --option ~^\"q\"",
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
                let option = try #require(argument["preferredName"]?["name"]?.string ?? argument["valueName"]?.string?.uppercased())
                #expect(page.contains(option), "\(name) \(option)")
            }
        }
        for heading in ["EXIT STATUS", "ENVIRONMENT", "FILES", "SEE ALSO"] { #expect(page.contains("\n\(heading)\n")) }
    }

    @Test(arguments: helperNames) func whatAProgramSaysOfItselfIsInItsPage(_ name: String) throws {
        // The generator takes directories and nothing else.
        let help = name == "pvp-generator" ? "" : try Program(name: name).run(["--help"]).output
        let page = try shown(try #require(helperManual(name, help: help, version: "1")))
        for line in help.split(separator: "\n") { #expect(page.contains(line), "\(line)") }
        for heading in ["NAME", "SYNOPSIS", "DESCRIPTION", "SEE ALSO"] { #expect(page.contains("\n\(heading)\n")) }
        #expect(page.contains("       \(name) - "))
        #expect(try Program(name: "pvpgen").run(["manual", name + ".8"]).output == helperManual(name, help: "", version: "0.1.0"))
    }
}
