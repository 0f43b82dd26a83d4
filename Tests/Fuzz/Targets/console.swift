/// Reads any bytes as a story: who comes and goes, what they send, what the terminal shows, who
/// takes how much of what, and how time goes by. Client 0 behaves well, asks now and then and reads
/// everything: nothing that the others do may harm it.
struct Story {
    private var console: Console
    private var now = 0
    private let isRaw: Bool
    private var bytes: ArraySlice<UInt8>
    private var appetite: [Console.Sink: Int] = [:]
    private var shown: [UInt8] = []
    private var reader = FrameReader()
    private var seen: [UInt8] = []
    private var skip = Frame.preface.count
    private var asked = 0
    private var answered = 0
    private var isOver = false

    init(_ bytes: ArraySlice<UInt8>, isRaw: Bool) {
        self.bytes = bytes
        self.isRaw = isRaw
        var settings = Console.Settings(name: "fuzz", prompt: isRaw ? nil : "testpmd> ", ports: 2)
        // Small ones, so that they are reached.
        settings.clientLimit = 3000
        settings.replayLimit = 500
        settings.inputLimit = 2000
        settings.requestLimit = 300
        settings.questions = 8
        settings.journalLimit = 5000
        settings.journalBurst = 20
        settings.clients = 6
        console = Console(settings)
    }

    mutating func run() {
        feed(.started(42))
        feed(.connected(0, Peer(pid: 1, uid: 0, user: "good", access: .control)))
        feed(.input(0, Frame.preface + Frame.hello(role: .control, replay: 1).bytes))
        while let step = bytes.popFirst(), !isOver { take(step) }
        appetite = [:]
        for id in 0..<8 { feed(.writable(.client(id))) }
        feed(.ended(.status(0)))
        // Everything was asked once and answered once; without a prompt everything that was shown
        // was seen.
        precondition(answered == asked)
        precondition(!isRaw || seen == shown)
    }

    private mutating func take(_ step: UInt8) {
        let id = Int(step >> 4) % 7 + 1
        switch step & 15 {
        case 0...2: feed(.input(id, piece()))
        case 3...5:
            let bytes = piece()
            shown += bytes
            feed(.output(bytes))
        case 6:
            now += Int(step >> 4) * 40
            feed(.tick)
            // Nothing is to be done at once over and over.
            precondition(console.deadline ?? .max > now)
        case 7: feed(.connected(id, Peer(pid: 2, uid: 7, user: "other", access: [.control, .view, .none][id % 3])))
        case 8: feed(.disconnected(id))
        case 9: appetite[.client(id)] = piece().count
        case 10: appetite[[.terminal, .journal][id % 2]] = piece().count
        case 11:
            for sink in [.terminal, .journal, .client(id)] as [Console.Sink] {
                appetite[sink] = nil
                feed(.writable(sink))
            }
        case 12:
            asked += 1
            feed(.input(0, Frame.ask(Array("show \(asked)".utf8), timeout: 100 * id).bytes))
        case 13:
            feed(
                .input(id, Frame.preface + Frame.hello(role: .control, replay: 100).bytes + Frame.input(piece()).bytes))
        case 14:
            feed(
                .ports(
                    id == 1
                        ? nil
                        : [
                            .init(0, isStarted: true, isUp: id > 3, received: Int(step)),
                            .init(1, isStarted: true, isUp: true),
                        ]))
        default:
            if id == 7 { feed(.terminate) } else { feed(.input(id, Frame.ask(Array("stop".utf8), timeout: 500).bytes)) }
        }
    }

    /// Some of the bytes that follow.
    private mutating func piece() -> [UInt8] {
        let count = Int(bytes.popFirst() ?? 0) % 40
        defer { bytes = bytes.dropFirst(count) }
        return Array(bytes.prefix(count))
    }

    private mutating func feed(_ event: Console.Event) {
        for action in console.handle(event, at: now) {
            switch action {
            case .write(let sink, let bytes):
                // A limit, and what may come at once: an answer or a replay, and the last words.
                if case .client = sink {
                    precondition(bytes.count < 3000 + 4000)
                } else {
                    precondition(bytes.count < 2000 + 1000)
                }
                let count = min(bytes.count, appetite[sink] ?? .max)
                if let left = appetite[sink] { appetite[sink] = left - count }
                if sink == .client(0) { see(bytes) }
                feed(.wrote(sink, count))
            case .log(let entries):
                precondition(entries.count < 100)
                let count = min(entries.count, appetite[.journal] ?? .max)
                if let left = appetite[.journal] { appetite[.journal] = left - count }
                feed(.logged(count))
            case .close(let id): precondition(id != 0 || isOver)
            case .exit: isOver = true
            case .await, .resize, .notify, .survey, .signal, .report: break
            }
        }
    }

    private mutating func see(_ bytes: [UInt8]) {
        let rest = bytes.dropFirst(skip)
        skip -= bytes.count - rest.count
        guard let frames = try? reader.read(rest) else { preconditionFailure("the well-behaved client got no frames") }
        for frame in frames {
            switch frame {
            case .output(let bytes): seen += bytes
            case .answer: answered += 1
            case .end: isOver = true
            default: break
            }
        }
    }
}

/// Plays one story.
@_cdecl("LLVMFuzzerTestOneInput") public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: size))
    guard let first = bytes.first else { return 0 }
    var story = Story(bytes[1...], isRaw: first & 1 == 1)
    story.run()
    return 0
}
