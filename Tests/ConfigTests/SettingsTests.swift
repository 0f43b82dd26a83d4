import Foundation
import TestSupport
import Testing

@testable import Config

@Suite struct SettingsTests {
    /// The default of every setting is a value of its type, and equals the value in an empty
    /// section.
    private func check<Section: ConfigSection>(_: Section) {
        #expect(Set(Section.settings.map(\.key)).count == Section.settings.count)
        for setting in Section.settings {
            guard !setting.defaultText.isEmpty, setting.key != "Name" else { continue }
            var section = Section()
            #expect(setting.assign(&section, setting.defaultText), "\(setting.key)=\(setting.defaultText)")
            #expect(section == Section(), "\(setting.key)=\(setting.defaultText)")
        }
    }

    @Test func defaultsAreAsDocumented() {
        let sections = ParsingTests.parse(Config.documentation.map { "[\($0.title)]\n" }.joined()).config.sections
        #expect(sections.map { type(of: $0).title } == Config.documentation.map(\.title))
        for section in sections { check(section) }
    }

    /// Every section of the table is one that the parser knows, and there is no other.
    @Test func theTableIsWhatIsParsed() {
        for section in Config.documentation {
            #expect(!section.documentation.isEmpty && section.documentation.hasSuffix("."))
            #expect(ParsingTests.parse("[\(section.title)]\n").problems.isEmpty)
            for setting in section.settings {
                #expect(!setting.type.syntax.hasSuffix(".") && !setting.since.isEmpty)
                let problems = ParsingTests.parse("[\(section.title)]\n\(setting.key)=\n").problems
                #expect(problems.isEmpty, "\(setting.key)")
            }
        }
    }

    /// The table of the reference is generated from the code.
    @Test func theReferenceHasEverySettingAndNoOther() throws {
        let expected = Config.documentation.flatMap { section in
            section.settings.enumerated().map { index, setting in
                let title = index == 0 ? " `[\(section.title)]`" : ""
                let value = setting.defaultText.isEmpty ? "" : " \(setting.defaultText)"
                return "|\(title) | `\(setting.key)=` |\(value) | \(setting.line) |"
            }
        }
        let reference = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
            .appending(path: "docs/reference/settings.md")
        func isSetting(_ line: Substring) -> Bool {
            (line.hasPrefix("| `[") || line.hasPrefix("| | `")) && line.contains("=` |")
        }
        let lines = try String(contentsOf: reference, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        if Golden.isRewritten("docs/reference/settings.md"), let first = lines.firstIndex(where: isSetting) {
            let rest = lines[first...].drop(while: isSetting)
            try (lines[..<first] + expected.map { $0[...] } + rest).joined(separator: "\n").write(
                to: reference, atomically: true, encoding: .utf8)
        }
        let found = try String(contentsOf: reference, encoding: .utf8).split(separator: "\n").filter(isSetting).map(
            String.init)
        #expect(found == expected, "UPDATE_GOLDEN=1 swift test --filter SettingsTests rewrites the table")
    }

    /// Summaries fit into a line of the example file, descriptions are sentences that name each
    /// value of an enumeration.
    @Test(arguments: Config.documentation.flatMap(\.settings)) func isDescribed(_ setting: SettingDocumentation) {
        #expect(
            (1...80).contains(setting.summary.count) && !setting.summary.hasSuffix("."),
            "\(setting.key): \(setting.summary)")
        #expect(setting.description.hasSuffix(".") && !setting.description.contains("\n"), "\(setting.key)")
        let beginnings = ["Specifies ", "Takes a boolean. If enabled, "]
        #expect(beginnings.contains { setting.description.hasPrefix($0) }, "\(setting.key): \(setting.description)")
        if setting.type.name == "boolean" {
            #expect(setting.description.hasPrefix("Takes a boolean."), "\(setting.key)")
        }
        guard let values = setting.type.expected.split(separator: "one of ").last,
            setting.type.expected.contains("one of ")
        else { return }
        for value in values.split(separator: ", ") where setting.key != "PageSize" {
            #expect(
                setting.description.contains("\(value): "),
                "\(setting.section).\(setting.key): \(value) is not described")
        }
    }

    @Test(arguments: [("Memroy", "Memory"), ("memory", "Memory"), ("Imgae", "Image"), ("Xyzzy", nil), ("N", nil)])
    func suggests(_ typed: String, _ meant: String?) {
        #expect(suggestion(for: typed, among: GuestSection.settings.map(\.key)) == meant)
    }
}
