/// Those who are attached: what each of them wants to be, what it may do, and what waits for it.
struct ClientSet {
    /// What a client has sent, once it is understood.
    enum Request: Hashable {
        case type([UInt8])
        case resize(rows: Int, columns: Int)
        case ask([UInt8], timeout: Int)
    }

    private enum Mode {
        /// Nothing was heard of it yet; from that time on it is taken for a plain one.
        case unknown(until: Int)
        /// Bytes are keys, and what is shown goes to it as it is.
        case plain(hasTyped: Bool)
        /// It has sent so much of the preface.
        case preface(Int, FrameReader)
        case frames(FrameReader)
    }

    private struct Client {
        var peer: Peer
        var mode: Mode
        var role: Frame.Role
        /// Whether it is shown what the terminal shows.
        var isShown = false
        var isLeaving = false
        var outlet = OutputQueue<UInt8>()

        var isFramed: Bool { if case .frames = mode { true } else { false } }
    }

    private let settings: Console.Settings
    private var clients: [Int: Client] = [:]

    init(_ settings: Console.Settings) { self.settings = settings }

    /// Those to whom something may have to be written.
    var ids: [Int] { clients.keys.sorted() }

    /// When one that has said nothing is taken for a plain one.
    var deadline: Int? {
        clients.values.compactMap { if case .unknown(let until) = $0.mode { until } else { nil } }.min()
    }

    func peer(_ id: Int) -> Peer? { clients[id]?.peer }

    // MARK: Coming and going

    mutating func add(_ id: Int, _ peer: Peer, at now: Int) {
        let role: Frame.Role = peer.access == .control ? .control : .view
        clients[id] = Client(peer: peer, mode: .unknown(until: now + settings.greetingTimeout), role: role)
        if peer.access == .none {
            disconnect(id, "\(peer.user) may not attach: log in as root or as a member of the group \(settings.group)")
        } else if clients.count > settings.clients {
            disconnect(id, "there are \(settings.clients) clients already")
        }
    }

    mutating func remove(_ id: Int) { clients[id] = nil }

    /// The last words; the connection is closed when they are read. A client that is sent away
    /// takes nothing else before, so that it costs no more than it does now.
    mutating func disconnect(_ id: Int, _ note: String, isAtEnd: Bool = false) {
        guard clients[id]?.isLeaving == false else { return }
        if clients[id]?.isFramed == true {
            // Half a frame may be under way: what comes behind it has to be whole.
            clients[id]?.outlet.append(Frame.end(note).bytes)
        } else {
            if !isAtEnd { clients[id]?.outlet.drop() }
            clients[id]?.outlet.append(Array("\r\n[\(settings.name): \(note)]\r\n".utf8))
        }
        clients[id]?.isLeaving = true
    }

    /// Everybody leaves, having seen all there was.
    mutating func dismissAll(_ note: String) {
        for id in ids { disconnect(id, note, isAtEnd: true) }
    }

    /// Those that have said nothing for a while are plain ones.
    mutating func decide(_ now: Int, replay: [UInt8]) {
        for id in ids {
            guard case .unknown(let until)? = clients[id]?.mode, now >= until else { continue }
            clients[id]?.mode = .plain(hasTyped: false)
            begin(id, replay)
        }
    }

    private mutating func begin(_ id: Int, _ replay: [UInt8]) {
        clients[id]?.isShown = true
        if !replay.isEmpty { sendOutput(replay, to: id) }
    }

    // MARK: What they send

