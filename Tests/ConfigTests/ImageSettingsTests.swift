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

    @Test func checksums() {
        let sum = String(repeating: "aB", count: 32)
        #expect(Checksum("sha256:\(sum)") == Checksum(.sha256, sum.lowercased()))
        #expect(Checksum("sha512:\(sum)\(sum)")?.description == "sha512:\(sum.lowercased())\(sum.lowercased())")
        for wrong in ["", sum, "sha256:", "sha256:\(sum)0", "sha512:\(sum)", "md5:\(sum)", "sha256:\(sum.dropLast())g"]
        {
            #expect(Checksum(wrong) == nil, "\(wrong)")
        }
    }
}
