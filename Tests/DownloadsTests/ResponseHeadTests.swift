import Downloads
import Testing

@Suite struct ResponseHeadTests {
    @Test func headsOfAnswers() {
        let head = ResponseHead(
            "HTTP/1.1 302 Found\r\nLocation: /b\r\nETag: \"0\"\r\n\r\nHTTP/2 206\r\ncontent-range: bytes 5-9/10\r\n"
                + "last-modified: Mon\r\n\r\n"
        )
        #expect(head.status == 206 && head.total == 10 && head.validator == nil)
        #expect(ResponseHead("HTTP/1.1 200 OK\r\nContent-Length: 7\r\nETag: W/\"1\"\r\n").validator == nil)
        #expect(ResponseHead("HTTP/1.1 206 OK\r\nContent-Range: bytes 5-9/*\r\n").total == nil)
        #expect(ResponseHead("HTTP/1.1 416 No\r\nContent-Length: 7\r\nContent-Range: bytes */12\r\n").total == 12)
        #expect(ResponseHead("").status == 0)
    }

    /// RFC 9110, 8.6: digits, and nothing else.
    @Test(arguments: [
        ("7", 7), ("0", 0), ("7 \t", 7), ("-5", nil), ("+5", nil), (" 5 5", nil), ("5, 5", nil), ("0x10", nil),
        ("99999999999999999999", nil),
        ("", nil),
    ])
    func lengthsOfAnswers(_ text: String, _ length: Int?) {
        #expect(ResponseHead("HTTP/1.1 200 OK\r\nContent-Length: \(text)\r\n").total == length)
        #expect(ResponseHead("HTTP/1.1 206 OK\r\nContent-Range: bytes 0-1/\(text)\r\n").total == length)
    }

    /// RFC 9110, 8.8.2.2 and 13.1.5.
    @Test(arguments: [
        ("Last-Modified: \(changed)\r\nDate: Sun, 06 Nov 1994 08:50:37 GMT", changed),
        ("Last-Modified: \(changed)\r\nDate: Sun, 06 Nov 1994 08:50:36 GMT", nil), ("Last-Modified: \(changed)", nil),
        ("Last-Modified: \(changed)\r\nDate: Sat, 05 Nov 1994 08:50:37 GMT", nil),
        ("Last-Modified: Sunday, 06-Nov-94 08:49:37 GMT\r\nDate: Mon, 07 Nov 1994 08:49:37 GMT", nil),
        ("Last-Modified: \(changed)\r\nETag: W/\"1\"\r\nDate: Mon, 07 Nov 1994 08:49:37 GMT", nil),
        ("Last-Modified: \(changed)\r\nETag: \"1\"", "\"1\""), ("ETag: W/\"1\"", nil), ("ETag:", nil), ("ETag: ", nil),
        ("Last-Modified: \(changed)\r\nETag:\r\nDate: Sun, 06 Nov 1994 08:50:37 GMT", changed), ("", nil),
    ])
    func validators(_ fields: String, _ validator: String?) {
        #expect(ResponseHead("HTTP/1.1 200 OK\r\n\(fields)\r\n\r\n").validator == validator)
    }

    static let changed = "Sun, 06 Nov 1994 08:49:37 GMT"

    @Test(
        "an HTML page is recognized by its media type",
        arguments: [
            ("text/html", true), ("Text/HTML; charset=UTF-8", true), ("text/html\t;x=1", true), ("text/plain", false),
            ("application/x-xz; name=text/html", false), (";", false), ("", false),
        ])
    func pages(_ type: String, _ isHTML: Bool) {
        #expect(ResponseHead("HTTP/1.1 200 OK\r\nContent-Type: \(type)\r\n").isHTML == isHTML)
    }
}
