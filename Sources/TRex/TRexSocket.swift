import CZeroMQ
import Diagnostics
import Linux
import Measurement

/// A REQ socket of ZeroMQ (`zmq_socket(3)`): a request, then its answer.
final class TRexSocket {
    private let address: TRexAddress
    private let timeout: Duration
    private let context: UnsafeMutableRawPointer
    private var socket: UnsafeMutableRawPointer?

    /// Opens no connection yet: libzmq connects in the background. `timeout` applies to each
    /// request and to each answer.
    /// - Throws: `library-missing`, `trex-silent` if libzmq has no resources.
    init(_ address: TRexAddress, timeout: Duration) throws(Problem) {
        try loadZeroMQ()
        guard let context = zeromq.zmq_ctx_new() else { throw Self.failed(address, "context") }
        self.address = address
        self.timeout = timeout
        self.context = context
    }

    deinit {
        close()
        // No socket is open: this does not wait.
        _ = zeromq.zmq_ctx_term(context)
    }

    /// Sends a request and returns its answer. After an error the socket is closed: a REQ socket
    /// accepts no further request before the answer to the last one, and the next request opens
    /// another socket.
    /// - Throws: `trex-silent` if TRex does not answer within the timeout.
    func exchange(_ request: [UInt8]) throws(Problem) -> [UInt8] {
        let socket = try open()
        do throws(Problem) {
            try send(request, to: socket)
            return try receive(from: socket)
        } catch {
            close()
            throw error
        }
    }

    private func open() throws(Problem) -> UnsafeMutableRawPointer {
        if let socket { return socket }
        guard let socket = zeromq.zmq_socket(context, ZMQ_REQ) else { throw Self.failed(address, "socket") }
        self.socket = socket
        let milliseconds = Int32(clamping: timeout.milliseconds)
        // A closed socket drops what was not sent.
        set(ZMQ_LINGER, 0, of: socket)
        set(ZMQ_SNDTIMEO, milliseconds, of: socket)
        set(ZMQ_RCVTIMEO, milliseconds, of: socket)
        set(ZMQ_IPV6, 1, of: socket)
        guard zeromq.zmq_connect(socket, address.endpoint) == 0 else {
            let problem = Self.failed(address, "connect")
            close()
            throw problem
        }
        return socket
    }

    private func close() {
        if let socket { _ = zeromq.zmq_close(socket) }
        socket = nil
    }

    private func set(_ option: Int32, _ value: Int32, of socket: UnsafeMutableRawPointer) {
        withUnsafeBytes(of: value) { bytes in
            _ = zeromq.zmq_setsockopt(socket, option, bytes.baseAddress, bytes.count)
        }
    }

    private func send(_ bytes: [UInt8], to socket: UnsafeMutableRawPointer) throws(Problem) {
        // A signal ends the call early.
        while zeromq.zmq_send(socket, bytes, bytes.count, 0) < 0 {
            guard zeromq.zmq_errno() == Errno.interrupted else { throw Self.silent(address) }
        }
    }

    private func receive(from socket: UnsafeMutableRawPointer) throws(Problem) -> [UInt8] {
        var message = zmq_msg_t()
        _ = zeromq.zmq_msg_init(&message)
        defer { _ = zeromq.zmq_msg_close(&message) }
        while zeromq.zmq_msg_recv(&message, socket, 0) < 0 {
            guard zeromq.zmq_errno() == Errno.interrupted else { throw Self.silent(address) }
        }
        let count = zeromq.zmq_msg_size(&message)
        guard count > 0, let data = zeromq.zmq_msg_data(&message) else { return [] }
        return [UInt8](UnsafeRawBufferPointer(start: data, count: count))
    }

    private static func failed(_ address: TRexAddress, _ what: String) -> Problem {
        let reason = zeromq.zmq_strerror(zeromq.zmq_errno()).map { String(cString: $0) } ?? "unknown error"
        return Problem(
            .trexSilent, "TRex at \(address): \(what): \(reason)", remedy: "check the host name and the network")
    }

    private static func silent(_ address: TRexAddress) -> Problem {
        Problem(
            .trexSilent, "TRex at \(address): no answer in time",
            remedy: "check that TRex runs there in stateless mode: './t-rex-64 -i'")
    }
}
