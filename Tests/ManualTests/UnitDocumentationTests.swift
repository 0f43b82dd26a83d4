import Config
import Foundation
import TestSupport
import Testing

@testable import Manual

/// The table of units says what the installed and the generated unit files say.
@Suite struct UnitDocumentationTests {
    /// What the files of a unit have, by key; the variables below "Environment".
    private typealias Facts = [String: Set<String>]

    private static let project = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let units = unitDocumentation.flatMap { $0.units }

    /// The name without what differs from host to host: an instance, a NIC, a testpmd.
    private static func template(_ name: String) -> String {
        if name.hasPrefix("sys-bus-pci-devices-") { return "sys-bus-pci-devices-.device" }
        if name.hasPrefix("testpmd"), let dot = name.lastIndex(of: ".") { return "testpmd" + name[dot...] }
        guard name.hasPrefix("pvp-"), let at = name.firstIndex(of: "@"), let dot = name.lastIndex(of: ".") else {
            return name
        }
        return String(name[...at] + name[dot...])
    }

    /// Adds what stands in unit files, by their paths in a directory of units.
    private static func read(_ files: [String: String], into facts: inout [String: Facts]) {
        for (path, text) in files {
            guard let unit = path.split(separator: "/").first.map({ String($0.hasSuffix(".d") ? $0.dropLast(2) : $0) }),
                [".service", ".socket", ".target", ".slice", ".mount", ".device"].contains(where: unit.hasSuffix)
            else { continue }
            var found = facts[template(unit)] ?? [:]
            for match in text.matches(of: /(?m)^(After|Before|Requires|Wants|PartOf)=(.*)$/) {
                found[String(match.output.1), default: []].formUnion(
                    match.output.2.split(separator: " ").map { template(String($0)) })
            }
            for match in text.matches(of: /(?m)^Environment="?(PVP_[A-Z_]+)=|\$\{?(PVP_[A-Z_]+)|(PVP_PAGES)=/) {
                let names = [match.output.1, match.output.2, match.output.3].compactMap { $0 }
                found["Environment", default: []].formUnion(names.map(String.init))
            }
            facts[template(unit)] = found
        }
    }

    /// Of the installed units, of all cases, and of a host with a read-only console.
    private static func facts() throws -> [String: Facts] {
        var facts: [String: Facts] = [:]
        read(GeneratorOutput(messages: "", directory: project.appending(path: "units").path).files, into: &facts)
        for name in HostCase.names { read(HostCase.expected(name).files, into: &facts) }
        let host = try HostCase("01-example").tree
        try host.write("/etc/pvpgen/pvp.conf.d/view.conf", "[Testpmd]\nReadOnlyGroup=adm\n")
        let result = try Program(name: "pvpgen").run(["generate", "--root=\(host.path)", "--output=\(host.path)/units"])
        #expect(result.status == 0, "\(result.error)")
        read(GeneratorOutput(messages: "", directory: "\(host.path)/units").files, into: &facts)
        return facts
    }

    @Test func everyUnitIsDocumentedAndNoOther() throws {
        let names = Set(try Self.facts().keys)
        #expect(names == Set(Self.units.map { Self.template($0.name) }))
    }

    @Test func ordersAndVariablesAreThoseOfTheFiles() throws {
        let facts = try Self.facts()
        for unit in Self.units {
            var found = facts[Self.template(unit.name)] ?? [:]
            // Every unit of the plan: the page says so in words.
            if unit.name == "pvp.target" { found["Wants"] = nil }
            if unit.name == "pvp-ready.service" { found["After"] = nil }
            let documented = [
                ("After", unit.after), ("Before", unit.before), ("Requires", unit.requires), ("Wants", unit.wants),
                ("PartOf", unit.partOf),
                ("Environment", unit.variables),
            ]
            for (key, names) in documented {
                #expect(Set(names.map(Self.template)) == found[key] ?? [], "\(unit.name) \(key)=")
            }
        }
    }

    @Test func settingsExist() {
        let names = Config.documentation.flatMap { section in
            [section.title] + section.settings.map { "\(section.title).\($0.key)" }
        }
        for unit in Self.units { #expect(Set(unit.settings).isSubset(of: names), "\(unit.name): \(unit.settings)") }
    }
}
