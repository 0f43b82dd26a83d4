import ArgumentParser
import Config
import Diagnostics
import JSON
import Manual
import Presentation

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Describe a setting, and show its current value",
        discussion: """
            Without a name: one line for each setting.

            Examples:
              pvpgen explain
              pvpgen explain Memory
              pvpgen explain Guest.Memory
              pvpgen explain Testpmd --json
            """)

    @OptionGroup var root: RootOption
    @OptionGroup var output: JSONOption

    @Argument(
        help: ArgumentHelp("A setting, a section, or both separated by a dot.", valueName: "key"),
        completion: .custom { _, _, prefix in Self.completions(of: prefix) })
    var name: String?

    func run() throws {
        let settings = try chosen()
        let files = ConfigFiles(in: root.tree).files
        let config = files.isEmpty ? nil : Config.parse(files).config
        let explanations = settings.map { Explanation($0, in: config) }
        if output.json {
            print(JSON.array(explanations.map(\.json)).text, terminator: "")
        } else if name == nil {
            print(Explanation.list(explanations, Style.output), terminator: "")
        } else {
            print(explanations.map { $0.text(Style.output) }.joined(separator: "\n"), terminator: "")
        }
    }

    /// The settings that are meant; case does not matter, and `[Guest]` and `Memory=` may be written as in the file.
    private func chosen() throws -> [SettingDocumentation] {
        let all = Config.documentation.flatMap(\.settings)
        guard let name else { return all }
        let word = name.lowercased().filter { !"[]=".contains($0) }
        let chosen = all.filter { [$0.key, $0.section, "\($0.section).\($0.key)"].map { $0.lowercased() }.contains(word) }
        guard chosen.isEmpty else { return chosen }
        let names = Config.documentation.map(\.title) + all.map(\.key) + all.map { "\($0.section).\($0.key)" }
        let meant = suggestion(for: word, among: names)
        show([
            Problem(
                .unknownSetting, "there is no setting or section '\(name)'",
                remedy: meant.map { "did you mean '\($0)'?" } ?? "pvpgen explain lists all")
        ])
        throw ExitCode.usage
    }

    /// What a shell offers: sections and keys, and both once a dot is typed.
    private static func completions(of prefix: String) -> [String] {
        let all = Config.documentation.flatMap(\.settings)
        if prefix.contains(".") { return all.map { "\($0.section).\($0.key)" } }
        return Array(Set(Config.documentation.map(\.title) + all.map(\.key))).sorted()
    }
}
