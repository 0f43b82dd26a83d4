import Foundation
import Testing

@testable import Config

@Suite struct SettingsTests {
    /// Every setting has a line of documentation, its default is a value of its own type, and that value is what an empty section has.
    private func check<Section: ConfigSection>(_: Section.Type) {
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
        check(HostSection.self)
        check(HugepagesSection.self)
        check(NICSection.self)
        check(TestpmdSection.self)
        check(GuestSection.self)
    }

    /// The README's table is the one of the code.
    @Test func theREADMEHasEveryKeyAndNoOther() throws {
        func rows<Section: ConfigSection>(_: Section.Type) -> [String] {
            Section.settings.enumerated().map { index, setting in
                let title = index == 0 ? " `[\(Section.title)]`" : ""
                let value = setting.defaultText.isEmpty ? "" : " \(setting.defaultText)"
                return "|\(title) | `\(setting.key)=` |\(value) | \(setting.documentation) |"
            }
        }
        let expected =
            rows(HostSection.self) + rows(HugepagesSection.self) + rows(NICSection.self) + rows(TestpmdSection.self)
            + rows(GuestSection.self)
        let readme = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(
            path: "README.md")
        let lines = try String(contentsOf: readme, encoding: .utf8).split(separator: "\n").map(String.init)
        #expect(lines.filter { $0.hasPrefix("|") && $0.contains("=` |") } == expected)
    }

    /// The example is short: two NICs and an image in at most 10 lines that are no comments.
    @Test func theExampleIsShort() throws {
        let example = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "etc/pvp.conf")
        let lines = try String(contentsOf: example, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(lines.count <= 10 && lines.contains { $0.hasPrefix("Image=") })
    }

    @Test(arguments: [("Memroy", "Memory"), ("memory", "Memory"), ("Imgae", "Image"), ("Xyzzy", nil), ("N", nil)])
    func suggests(_ typed: String, _ meant: String?) {
        #expect(suggestion(for: typed, among: GuestSection.settings.map(\.key)) == meant)
    }
}
