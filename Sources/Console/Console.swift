/// Everything that pvp-console decides, without a descriptor: events in, actions out.
///
/// testpmd runs on a terminal. What it shows goes to the journal line by line and to all clients as it is; what they type goes to it.
/// Nothing ever waits for a slow reader. Times are milliseconds of a clock that only goes forward.
public struct Console {
    private enum Phase: Hashable {
        case starting, ready, quitting, terminating, killing, ended
    }

    private let settings: Settings
    private var phase = Phase.starting
    private var pid: Int32 = 0
    private var lines: LineReader
    private var replay: Replay
    private var terminal = Outlet()
    private var journal = Outlet()
    private var lostLines = 0
    private var clients: [Int: Client] = [:]
    private var hasPrompted = false
    private var nextSurvey: Int?
    private var stopDeadline: Int?
    private var status = ""
    private var actions: [Action] = []

    private struct Client {
        var outlet = Outlet()
        var isLeaving = false
    }

    /// Nothing has happened yet.
    public init(_ settings: Settings) {
        self.settings = settings
        lines = LineReader(limit: settings.lineLimit, prompt: "testpmd>")
        replay = Replay(limit: settings.replayLimit)
    }

    /// When `tick` is due, if nothing else happens before.
    public var deadline: Int? { [nextSurvey, stopDeadline].compactMap { $0 }.min() }

    /// Takes note of an event at the time `now`.
    public mutating func handle(_ event: Event, at now: Int) -> [Action] {
        actions = []
        switch event {
        case .started(let pid):
            self.pid = pid
            nextSurvey = now
            tick(now)
        case .output(let bytes): show(bytes)
        case .connected(let id): welcome(id)
        case .input(let id, let bytes): type(bytes, from: id)
        case .disconnected(let id): clients[id] = nil
        case .wrote(let sink, let count): wrote(sink, count)
        case .writable(let sink):
            change(sink) { $0.resume() }
            offer(sink)
        case .ports(let ports): survey(ports, now)
        case .terminate: stop(now)
        case .ended(let ending): end(ending)
        case .tick: tick(now)
        }
        return actions
    }
}

// MARK: - Bytes

extension Console {
    private mutating func show(_ bytes: [UInt8]) {
        replay.append(bytes)
        log(lines.read(bytes))
        if lines.isAtPrompt { hasPrompted = true }
        for id in clients.keys.sorted() { send(bytes, to: id) }
    }

    private mutating func log(_ new: [[UInt8]]) {
        for line in new {
            if journal.count + line.count >= settings.journalLimit {
                lostLines += 1
            } else {
                journal.append(line + [0x0a])
            }
        }
        offer(.journal)
    }

    private mutating func welcome(_ id: Int) {
        clients[id] = Client()
        if clients.count > settings.clients {
            dismiss(id, "there are \(settings.clients) clients already")
        } else {
            send(replay.tail, to: id)
        }
    }

    private mutating func send(_ bytes: [UInt8], to id: Int) {
        guard var client = clients[id], !client.isLeaving else { return }
        if client.outlet.count + bytes.count > settings.clientLimit {
            dismiss(id, "you read too slowly and were detached, attach again")
        } else {
            client.outlet.append(bytes)
            clients[id] = client
            offer(.client(id))
        }
    }

    private mutating func type(_ bytes: [UInt8], from id: Int) {
        guard let client = clients[id], !client.isLeaving else { return }
        if terminal.count + bytes.count > settings.inputLimit {
            dismiss(id, "you type faster than testpmd reads and were detached")
        } else {
            terminal.append(bytes)
            offer(.terminal)
        }
    }

    /// The connection is closed when the client has taken the note; until then it costs no more than that.
    private mutating func dismiss(_ id: Int, _ note: String) {
        clients[id]?.outlet.drop()
        clients[id]?.outlet.append(Array("\r\n[\(settings.name): \(note)]\r\n".utf8))
        clients[id]?.isLeaving = true
        offer(.client(id))
    }

