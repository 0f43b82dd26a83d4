import Testing
import Values

@Suite struct URLTextTests {
    @Test(
        "The user and password of a URL are not shown",
        arguments: [
            ("https://user:s3cret@host/x", "https://***@host/x"), ("http://token@host", "http://***@host"),
            ("https://user:p@ss@host:8/x?y@z", "https://***@host:8/x?y@z"),
            ("a https://u:p@h/ b ftp://u@h", "a https://***@h/ b ftp://***@h"),
        ])
    func credentials(_ text: String, _ shown: String) { #expect(text.withoutCredentials == shown) }

    @Test(
        "Other text is shown as it is",
        arguments: ["", "https://host/a@b", "https://host?a@b", "/srv/a@b", "user@host", "a:// b@c", "ü://", "://"])
    func others(_ text: String) { #expect(text.withoutCredentials == text) }
}
