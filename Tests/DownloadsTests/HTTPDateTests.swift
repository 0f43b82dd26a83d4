import Downloads
import Testing

@Suite struct HTTPDateTests {
    /// As date(1) has them.
    @Test(arguments: [
        ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("Thu, 29 Feb 2024 23:59:59 GMT", 1_709_251_199),
        ("Fri, 01 Mar 2024 00:00:00 GMT", 1_709_251_200), ("Tue, 01 Mar 2100 00:00:00 GMT", 4_107_542_400),
        ("Sun, 06 Nov 1994 08:49:37 UTC", nil), ("Sun Nov  6 08:49:37 1994", nil),
        ("Sun, 06 Nov 99999999999999999999 08:49:37 GMT", nil),
        ("Sun, +6 Nov 1994 08:49:37 GMT", nil), ("Sun, 32 Nov 1994 08:49:37 GMT", nil),
        ("Sun, 06 Foo 1994 08:49:37 GMT", nil), ("", nil),
        ("Sun, 06 Nov 1994 24:00:00 GMT", nil),
    ])
    func dates(_ text: String, _ seconds: Int?) { #expect(HTTPDate(text)?.seconds == seconds) }
}
