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

    @Test(arguments: [("Memroy", "Memory"), ("memory", "Memory"), ("Imgae", "Image"), ("Xyzzy", nil), ("N", nil)])
    func suggests(_ typed: String, _ meant: String?) {
        #expect(suggestion(for: typed, among: GuestSection.settings.map(\.key)) == meant)
    }
}
