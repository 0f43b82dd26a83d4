import Linux

/// One request and its answer, on standard input and output: what a socket unit with `Accept=yes`
/// has a service for.
package enum HTTPExchange {
    /// Milliseconds in which a head has to come, and in which the answer has to be taken.
    private static let patience = 5000

    /// Reads a head, and writes what `respond` returns for it. A connection that sends nothing and
    /// closes gets no answer.
    package static func serve(_ respond: ([UInt8]) -> HTTPResponse) {
        var head: [UInt8] = []
        let end = MonotonicClock.now + patience
        while !HTTPRequest.isWhole(head) {
            guard head.count < HTTPRequest.limit else {
                return send(HTTPResponse(.init(431, "the head has more than \(HTTPRequest.limit) bytes")))
            }
            guard Descriptor.poll(Descriptor.standardInput, .input, timeout: end - MonotonicClock.now) else {
                return send(HTTPResponse(.init(408, "the head did not come in time")))
            }
            switch Descriptor.read(Descriptor.standardInput, limit: HTTPRequest.limit - head.count) {
            case .bytes(let bytes): head += bytes
            case .nothing: break
            case .end:
                if !head.isEmpty { send(HTTPResponse(.init(400, "the head has no end"))) }
                return
            }
        }
        send(respond(head))
    }

    private static func send(_ response: HTTPResponse) {
        var response = response
        response.date = MonotonicClock.httpDate
        var rest = response.bytes
        let end = MonotonicClock.now + patience
        while !rest.isEmpty, Descriptor.poll(Descriptor.standardOutput, .output, timeout: end - MonotonicClock.now) {
            guard let count = Descriptor.write(rest, to: Descriptor.standardOutput) else { return }
            rest.removeFirst(count)
        }
        // Closing while something is unread would take the answer from the other side (RFC 9112,
        // 9.6).
        guard UnixSocket.finishWriting(Descriptor.standardOutput) else { return }
        let last = MonotonicClock.now + 1000
        while Descriptor.poll(Descriptor.standardInput, .input, timeout: last - MonotonicClock.now),
            Descriptor.read(Descriptor.standardInput) != .end
        {}
    }
}
