import Diagnostics
import JSON
import Testing

@Suite("JSON")
struct JSONTests {
    private func read(_ text: String) throws -> JSON { try JSON(Array(text.utf8)) }

    @Test func values() throws {
        #expect(try read("null") == .null)
        #expect(try read(" true ") == .bool(true))
        #expect(try read("false") == .bool(false))
        #expect(try read("-12").int == -12)
        #expect(try read("18446744073709551615").counter == .max)
        #expect(try read("1.5e-3") == .number("1.5e-3"))
        #expect(try read("[]") == .array([]))
        #expect(try read("{}") == .object([]))
        #expect(try read("[1, [2], {\"a\": null}]").array?.count == 3)
        #expect(try read("{\"/ethdev/list\":[0,1]}")["/ethdev/list"]?.array?.compactMap(\.int) == [0, 1])
    }

    @Test(arguments: [
        (#""plain µ""#, "plain µ"),
        (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
        (#""\u00e9\ud83d\ude00""#, "é😀"), (#""\ud83dx""#, "\u{fffd}x"),
        (#""\udc00""#, "\u{fffd}"),
    ])
    func strings(_ text: String, _ expected: String) throws { #expect(try read(text) == .string(expected)) }

    @Test(arguments: [
        "", " ", "nul", "truefalse", "1 2", "-", "1.", "1e", "+1", "[", "[1", "[1,]", "[1 2]", "{", "{1:2}", "{\"a\"}", "{\"a\":}",
        "{\"a\":1,}", "\"",
        "\"\\", "\"\\x\"",
        "\"\\u12\"", "\"\\u12g4\"", "\"\n\"", "'a'", String(repeating: "[", count: 100_000),
    ])
    func malformed(_ text: String) {
        let problem = #expect(throws: Problem.self) { try read(text) }
        #expect(problem?.code == "json-malformed")
    }

    @Test("Every beginning of an answer is refused, and nothing breaks")
    func beginnings() throws {
        let text = Array(#"{"/ethdev/info":{"name":"net_null1","state":1,"mac":"A6:09\u0041","rxq":[1,-2.5e+1],"x":null,"y":true}}"#.utf8)
        _ = try JSON(text)
        for count in 0..<text.count { #expect(throws: Problem.self) { try JSON(Array(text[..<count])) } }
    }

    @Test("What is written reads as the same value")
    func writes() throws {
        let value: JSON = [
            "code": "value", "line": 12, "counter": .number(UInt64.max), "cpus": [1, 2], "none": [], "empty": [:],
            "list": [["a": true, "b": .null], "\"\\\n\t\u{1}\u{7f}é😀"],
        ]
        #expect(
            value.text == """
                {
                  "code": "value",
                  "line": 12,
                  "counter": 18446744073709551615,
                  "cpus": [1, 2],
                  "none": [],
                  "empty": {},
                  "list": [
                    {
                      "a": true,
                      "b": null
                    },
                    "\\"\\\\\\n\\t\\u0001\u{7f}é😀"
                  ]
                }

                """)
        #expect(try read(value.text) == value)
        #expect(try read(value.line) == value)
        #expect(!value.line.contains("\n") && value.line.hasPrefix(#"{"code": "value", "line": 12, "counter": "#))
    }
}
