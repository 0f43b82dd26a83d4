import JSON
import Linux
import MeasurementResults
import TestSupport
import Testing

@Suite struct CompareCommandTests {
    private func tree() throws -> Tree {
        var other = try SimulatedChain(capacity: 7_000_000, host: "host2").result()
        other.faults = ["the governor changed"]
        return try Tree([
            "/a.json": SimulatedChain().result().json.text,
            "/b.json": SimulatedChain(capacity: 7_000_000, host: "host2").result().json.text,
            "/fault.json": other.json.text, "/report.json": SimulatedChain().report().text, "/text": "no result",
            "/old.json": #"{"schema": "pvpgen.measurement/0"}"#,
            "/damaged.json": #"{"schema": "pvpgen.measurement/1"}"#,
        ])
    }

    @Test("compare prints rates and exits with 0 for comparable results") func comparable() throws {
        let tree = try tree()
        let files = ["\(tree.path)/a.json", "\(tree.path)/b.json"]
        let result = try Program(name: "pvpgen").run(["compare"] + files)
        #expect(result.status == 0 && result.output.hasPrefix("The results can be compared.\n"), "\(result)")
        #expect(result.output.contains("(−11."), "\(result.output)")
        let json = try Program(name: "pvpgen").run(["compare", "--json"] + files)
        #expect(json.status == 0)
        #expect(try JSON(Array(json.output.utf8))["comparable"] == true)
    }

    @Test("compare exits with 1 and the reason for results that cannot be compared") func fault() throws {
        let tree = try tree()
        let files = ["\(tree.path)/a.json", "\(tree.path)/fault.json"]
        let result = try Program(name: "pvpgen").run(["compare"] + files)
        #expect(
            result.status == 1
                && result.output.contains("fault.json: the measurement is invalid: the governor changed"),
            "\(result)")
        let json = try Program(name: "pvpgen").run(["compare", "--json"] + files)
        #expect(json.status == 1)
        #expect(try JSON(Array(json.output.utf8))["reasons"]?.array?.count == 1)
    }

    @Test("compare --output writes a page of all results") func page() throws {
        let tree = try tree()
        let result = try Program(name: "pvpgen").run([
            "compare", "--output=\(tree.path)/page.html", "\(tree.path)/a.json", "\(tree.path)/b.json",
        ])
        #expect(result.status == 0 && result.output.contains("can be compared"), "\(result)")
        let page = String(decoding: try tree.root.bytes("/page.html"), as: UTF8.self)
        #expect(page.hasPrefix("<!DOCTYPE html>") && page.contains("host2"))
        let unwritable = try Program(name: "pvpgen").run([
            "compare", "--output=\(tree.path)/a.json/page.html", "\(tree.path)/a.json", "\(tree.path)/b.json",
        ])
        #expect(unwritable.status == 1 && unwritable.error.contains("a.json"), "\(unwritable)")
    }

    @Test(
        "compare names a file that is no result",
        arguments: [
            ("missing.json", "missing.json"), ("report.json", "report.json: expected the result of a measurement"),
            ("old.json", "got 'pvpgen.measurement/0'"), ("text", "text: JSON at byte 0"),
            ("damaged.json", "damaged.json: name: expected a text, found nothing"),
        ]) func otherFiles(_ file: String, _ message: String) throws
    {
        let tree = try tree()
        let result = try Program(name: "pvpgen").run(["compare", "\(tree.path)/a.json", "\(tree.path)/\(file)"])
        #expect(result.status == 1 && result.output == "" && result.error.contains(message), "\(result)")
    }

    @Test("compare of fewer than two results is wrong usage", arguments: [[], ["one"], ["one", "two", "--what"]])
    func usage(_ arguments: [String]) throws {
        #expect(try Program(name: "pvpgen").run(["compare"] + arguments).status == 2)
    }
}
