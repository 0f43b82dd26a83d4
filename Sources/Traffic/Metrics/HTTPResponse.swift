package import Diagnostics

/// The answer to a request (RFC 9112), after which the connection is closed.
package struct HTTPResponse: Hashable, Sendable {
    /// 200 to 599.
    package var status: Int
    /// What the body is.
    package var mediaType = "text/plain; charset=utf-8"
    /// The methods that there are, where the request had another.
    package var allow: String?
    /// The text.
    package var body: String
    /// Whether the body is left out, because only the head was asked for.
    package var isHead = false
    /// The time of the answer (RFC 9110, 6.6.1); none for a value that a test looks at.
    package var date: String?

    /// The answer to a head; `metrics` is asked only when they are wanted. Nothing else is here,
    /// and they can only be read.
    package init(to head: [UInt8], metrics: () -> Result<String, Problem>) {
        do throws(HTTPRequest.Mistake) {
            let request = try HTTPRequest(head)
            self.init(to: request, metrics: metrics)
        } catch {
            self.init(error)
        }
    }

    /// The answer to an invalid request.
    package init(_ mistake: HTTPRequest.Mistake) {
        status = mistake.status
        body = mistake.reason + "\n"
    }

    private init(to request: HTTPRequest, metrics: () -> Result<String, Problem>) {
        isHead = request.method == "HEAD"
        guard request.path == "/metrics" else {
            status = 404
            body = "there is only /metrics\n"
            return
        }
        guard request.method == "GET" || isHead else {
            status = 405
            allow = "GET, HEAD"
            body = "there is only GET and HEAD\n"
            return
        }
        switch metrics() {
        case .success(let text):
            status = 200
            mediaType = OpenMetrics.mediaType
            body = text
        case .failure(let problem):
            status = 503
            body = problem.line + "\n"
        }
    }

    /// All of it, as it goes over the wire.
    package var bytes: [UInt8] {
        var head = ["HTTP/1.1 \(status) \(reason)", "Content-Type: \(mediaType)", "Content-Length: \(body.utf8.count)"]
        if let date { head.append("Date: \(date)") }
        if let allow { head.append("Allow: \(allow)") }
        // A counter is of the moment.
        head += ["Cache-Control: no-store", "Connection: close", "", ""]
        return Array((head.joined(separator: "\r\n") + (isHead ? "" : body)).utf8)
    }

    private var reason: String {
        switch status {
        case 200: "OK"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 408: "Request Timeout"
        case 431: "Request Header Fields Too Large"
        case 503: "Service Unavailable"
        case 505: "HTTP Version Not Supported"
        default: "Bad Request"
        }
    }
}