    private mutating func change(_ sink: Sink, _ body: (inout Outlet) -> Void) {
        switch sink {
        case .terminal: body(&terminal)
        case .journal: body(&journal)
        case .client(let id): if clients[id] != nil { body(&clients[id, default: Client()].outlet) }
        }
    }

    private mutating func offer(_ sink: Sink) {
        var bytes: [UInt8]?
        change(sink) { bytes = $0.offer() }
        if let bytes { actions.append(.write(sink, bytes)) }
    }

    private mutating func wrote(_ sink: Sink, _ count: Int) {
        var mustWait = false
        change(sink) { mustWait = $0.took(count) }
        if mustWait {
            actions.append(.await(sink))
            return
        }
        if case .client(let id) = sink, let client = clients[id], client.isLeaving, client.outlet.count == 0 {
            clients[id] = nil
            actions.append(.close(id))
        }
        if sink == .journal, lostLines > 0, journal.count == 0 {
            journal.append(Array("pvp-console: \(lostLines) lines were left out here, because the journal did not take them\n".utf8))
            lostLines = 0
        }
        offer(sink)
    }
}

// MARK: - Life

extension Console {
    private mutating func tick(_ now: Int) {
        if let due = nextSurvey, now >= due {
            // A question that nobody answers by then is put again.
            nextSurvey = now + 2000
            actions.append(.survey)
        }
        guard let due = stopDeadline, now >= due else { return }
        if phase == .quitting {
            phase = .terminating
            stopDeadline = now + settings.killTimeout
            actions.append(.signal(15))
        } else {
            phase = .killing
            stopDeadline = nil
            actions.append(.signal(9))
        }
    }

    private mutating func survey(_ ports: [Port]?, _ now: Int) {
        guard phase == .starting || phase == .ready else { return }
        let started = (ports ?? []).filter(\.isStarted)
        if phase == .starting && ports != nil && started.count >= settings.ports {
            phase = .ready
            tell(StatusLine.ready(started, wanted: settings.ports), first: "READY=1\n")
        } else if phase == .starting {
            tell(StatusLine.waiting(ports, wanted: settings.ports))
        } else if let ports {
            tell(StatusLine.ready(ports.filter(\.isStarted), wanted: settings.ports))
        } else {
            tell("\(settings.name)'s telemetry does not answer")
        }
        nextSurvey = now + (phase == .ready ? 3000 : 100)
    }

    private mutating func tell(_ new: String, first: String = "") {
        guard new != status else { return }
        status = new
        actions.append(.notify("\(first)STATUS=\(new)"))
    }

    private mutating func stop(_ now: Int) {
        guard phase == .starting || phase == .ready else { return }
        phase = .quitting
        nextSurvey = nil
        stopDeadline = now + settings.quitTimeout
        actions.append(.notify("STOPPING=1\nSTATUS=asked \(settings.name) to quit"))
        // Ctrl-C takes away what somebody may have half typed; before the first prompt it would be a signal.
        terminal.append(Array((hasPrompted ? "\u{3}stop\nquit\n" : "stop\nquit\n").utf8))
        offer(.terminal)
    }

    private mutating func end(_ ending: Ending) {
        if let line = lines.flush() { log([line]) }
        let wasAsked = phase != .starting && phase != .ready
        let verdict = Verdict(ending, pid: pid, settings: settings, wasAsked: wasAsked, hadToInsist: wasAsked && phase != .quitting)
        for id in clients.keys.sorted() { send(Array("\r\n[\(verdict.message)]\r\n".utf8), to: id) }
        if verdict.status != 0 { actions.append(.report(verdict.message, remedy: verdict.remedy)) }
        phase = .ended
        nextSurvey = nil
        stopDeadline = nil
        actions.append(.exit(verdict.status))
    }

    /// What the journal has not taken yet, for the very end.
    public var unwritten: [UInt8] { journal.all }
}
