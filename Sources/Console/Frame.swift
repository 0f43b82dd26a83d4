/// One message of the protocol between a console and `pvpgen console`.
///
/// A client that uses frames begins with `Frame.preface`, whose first byte is never typed, then
/// says `hello`; the console answers with the preface and `welcome`. Whatever else a client sends
/// first is typed as it is. A frame is its kind (one byte), the length of its body (three bytes,
/// the highest first) and the body; numbers in the body have the highest byte first.
package enum Frame: Hashable, Sendable {
    /// Client: what it wants to be. `replay` is how many bytes of what went before it wants at
    /// most.
    case hello(role: Role, replay: Int)
    /// Client: bytes that were typed.
    case input([UInt8])
    /// Client: the size of its terminal, 1 to 65535 each.
    case window(rows: Int, columns: Int)
    /// Client: a command to put once its turn comes; `timeout` is in milliseconds, from now on.
    case ask([UInt8], timeout: Int)
    /// Console: the role that the client has, and the name of what it is attached to.
    case welcome(role: Role, name: String)
    /// Console: what the terminal shows.
    case output([UInt8])
    /// Console: what the command printed, lines ended by line feeds, without echo, prompt and
    /// escape sequences.
    case answer(Outcome, [UInt8])
    /// Console: the last words before it closes the connection.
    case end(String)

    /// What a client may do.
    package enum Role: UInt8, Hashable, Sendable {
        /// See and type.
        case control = 0
        /// Only see.
        case view = 1
    }

    /// What became of a command.
    package enum Outcome: UInt8, Hashable, Sendable {
        /// testpmd did it.
        case done = 0
        /// testpmd says that it was wrong.
        case wrong = 1
        /// There was no answer in time.
        case timeout = 2
        /// testpmd ended before it had answered.
        case ended = 3
        /// It was not put: the body says why.
        case refused = 4
    }

    /// The first bytes of each direction.
    package static let preface: [UInt8] = [0, UInt8(ascii: "p"), UInt8(ascii: "v"), UInt8(ascii: "p"), 1]

    /// Maximum number of bytes in a body; a longer message uses several frames.
    package static let limit = 1 << 20

    private enum Kind: UInt8 {
        case hello = 0x48, input = 0x49, window = 0x57, ask = 0x41
        case welcome = 0x77, output = 0x6f, answer = 0x61, end = 0x65
    }

    /// The bytes on the wire.
    package var bytes: [UInt8] {
        switch self {
        case .hello(let role, let replay): Self.encode(.hello, [role.rawValue] + Self.number(replay, 4))
        case .input(let bytes): Self.encode(.input, bytes)
        case .window(let rows, let columns): Self.encode(.window, Self.number(rows, 2) + Self.number(columns, 2))
        case .ask(let command, let timeout): Self.encode(.ask, Self.number(timeout, 4) + command)
        case .welcome(let role, let name): Self.encode(.welcome, [role.rawValue] + Array(name.utf8))
        case .output(let bytes): Self.encode(.output, bytes)
        case .answer(let outcome, let bytes): Self.encode(.answer, [outcome.rawValue] + bytes)
        case .end(let text): Self.encode(.end, Array(text.utf8))
        }
    }

    /// `nil` when there is no such kind, or its body is none.
    init?(kind: UInt8, body: ArraySlice<UInt8>) {
        let rest = body.dropFirst()
        switch Kind(rawValue: kind) {
        case .hello:
            guard body.count == 5, let role = body.first.flatMap(Role.init) else { return nil }
            self = .hello(role: role, replay: Self.number(rest))
        case .input: self = .input(Array(body))
        case .window:
            guard body.count == 4 else { return nil }
            let rows = Self.number(body.prefix(2))
            let columns = Self.number(body.suffix(2))
            guard rows > 0, columns > 0 else { return nil }
            self = .window(rows: rows, columns: columns)
        case .ask:
            guard body.count >= 4 else { return nil }
            self = .ask(Array(body.dropFirst(4)), timeout: Self.number(body.prefix(4)))
        case .welcome:
            guard let role = body.first.flatMap(Role.init) else { return nil }
            self = .welcome(role: role, name: String(decoding: rest, as: UTF8.self))
        case .output: self = .output(Array(body))
        case .answer:
            guard let outcome = body.first.flatMap(Outcome.init) else { return nil }
            self = .answer(outcome, Array(rest))
        case .end: self = .end(String(decoding: body, as: UTF8.self))
        case nil: return nil
        }
    }

    private static func encode(_ kind: Kind, _ body: [UInt8]) -> [UInt8] {
        [kind.rawValue] + number(body.count, 3) + body
    }

    private static func number(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    static func number(_ bytes: some Sequence<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
}
