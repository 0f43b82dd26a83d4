package import Diagnostics
package import JSON
import Linux
import Measurement

/// A connection to TRex's RPC server: JSON-RPC 2.0 (TRex's trex_rpc_server_spec), uncompressed.
package final class TRexConnection {
    /// A command and its parameters.
    package struct Command {
        package var method: String
        package var parameters: [JSON.Member]

        package init(_ method: String, _ parameters: [JSON.Member] = []) {
            self.method = method
            self.parameters = parameters
        }
    }

    package let address: TRexAddress
    private let socket: TRexSocket
    private let timeout: Duration
    /// Identifies an answer; TRex wants text or numbers.
    private var lastID = 0

    /// Connects in the background: errors show with the first command. `timeout` applies to each
    /// message.
    /// - Throws: `library-missing` without libzmq.
    package init(_ address: TRexAddress, timeout: Duration = .seconds(5)) throws(Problem) {
        self.address = address
        self.timeout = timeout
        socket = try TRexSocket(address, timeout: timeout)
    }

    /// Runs a command and returns its result.
    /// - Throws: `trex-silent` without an answer, `trex-malformed` for an answer of another
    ///   protocol, `trex-refused` with TRex's error.
    package func call(_ method: String, _ parameters: [JSON.Member] = []) throws(Problem) -> JSON {
        let end = MonotonicClock.now + timeout.milliseconds
        while true {
            switch try send([Command(method, parameters)])[0] {
            case .success(let result): return result
            case .failure(let error):
                guard error.code == TRexError.tryAgain, MonotonicClock.now < end else {
                    throw Problem(address, refuses: method, error)
                }
                MonotonicClock.sleep(milliseconds: 50)
            }
        }
    }

    /// Runs commands in one message, one after the other, and returns their results.
    /// - Throws: as ``call(_:_:)`` does, for the first command that fails; TRex runs the others
    ///   as well.
    package func call(_ commands: [Command]) throws(Problem) -> [JSON] {
        var results: [JSON] = []
        for (command, answer) in zip(commands, try send(commands)) {
            switch answer {
            case .success(let result): results.append(result)
            case .failure(let error): throw Problem(address, refuses: command.method, error)
            }
        }
        return results
    }

    /// What TRex answers to a command.
    enum Answer {
        case success(JSON)
        case failure(TRexError)
    }

    /// Runs commands in one message, one after the other (JSON-RPC 2.0, section 6, "Batch").
    /// - Throws: `trex-silent`, `trex-malformed`.
    func send(_ commands: [Command]) throws(Problem) -> [Answer] {
        guard !commands.isEmpty else { return [] }
        let first = lastID + 1
        lastID += commands.count
        let requests = zip(commands, first...).map { Self.request($0, id: $1) }
        // TRex answers one command without a list around it.
        let request = requests.count == 1 ? requests[0] : .array(requests)
        let bytes = try socket.exchange(Array(request.line.utf8))
        let method = commands[0].method
        guard let answer = try? JSON(bytes) else { throw Problem(address, answers: method, without: "JSON") }
        if answer["error"] != nil, answer["id"] == .null, let error = answer["error"].flatMap({ TRexError($0) }) {
            // The whole message was refused.
            throw Problem(address, refuses: method, error)
        }
        let answers = requests.count == 1 ? [answer] : answer.array ?? []
        guard answers.count == commands.count else {
            throw Problem(address, answers: method, without: "\(commands.count) results")
        }
        var results: [Answer] = []
        for (index, answer) in answers.enumerated() {
            results.append(try read(answer, commands[index].method, id: first + index))
        }
        return results
    }

    private func read(_ answer: JSON, _ method: String, id: Int) throws(Problem) -> Answer {
        guard answer["id"] == .number(id), answer["jsonrpc"] == "2.0" else {
            throw Problem(address, answers: method, without: "the number of the request")
        }
        if let error = answer["error"] {
            guard let error = TRexError(error) else {
                throw Problem(address, answers: method, without: "an error code")
            }
            return .failure(error)
        }
        guard let result = answer["result"] else {
            throw Problem(address, answers: method, without: "a result or an error")
        }
        return .success(result)
    }

    private static func request(_ command: Command, id: Int) -> JSON {
        [
            "jsonrpc": "2.0", "id": .number(id), "method": .string(command.method),
            "params": .object(command.parameters),
        ]
    }
}