    /// Understands what a client has sent. `replay` are the last bytes that were shown, as many as
    /// are asked for.
    mutating func read(_ bytes: [UInt8], from id: Int, replay: (Int) -> [UInt8]) -> [Request] {
        guard let client = clients[id], !client.isLeaving, let first = bytes.first else { return [] }
        switch client.mode {
        case .unknown, .plain(hasTyped: false):
            if first == Frame.preface[0] {
                clients[id]?.mode = .preface(0, FrameReader(limit: settings.requestLimit))
                return read(bytes, from: id, replay: replay)
            }
            let isNew = !client.isShown
            clients[id]?.mode = .plain(hasTyped: true)
            if isNew { begin(id, replay(settings.replayLimit)) }
            return typed(bytes, client.role)
        case .plain: return typed(bytes, client.role)
        case .preface(let count, let reader):
            let rest = Frame.preface.dropFirst(count)
            let piece = bytes.prefix(rest.count)
            guard rest.starts(with: piece) else { return malformed(id) }
            guard piece.count == rest.count else {
                clients[id]?.mode = .preface(count + piece.count, reader)
                return []
            }
            clients[id]?.mode = .frames(reader)
            clients[id]?.isShown = false
            clients[id]?.outlet.append(Frame.preface)
            return read(Array(bytes.dropFirst(piece.count)), from: id, replay: replay)
        case .frames(var reader):
            guard let frames = try? reader.read(bytes) else { return malformed(id) }
            clients[id]?.mode = .frames(reader)
            return frames.flatMap { take($0, from: id, replay) }
        }
    }

    private func typed(_ bytes: [UInt8], _ role: Frame.Role) -> [Request] {
        role == .control && !bytes.isEmpty ? [.type(bytes)] : []
    }

    private mutating func malformed(_ id: Int) -> [Request] {
        disconnect(id, "this is not the protocol of this version: use the pvpgen that belongs to it")
        return []
    }

    private mutating func take(_ frame: Frame, from id: Int, _ replay: (Int) -> [UInt8]) -> [Request] {
        guard let client = clients[id], !client.isLeaving else { return [] }
        switch frame {
        case .hello(let role, let count):
            if role == .view { clients[id]?.role = .view }
            let granted = role == .view ? role : client.role
            send(Frame.welcome(role: granted, name: settings.name).bytes, to: id)
            // A client that wants no scrollback only sends commands.
            if count > 0 { begin(id, replay(min(count, settings.replayLimit))) }
            return []
        case .input(let bytes): return typed(bytes, client.role)
        case .window(let rows, let columns):
            return client.role == .control ? [.resize(rows: rows, columns: columns)] : []
        case .ask(let command, let timeout):
            if client.role == .control { return [.ask(command, timeout: timeout)] }
            answer(id, .refused, Array("\(client.peer.user) has read-only access".utf8))
            return []
        case .welcome, .output, .answer, .end: return malformed(id)
        }
    }

    // MARK: What they are sent

    /// Sends bytes to all attached clients.
    mutating func broadcast(_ bytes: [UInt8]) {
        for id in ids where clients[id]?.isShown == true { sendOutput(bytes, to: id) }
    }

    private mutating func sendOutput(_ bytes: [UInt8], to id: Int) {
        send(clients[id]?.isFramed == true ? Frame.output(bytes).bytes : bytes, to: id)
    }

    mutating func answer(_ id: Int, _ outcome: Frame.Outcome, _ bytes: [UInt8]) {
        send(Frame.answer(outcome, bytes).bytes, to: id)
    }

    /// A client that has not read earlier output is too slow; one answer may be of any length.
    private mutating func send(_ bytes: [UInt8], to id: Int) {
        guard let pending = clients[id]?.outlet.count, clients[id]?.isLeaving == false else { return }
        if pending > settings.clientLimit {
            disconnect(id, "you read too slowly and were detached, attach again")
        } else {
            clients[id]?.outlet.append(bytes)
        }
    }

    mutating func offer(_ id: Int) -> [UInt8]? { clients[id]?.outlet.offer() }

    /// Notes how much it took. True when its next turn has to be awaited.
    mutating func took(_ id: Int, _ count: Int) -> Bool { clients[id]?.outlet.took(count) ?? false }

    mutating func resume(_ id: Int) { clients[id]?.outlet.resume() }

    /// Whether it has taken its last words.
    func isDone(_ id: Int) -> Bool { clients[id].map { $0.isLeaving && $0.outlet.count == 0 } ?? false }
}
