import ArgumentParser
import Config
import Diagnostics
import JSON
import Linux
import Plan
import Presentation
import Units
import Verbs
import Views

struct CatCommand: RootedVerb {
    static let configuration = CommandConfiguration(
        commandName: "cat", abstract: "Print the configuration files, or a unit as generated",
        discussion: """
            Each file follows a line with its path, in the order in which they apply.

            Examples:
              pvpgen cat
              pvpgen cat testpmd.service
              pvpgen cat pvp-guest@guest
            """)

    @OptionGroup var root: RootOption
    @OptionGroup var form: JSONOption

    @Argument(
        help: "pvp.conf, or a unit; .service can be omitted.",
        completion: .custom { _, _, _ in
            [ConfigFiles.name] + (Plan.read(from: .machine).plan.map { UnitTree($0).units } ?? [])
        })
    var name = ConfigFiles.name

    var document: Document.Kind? { form.json ? .files : nil }

    func run(_ output: VerbOutput) throws {
        let files = name == ConfigFiles.name ? try configuration(output) : try unit(output)
        output.add([
            "files": .array(
                files.map {
                    ["path": .string($0.path), "content": .string(String(decoding: $0.content, as: UTF8.self))]
                })
        ])
        output.print(Self.text(files, Style.output), terminator: "")
    }

    /// As `systemd-analyze cat-config` prints files.
    static func text(_ files: [(path: String, content: [UInt8])], _ style: Style) -> String {
        files.map { file in
            let end = file.content.isEmpty || file.content.last == UInt8(ascii: "\n") ? "" : "\n"
            return style.gray("# \(file.path)") + "\n" + String(decoding: file.content, as: UTF8.self) + end
        }.joined(separator: "\n")
    }

    private func configuration(_ output: VerbOutput) throws -> [(path: String, content: [UInt8])] {
        let found = ConfigFiles(in: root.tree)
        output.report(found.problems)
        guard !found.paths.isEmpty else {
            output.report([.noConfiguration(in: root.tree)])
            throw ExitCode.configuration
        }
        if found.problems.hasError { throw ExitCode.configuration }
        // A masked file exists with nothing in it.
        let contents = Dictionary(found.files.map { ($0.path, $0.content) }) { $1 }
        return found.paths.map { (root.tree.path($0), contents[$0] ?? []) }
    }

    private func unit(_ output: VerbOutput) throws -> [(path: String, content: [UInt8])] {
        try UnitTree(output.plan(in: root.tree, countsWarnings: true)).files(of: name, in: root.tree)
    }
}
