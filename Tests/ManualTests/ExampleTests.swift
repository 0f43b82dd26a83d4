import Config
import Diagnostics
import Foundation
import Manual
import TestSupport
import Testing

/// `etc/pvp.conf` is made from the table; `UPDATE_GOLDEN=1` rewrites it.
@Suite struct ExampleTests {
    @Test func theFileIsThatOfTheTable() throws {
        let name = "etc/pvp.conf"
        let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
            .appending(path: name)
        if Golden.isRewritten(name) {
            try ConfigTemplate.example.text().write(to: path, atomically: true, encoding: .utf8)
        }
        #expect(
            try String(contentsOf: path, encoding: .utf8) == ConfigTemplate.example.text(),
            """
            \(name) is not what the table of settings says: UPDATE_GOLDEN=1 swift test --filter ManualTests rewrites it
            """
        )
    }

    /// Sections without a setting of their own are comments.
    @Test func itIsShort() {
        let lines = ConfigTemplate.example.text().split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(lines.count <= 8 && lines.contains { $0.hasPrefix("Image=") })
    }

    @Test func everySettingIsInIt() {
        let lines = ConfigTemplate.example.text().split(separator: "\n")
        let keys = Config.documentation.flatMap { section in section.settings.map { "\($0.section).\($0.key)" } }
        var title = ""
        var found: [String] = []
        for line in lines.map({ $0.hasPrefix("#") ? $0.dropFirst() : $0 }) where !line.hasPrefix(" ") {
            if line.hasPrefix("[") { title = String(line.dropFirst().dropLast()) }
            if let equals = line.firstIndex(of: "=") { found.append("\(title).\(line[..<equals])") }
        }
        #expect(Set(found) == Set(keys) && found.count == keys.count + 1, "PCIAddress= is there for two NICs")
    }

    /// Each default without its #, one by one and all of them, changes nothing but where values
    /// stand.
    @Test func uncommentedDefaultsAreDefaults() {
        func parse(_ lines: [String]) -> (config: Config, codes: [String]) {
            let (config, problems) = Config.parse([
                .init(path: "pvp.conf", content: Array(lines.joined(separator: "\n").utf8))
            ])
            return (config, problems.map(\.rendered))
        }
        let lines = ConfigTemplate.example.text().split(separator: "\n").map { line in
            String(line.hasPrefix("#[") ? line.dropFirst() : line)
        }
        let places = lines.indices.filter { lines[$0].hasPrefix("#") && !lines[$0].hasPrefix("# ") }
        #expect(places.count > 15)
        let plain = parse(lines)
        #expect(plain.codes == [])
        for set in places.map({ [$0] }) + [places] {
            var changed = lines
            for place in set { changed[place].removeFirst() }
            let (config, codes) = parse(changed)
            #expect(codes == [], "\(set.map { lines[$0] })")
            #expect(values(config) == values(plain.config), "\(set.map { lines[$0] })")
        }
    }

    /// A configuration without its sources.
    private func values(_ config: Config) -> [AnyHashable] {
        func bare<Section: ConfigSection>(_ section: Section) -> AnyHashable {
            var section = section
            section.source = SectionSource()
            return AnyHashable(section)
        }
        return config.sections.map { bare($0) }
    }
}
