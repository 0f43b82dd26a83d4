import ArgumentParser
import Config
import Diagnostics
import Foundation
import Linux
import TestSupport
import Testing

@testable import Manual
@testable import pvpgen

/// Commands and configurations in README and docs are those of the programs: as far as they run
/// without a host.
@Suite struct DocumentedCommandTests {
    private static let project = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// A block of code between fences.
    struct Block: CustomTestStringConvertible, Sendable {
        var page: String
        var language: String
        var lines: [String]
        var testDescription: String { "\(page): \(lines.first ?? "")" }
        /// Pictures are drawn with these.
        var isPicture: Bool { lines.contains { $0.contains { "─│".contains($0) } } }
    }

    static func text(_ page: String) -> String {
        (try? String(contentsOf: project.appending(path: page), encoding: .utf8)) ?? ""
    }

    static let blocks: [Block] = LinkTests.pages.flatMap { page in
        text(page).matches(of: /(?ms)^ *```(\w*)\n(.*?)^ *```$/).map { match in
            let lines = match.output.2.split(separator: "\n").map { String($0.drop { $0 == " " }) }
            return Block(page: page, language: String(match.output.1), lines: lines.filter { !$0.isEmpty })
        }
    }

    /// Commands, each with its page: lines of blocks, and spans that begin with the name of a
    /// program.
    static let commands: [[String]] = {
        let lines = blocks.filter { $0.language.isEmpty && !$0.isPicture }.flatMap { block in
            block.lines.map { (block.page, $0) }
        }
        let spans = LinkTests.pages.flatMap { page in
            text(page).replacing(/(?ms)^ *```.*?^ *```$/, with: "").matches(of: /`([^`]+)`/).map { match in
                (page, match.output.1.split { " \n".contains($0) }.joined(separator: " "))
            }
        }
        let programs = ["pvpgen ", "make ", "systemctl ", "journalctl "]
        return (lines + spans.filter { span in programs.contains { span.1.hasPrefix($0) } && span.1.contains(" ") })
            .flatMap {
                (page, line) -> [[String]] in
                // What follows a comment sign or two blanks explains the command.
                let command = line.replacing(#/ (#| ).*/#, with: "")
                return command.split(separator: #/ && | \| |, then /#).map { [page] + words(String($0)) }
            }
    }()

    /// Words as a shell reads them, up to a redirection.
    private static func words(_ line: String) -> [String] {
        let words = line.matches(of: /'([^']*)'|(\S+)/).map { String($0.output.1 ?? $0.output.2 ?? "") }
        return Array(words.prefix { $0 != ">" })
    }

    @Test func thereAreSome() {
        #expect(Self.commands.filter { $0[0] == "README.md" && $0[1] == "pvpgen" }.count > 15, "\(Self.commands)")
        #expect(Self.blocks.filter { $0.language == "ini" }.count > 3)
        #expect(Set(Self.blocks.map(\.language)).isSubset(of: ["", "ini", "mermaid", "yaml"]))
    }

    /// The argument parser accepts each verb with its options, and each program exists.
    @Test(arguments: commands) func aCommandIsAccepted(_ command: [String]) throws {
        let words = Array(command.dropFirst())
        switch words[0] {
        case "pvpgen":
            // A verb alone may be a mention of it.
            if words.count == 2, Pvpgen.groups.contains(where: { $0.verbs.contains(words[1]) }) { return }
            do {
                _ = try Pvpgen.parseAsRoot(Array(words.dropFirst()))
            } catch {
                #expect(Pvpgen.exitCode(for: error) == .success, "\(command): \(Pvpgen.message(for: error))")
            }
        case "make":
            for word in words.dropFirst() where !word.contains("=") {
                #expect(Self.targets.contains(word), "\(command)")
            }
        case "systemctl", "journalctl":
            for word in words.dropFirst() where word.hasPrefix("pvp") || word.hasPrefix("testpmd") {
                #expect(Self.isUnit(word), "\(command)")
            }
        default:
            if command[0] == "README.md" { #expect(try Command(["which", words[0]]).run().status == 0, "\(command)") }
        }
    }

    /// What the Makefile can make.
    private static let targets = Set(text("Makefile").matches(of: /(?m)^([a-z]+):/).map { String($0.output.1) })

    /// Whether it is a unit of ours, with or without its type; a pattern stands for several.
    private static func isUnit(_ name: String) -> Bool {
        let stem = name.prefix { !"@.*".contains($0) }
        return unitDocumentation.flatMap { $0.units }.contains { $0.name.prefix { !"@.".contains($0) } == stem }
    }

    /// Verbs that need no host print something for the example's configuration.
    @Test(
        arguments: commands.filter {
            $0[0] == "README.md" && ["plan", "explain", "cat", "generate"].contains($0.dropFirst(2).first)
        })
    func aCommandRuns(_ command: [String]) throws {
        let tree = try host(Self.text("etc/pvp.conf"))
        let result = try Program(name: "pvpgen").run(command.dropFirst(2) + ["--root=\(tree.path)"])
        #expect(result.status == 0 && result.output != "", "\(result)")
    }

    @Test(arguments: blocks.filter { $0.language == "ini" }) func aConfigurationIsRead(_ block: Block) {
        let digest = "sha256:" + String(repeating: "0", count: 64)
        let content = block.lines.joined(separator: "\n").replacing("sha256:…", with: digest)
        let problems = Config.parse([.init(path: "pvp.conf", content: Array(content.utf8))]).problems
        #expect(problems.map(\.rendered) == [])
    }

    @Test func theREADMEsConfigurationIsPlanned() throws {
        let blocks = Self.blocks.filter { $0.page == "README.md" && $0.language == "ini" }
        #expect(blocks.count == 1)
        for block in blocks {
            let tree = try host(block.lines.joined(separator: "\n") + "\n")
            let result = try Program(name: "pvpgen").run(["plan", "--root=\(tree.path)"])
            #expect(result.status == 0 && result.error == "", "\(result.error)")
            #expect(try Program(name: "pvpgen").run(["check", "--config-only", "--root=\(tree.path)"]).status == 0)
        }
    }

    /// A manual page that is named is installed.
    @Test func namedPagesExist() {
        let pages = Set(helperNames.map { "\($0)(8)" } + ["pvpgen(8)", "pvp.conf(5)", "pvpgen-units(7)"])
        for page in LinkTests.pages {
            for match in Self.text(page).matches(of: /\bpvp[a-z.-]*\(\d\)/) {
                #expect(pages.contains(String(match.output)), "\(page): \(match.output)")
            }
        }
    }

    /// The machine of the first case, with another configuration.
    private func host(_ configuration: String) throws -> Tree {
        let tree = try HostCase("01-example").tree
        try tree.write("/etc/pvpgen/pvp.conf", configuration)
        return tree
    }
}
