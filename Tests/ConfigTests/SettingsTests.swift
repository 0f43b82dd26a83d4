import Foundation
import TestSupport
import Testing

@testable import Config

@Suite struct SettingsTests {
    /// Every setting has a line of documentation, its default is a value of its own type, and that value is what an empty section has.
    private func check<Section: ConfigSection>(_: Section) {
        #expect(Set(Section.settings.map(\.key)).count == Section.settings.count)
        for setting in Section.settings {
            #expect(!setting.documentation.isEmpty && !setting.documentation.contains("\n"))
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
                #expect(!setting.type.syntax.hasSuffix(".") && !setting.documentation.hasSuffix(".") && !setting.since.isEmpty)
                let problems = ParsingTests.parse("[\(section.title)]\n\(setting.key)=\n").problems
                #expect(problems.isEmpty, "\(setting.key)")
            }
        }
    }

    /// The README's table is the one of the code.
    @Test func theREADMEHasEveryKeyAndNoOther() throws {
        let expected = Config.documentation.flatMap { section in
            section.settings.enumerated().map { index, setting in
                let title = index == 0 ? " `[\(section.title)]`" : ""
                let value = setting.defaultText.isEmpty ? "" : " \(setting.defaultText)"
                return "|\(title) | `\(setting.key)=` |\(value) | \(setting.line) |"
            }
        }
        let readme = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(
            path: "README.md")
        func isSetting(_ line: Substring) -> Bool { (line.hasPrefix("| `[") || line.hasPrefix("| | `")) && line.contains("=` |") }
        let lines = try String(contentsOf: readme, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
        if Golden.isRewritten("README.md"), let first = lines.firstIndex(where: isSetting) {
            let rest = lines[first...].drop(while: isSetting)
            try (lines[..<first] + expected.map { $0[...] } + rest).joined(separator: "\n").write(
                to: readme, atomically: true, encoding: .utf8)
        }
        let found = try String(contentsOf: readme, encoding: .utf8).split(separator: "\n").filter(isSetting).map(String.init)
        #expect(found == expected, "UPDATE_GOLDEN=1 swift test --filter SettingsTests writes the table anew")
    }

    @Test(arguments: [("Memroy", "Memory"), ("memory", "Memory"), ("Imgae", "Image"), ("Xyzzy", nil), ("N", nil)])
    func suggests(_ typed: String, _ meant: String?) {
        #expect(suggestion(for: typed, among: GuestSection.settings.map(\.key)) == meant)
    }
}
