import ArgumentParser
import Config
import Diagnostics
import JSON
import Manual
import Presentation
import Verbs

struct ExplainCommand: RootedVerb {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Describe a setting and its current value, or an error code",
        discussion: """
            Without a name: one line for each setting and each error code. --json of other verbs prints the codes of \
            errors.

            Examples:
              pvpgen explain
              pvpgen explain Memory
              pvpgen explain Guest.Memory
              pvpgen explain nic-missing
              pvpgen explain Testpmd --json
            """)

    @OptionGroup var root: RootOption
    @OptionGroup var form: JSONOption

    @Argument(
        help: ArgumentHelp("A setting, a section, both separated by a dot, or an error code.", valueName: "name"),
        completion: .custom { _, _, prefix in Self.completions(of: prefix) })
    var name: String?

    var document: Document.Kind? { form.json ? .explanation : nil }

    func run(_ output: VerbOutput) throws {
        let settings = chosenSettings
        let codes = CodeGroup.all.flatMap(\.codes).filter { name == nil || $0.code.rawValue == name }
        guard !settings.isEmpty || !codes.isEmpty else { throw unknown(output) }
        let found = ConfigFiles(in: root.tree)
        let (config, problems) = Config.parse(found.files)
        output.reportBriefly(found.problems + problems)
        let explanations = settings.map { Explanation($0, in: found.files.isEmpty ? nil : config) }
        let style = Style.output
        output.add(["settings": .array(explanations.map(\.json)), "codes": .array(codes.map(\.json))])
        output.print(
            name == nil
                ? Explanation.list(explanations, style) + "\n" + CodeGroup.list(style)
                : (explanations.map { $0.text(style) } + codes.map { $0.text(style) }).joined(separator: "\n"),
            terminator: "")
    }

    /// The settings that are meant; case does not matter, and `[Guest]` and `Memory=` may be
    /// written as in the file.
    private var chosenSettings: [SettingDocumentation] {
        let all = Config.documentation.flatMap(\.settings)
        guard let name else { return all }
        let word = name.lowercased().filter { !"[]=".contains($0) }
        return all.filter { [$0.key, $0.section, "\($0.section).\($0.key)"].map { $0.lowercased() }.contains(word) }
    }

    /// Reports that there is no such name, and the one that was probably meant.
    private func unknown(_ output: VerbOutput) -> ExitCode {
        let name = name ?? ""
        let all = Config.documentation.flatMap(\.settings)
        var names = Config.documentation.map(\.title) + all.map(\.key) + all.map { "\($0.section).\($0.key)" }
        names += CodeGroup.all.flatMap(\.codes).map(\.code.rawValue)
        let meant = suggestion(for: name.filter { !"[]=".contains($0) }, among: names)
        output.report([
            Problem(
                .unknownSetting, "no setting, section or error code is called '\(name)'",
                remedy: meant.map { "did you mean '\($0)'?" } ?? "run 'pvpgen explain' for a list")
        ])
        return ExitCode.usage
    }

    /// What a shell offers: sections, keys and codes, and sections with keys once a dot is typed.
    private static func completions(of prefix: String) -> [String] {
        let all = Config.documentation.flatMap(\.settings)
        if prefix.contains(".") { return all.map { "\($0.section).\($0.key)" } }
        let names =
            Config.documentation.map(\.title) + all.map(\.key) + CodeGroup.all.flatMap(\.codes).map(\.code.rawValue)
        return Array(Set(names)).sorted()
    }
}
