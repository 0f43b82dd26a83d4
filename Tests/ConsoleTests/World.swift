@testable import Console

/// Does what a console decides to a world of arrays, where each sink takes as much as the test
/// says.
struct World {
    static let peer = Peer(pid: 4711, uid: 1000, user: "alice", access: .control)

    var console: Console
    var now = 0
    /// What each sink took, the journal aside.
    var took: [Console.Sink: [UInt8]] = [:]
    var journal: [JournalEntry] = []
    /// How many bytes, or entries of the journal, a sink takes yet; everything when it is not
    /// named.
    var appetite: [Console.Sink: Int] = [:]
    var awaited: Set<Console.Sink> = []
    var done: [Console.Action] = []
    /// The size of a write at most that each sink was offered.
    var largest: [Console.Sink: Int] = [:]

    init(ports: Int = 2, forwards: Bool = false, _ change: (inout Console.Settings) -> Void = { _ in }) {
        var settings = Console.Settings(name: "testpmd", ports: ports, forwards: forwards)
        change(&settings)
        console = Console(settings)
    }

    /// The actions of this event that are not about bytes or entries.
    @discardableResult
    mutating func feed(_ event: Console.Event) -> [Console.Action] {
        let before = done.count
        for action in console.handle(event, at: now) {
            switch action {
            case .write(let sink, let bytes):
                let count = eat(sink, bytes.count)
                largest[sink] = max(largest[sink] ?? 0, bytes.count)
                took[sink, default: []] += bytes[..<count]
                feed(.wrote(sink, count))
            case .log(let entries):
                let count = eat(.journal, entries.count)
                journal += entries[..<count]
                feed(.logged(count))
            case .await(let sink): awaited.insert(sink)
            default: done.append(action)
            }
        }
        return Array(done[before...])
    }

    private mutating func eat(_ sink: Console.Sink, _ offered: Int) -> Int {
        guard let left = appetite[sink] else { return offered }
        let count = min(offered, left)
        appetite[sink] = left - count
        return count
    }

    /// A sink takes everything again.
    @discardableResult
    mutating func sate(_ sink: Console.Sink) -> [Console.Action] {
        appetite[sink] = nil
        return awaited.remove(sink) == nil ? [] : feed(.writable(sink))
    }

    mutating func show(_ text: String) { feed(.output(Array(text.utf8))) }

    mutating func type(_ text: String, by id: Int) { feed(.input(id, Array(text.utf8))) }

    /// A plain client comes, and says nothing for so long that it is taken for one.
    mutating func attach(_ id: Int, _ peer: Peer = peer) {
        feed(.connected(id, peer))
        now += console.settings.greetingTimeout
        feed(.tick)
    }

    /// A client with frames comes.
    mutating func greet(_ id: Int, _ peer: Peer = peer, role: Frame.Role = .control, replay: Int = 1 << 20) {
        feed(.connected(id, peer))
        feed(.input(id, Frame.preface))
        send(.hello(role: role, replay: replay), from: id)
    }

    mutating func send(_ frame: Frame, from id: Int) { feed(.input(id, frame.bytes)) }

    mutating func ask(_ command: String, from id: Int, timeout: Int = 10_000) {
        send(.ask(Array(command.utf8), timeout: timeout), from: id)
    }

    func text(_ sink: Console.Sink) -> String { String(decoding: took[sink] ?? [], as: UTF8.self) }

    /// What the journal took, with the priority before each line.
    var lines: [String] { journal.map { "\($0.priority.rawValue) " + String(decoding: $0.message, as: UTF8.self) } }

    /// The frames that a client was sent, behind the preface.
    func frames(_ id: Int) -> [Frame] {
        let bytes = took[.client(id)] ?? []
        guard bytes.starts(with: Frame.preface) else { return [] }
        var reader = FrameReader()
        return (try? reader.read(bytes.dropFirst(Frame.preface.count))) ?? []
    }

    /// The answers that a client has had, as text.
    func answers(_ id: Int) -> [(outcome: Frame.Outcome, text: String)] {
        frames(id).compactMap { frame in
            if case .answer(let outcome, let bytes) = frame {
                (outcome, String(decoding: bytes, as: UTF8.self))
            } else {
                nil
            }
        }
    }

    /// What a client with frames was shown.
    func shown(_ id: Int) -> String {
        String(
            decoding: frames(id).flatMap { frame -> [UInt8] in if case .output(let bytes) = frame { bytes } else { [] }
            }, as: UTF8.self)
    }

    static func ports(_ count: Int, started: Int? = nil, up: Int? = nil) -> Console.Event {
        .ports((0..<count).map { Console.Port($0, isStarted: $0 < started ?? count, isUp: $0 < up ?? count) })
    }
}
