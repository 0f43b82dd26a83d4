import LabTools
import Nspawn
import Testing

extension NspawnTests {
    @Test func aMistakeIsToldByItsUnit() throws {
        let configuration = Container.configuration(testpmd: "Queus=2\n")
        let line = try #require(configuration.lines.firstIndex { $0.hasPrefix("Queus") }) + 1
        try expectMistake(configuration, says: ["\(Container.configurationFile):\(line)", "Queus", "Queues"])
    }

    @Test func aMistakeInADropInIsToldWithItsFile() throws {
        let dropIn = "/etc/pvpgen/pvp.conf.d/50-test.conf"
        try expectMistake(files: [dropIn: "[Testpmd]\nDescriptors=many\n"], says: ["\(dropIn):2", "Descriptors"])
    }

    /// Errors are reported, the valid parts start, and the target fails.
    private func expectMistake(
        _ configuration: String = Container.configuration(), files: [String: String] = [:], says words: [String]
    ) throws {
        let (container, mark) = try Container.idle(configuration, files: files)
        #expect(try container.attempt(["systemctl", "start", "pvp.target"], within: Limit.unit).status != 0)
        let unit = "pvp-config-error.service"
        #expect(try container.properties(of: unit)["ActiveState"] == "failed")
        let told = try container.journal(since: mark, unit: unit).map(\.message).joined(separator: "\n")
        for word in words { #expect(told.contains(word), "\(told)") }
        let reasons = try container.journal(since: mark, unit: "pvp-ready.service").map(\.message)
        #expect(reasons.contains { $0.contains(unit) }, "\(reasons)")
    }
}
