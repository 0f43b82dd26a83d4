import Diagnostics
import Testing
import Traffic

@Suite("A request and its answer")
struct HTTPTests {
    private func answer(_ head: String, _ metrics: Result<String, Problem> = .success("# EOF\n")) -> [String] {
        let bytes = HTTPResponse(to: Array(head.utf8)) { metrics }.bytes
        return String(decoding: bytes, as: UTF8.self).split(separator: "\r\n", omittingEmptySubsequences: false).map(
            String.init)
    }

    @Test(arguments: [
        "GET /metrics HTTP/1.1\r\nHost: localhost:9100\r\nAccept: */*\r\n\r\n", "GET /metrics HTTP/1.0\r\n\r\n",
        "GET /metrics HTTP/1.0\n\n",
        "GET /metrics HTTP/1.2\r\nHost: a\r\n\r\n",
        "\r\n\nGET /metrics?x=/y HTTP/1.1\r\nhost:\r\n\r\n",
        "GET http://localhost:9100/metrics HTTP/1.1\r\nHost: a\r\n\r\nGET /second",
    ]) func metrics(_ head: String) {
        #expect(
            answer(head) == [
                "HTTP/1.1 200 OK", "Content-Type: application/openmetrics-text; version=1.0.0; charset=utf-8",
                "Content-Length: 6",
                "Cache-Control: no-store", "Connection: close", "", "# EOF\n",
            ])
    }

    @Test("HEAD is GET without the body") func head() {
        #expect(answer("HEAD /metrics HTTP/1.0\r\n\r\n", .success("é")).dropFirst(2).first == "Content-Length: 2")
        #expect(answer("HEAD /metrics HTTP/1.0\r\n\r\n").last == "")
        #expect(answer("HEAD /other HTTP/1.0\r\n\r\n").first == "HTTP/1.1 404 Not Found")
    }

    @Test(arguments: [
        ("GET / HTTP/1.0\r\n\r\n", 404), ("GET /metrics/ HTTP/1.0\r\n\r\n", 404), ("POST /x HTTP/1.0\r\n\r\n", 404),
        ("GET http://localhost HTTP/1.0\r\n\r\n", 404), ("OPTIONS * HTTP/1.0\r\n\r\n", 404),
        ("POST /metrics HTTP/1.0\r\nContent-Length: 1\r\n\r\nx", 405), ("get /metrics HTTP/1.0\r\n\r\n", 405),
        ("DELETE /metrics HTTP/1.1\r\nHost: a\r\n\r\n", 405),
        // No host, and two.
        ("GET /metrics HTTP/1.1\r\n\r\n", 400), ("GET /metrics HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        ("GET /metrics HTTP/1.0\r\nno header\r\n\r\n", 400), ("GET /metrics HTTP/1.0\r\na b: c\r\n\r\n", 400),
        ("GET /metrics HTTP/1.0\r\na: b\u{0}\r\n\r\n", 400), ("GET /metrics HTTP/1.0\r\n folded: b\r\n\r\n", 400),
        ("GET /metrics\r\n\r\n", 400), ("GET  /metrics HTTP/1.0\r\n\r\n", 400), ("G@T /metrics HTTP/1.0\r\n\r\n", 400),
        ("GET /metrics SPDY/1\r\n\r\n", 400), ("GET /mét HTTP/1.0\r\n\r\n", 400), ("\r\n\r\n", 400), ("", 400),
        ("\u{16}\u{3}\u{1}\n\n", 400),
        ("GET /metrics HTTP/2.0\r\n\r\n", 505), ("GET /metrics HTTP/1.10\r\n\r\n", 505),
    ]) func others(_ head: String, _ status: Int) {
        let answer = answer(head)
        #expect(answer.first?.hasPrefix("HTTP/1.1 \(status) ") == true, "\(answer)")
        #expect(answer.contains("Connection: close") && answer.contains("Content-Type: text/plain; charset=utf-8"))
        #expect(answer.contains("Allow: GET, HEAD") == (status == 405))
    }

    @Test("Nothing is measured for who has no use for it") func onlyWhenAsked() {
        var count = 0
        for head in ["GET / HTTP/1.0\n\n", "PUT /metrics HTTP/1.0\n\n", "nonsense\n\n"] {
            _ = HTTPResponse(to: Array(head.utf8)) {
                count += 1
                return .success("")
            }
        }
        #expect(count == 0)
    }

    @Test func nothingToServe() {
        let answer = answer("GET /metrics HTTP/1.0\n\n", .failure(Problem(.noMetrics, "nothing", remedy: "do it")))
        #expect(answer.first == "HTTP/1.1 503 Service Unavailable" && answer.last == "nothing; do it\n")
    }

    @Test(arguments: [
        ("", false), ("\r\n\r\n", false), ("GET / HTTP/1.0\r\n", false), ("GET / HTTP/1.0\r\n\r", false),
        ("GET / HTTP/1.0\r\n\r\n", true),
        ("\r\nGET / HTTP/1.0\n\n", true), ("GET / HTTP/1.0\r\nA: b\r\n", false),
        ("GET / HTTP/1.0\r\nA: b\r\n\r\nrest", true),
    ]) func whole(_ text: String, _ isWhole: Bool) { #expect(HTTPRequest.isWhole(Array(text.utf8)) == isWhole) }

    @Test("Any bytes have an answer") func noise() {
        let alphabet = Array("GET /metrics HTTP/1.10\r\n:Host \u{0}\u{ff}".utf8)
        var state: UInt64 = 7
        for length in 0..<400 {
            let bytes = (0..<length).map { _ -> UInt8 in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return alphabet[Int(state >> 33) % alphabet.count]
            }
            _ = HTTPRequest.isWhole(bytes)
            #expect(HTTPResponse(to: bytes) { .success("") }.status >= 200)
        }
    }
}
