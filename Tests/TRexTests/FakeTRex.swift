import CZeroMQ
import JSON
import Linux
import Synchronization

@testable import TRex

/// A server that speaks TRex's protocol (trex_rpc_server_spec), with a simulated device between its
/// ports. It ends with the last reference to it.
final class FakeTRex: Sendable {
    private let server: Server
    /// `127.0.0.1:PORT`
    let address: String

    init(_ behavior: FakeTRexBehavior = FakeTRexBehavior()) throws {
        server = try Server(behavior)
        address = String(server.endpoint.dropFirst("tcp://".count))
        let server = server
        DetachedThread.start { server.run() }
    }

    deinit { server.stop() }

    /// Changes what the server does.
    func change(_ body: (inout FakeTRexBehavior) -> Void) { server.state.withLock { body(&$0.behavior) } }

    /// The methods that were called, in their order.
    var methods: [String] { server.state.withLock { $0.methods } }

    /// The state of a port.
    func port(_ number: Int) -> FakeTRexPort { server.state.withLock { $0.ports[number] } }
}

/// The thread's part. A ROUTER socket, unlike REP, may leave a request without an answer.
private final class Server: @unchecked Sendable {
    struct Failure: Error { var what: String }

    let state: Mutex<FakeTRexState>
    let endpoint: String
    private let isStopped = Atomic(false)
    private let ended = BlockingQueue<Bool>()
    private let context: UnsafeMutableRawPointer
    private let socket: UnsafeMutableRawPointer

    init(_ behavior: FakeTRexBehavior) throws {
        state = Mutex(FakeTRexState(behavior))
        guard let context = zmq_ctx_new(), let socket = zmq_socket(context, ZMQ_ROUTER) else {
            throw Failure(what: "socket")
        }
        self.context = context
        self.socket = socket
        for (option, value) in [(ZMQ_LINGER, Int32(0)), (ZMQ_RCVTIMEO, 20)] {
            withUnsafeBytes(of: value) { _ = zmq_setsockopt(socket, option, $0.baseAddress, $0.count) }
        }
        guard zmq_bind(socket, "tcp://127.0.0.1:*") == 0 else { throw Failure(what: "bind") }
        var text = [UInt8](repeating: 0, count: 256)
        var count = text.count
        zmq_getsockopt(socket, ZMQ_LAST_ENDPOINT, &text, &count)
        endpoint = String(decoding: text[..<(count - 1)], as: UTF8.self)
    }

    /// Identity, an empty part, and the request; the answer has the same form.
    func run() {
        while !isStopped.load(ordering: .acquiring) {
            guard let identity = part(), part() != nil, let request = part() else { continue }
            guard let answer = state.withLock({ $0.answer(to: request) }) else { continue }
            send(identity, more: true)
            send([], more: true)
            send(answer, more: false)
        }
        zmq_close(socket)
        zmq_ctx_term(context)
        ended.post(true)
    }

    func stop() {
        isStopped.store(true, ordering: .releasing)
        _ = ended.next()
    }

    private func part() -> [UInt8]? {
        var message = zmq_msg_t()
        zmq_msg_init(&message)
        defer { zmq_msg_close(&message) }
        guard zmq_msg_recv(&message, socket, 0) >= 0 else { return nil }
        return [UInt8](UnsafeRawBufferPointer(start: zmq_msg_data(&message), count: zmq_msg_size(&message)))
    }

    private func send(_ bytes: [UInt8], more: Bool) {
        zmq_send(socket, bytes, bytes.count, more ? ZMQ_SNDMORE : 0)
    }
}
