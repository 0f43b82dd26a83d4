import JSON
import Plan
import Testing
import Views

@Suite struct GeneratorViewTests {
    @Test("table, JSON and diagram show generators with their program and CPUs")
    func shown() throws {
        let host = try Case("70-generators")
        let table = host.plan.table
        for line in [
            "generator  testpmd    pvp-traffic", "pvp-traffic on root@tester", "TRex at tester:4501",
        ] { #expect(table.contains(line), "\(table)") }
        let generators = try #require(host.plan.json["generators"]?.array)
        #expect(generators.map { $0["name"]?.string } == ["generator", "by-kernel", "far", "trex"])
        #expect(generators.map { $0["program"]?["kind"]?.string } == ["builtin", "builtin", "builtin", "trex"])
        #expect(generators[0]["program"]?["ports"]?.array?.map(\.string) == ["0000:65:00.0", "0000:65:00.1"])
        #expect(generators[2]["maximum_rate_pps"]?.int == 14_880_952)
    }
}
