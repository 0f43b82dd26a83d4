import Testing

@testable import Config

@Suite struct ImageSettingsTests {
    @Test(arguments: ["/a b", "https://example.com/a.qcow2", "http://10.0.0.1:8000/a?b=c"])
    func images(_ text: String) { #expect(ValueType.image.read(text) == text) }

    @Test func aFileURLIsItsPath() { #expect(ValueType.image.read("file:///srv/a") == "/srv/a") }

    @Test(arguments: [
        "a.qcow2", "ftp://example.com/a", "http://", "http:///a", "https://example.com/a b", "file://host/a",
        "http://a/\u{1b}", "-o",
    ])
    func noImages(_ text: String) { #expect(ValueType.image.read(text) == nil) }
}
