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
        (#""\udc00""#, "\u{fffd}"), (#""\ud83d\u0041""#, "\u{fffd}A"), (#""\ud83d\ud83d\ude00""#, "\u{fffd}😀"),
        (#""\ud83d\n""#, "\u{fffd}\n"), (#""\udc00\ud83d""#, "\u{fffd}\u{fffd}"),
    ])
    func strings(_ text: String, _ expected: String) throws { #expect(try read(text) == .string(expected)) }

    @Test(arguments: [
        "", " ", "nul", "truefalse", "1 2", "-", "1.", "1e", "+1", "[", "[1", "[1,]", "[1 2]", "{", "{1:2}", "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}", "\"",
        "\"\\", "\"\\x\"",
        "01", "-01", "00", "[1, 007]", "01.5", "0x1", "\"\\ud83d\\u12\"",
        "\"\\u12\"", "\"\\u12g4\"", "\"\n\"", "'a'", String(repeating: "[", count: 100_000),
    ])
    func malformed(_ text: String) {
        let problem = #expect(throws: Problem.self) { try read(text) }
        #expect(problem?.code == .jsonMalformed)
    }

    @Test("a 0 alone or before a point is a number", arguments: ["0", "-0", "0.5", "0e1", "10", "100"])
    func zeros(_ text: String) throws { #expect(try read(text) == .number(text)) }

    @Test(
        "bytes that are not UTF-8 are malformed",
        arguments: [[0xff], [0xc3], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0x41, 0x80]]
            as [[UInt8]])
    func encoding(_ bytes: [UInt8]) {
        let text = [UInt8(ascii: "\"")] + bytes + [UInt8(ascii: "\"")]
        for json in [text, Array("[1, ".utf8) + text + Array("]".utf8), Array("{".utf8) + text + Array(": 1}".utf8)] {
            #expect(throws: Problem.self) { try JSON(json) }
        }
    }

    @Test("Every beginning of an answer is refused, and nothing breaks")
    func beginnings() throws {
        let text = Array(
            #"{"/ethdev/info":{"name":"net_null1","state":1,"mac":"A6:09\u0041","rxq":[1,-2.5e+1],"x":null,"y":true}}"#
                .utf8)
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
