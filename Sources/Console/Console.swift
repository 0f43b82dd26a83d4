/// Everything that decides about a terminal that several share, without a descriptor: events in, actions out.
///
/// A program runs on a terminal. What it shows goes to the journal line by line and to all clients as it is; what they type goes to it, and what
/// they ask is answered. Nothing ever waits for a slow reader. Times are milliseconds of a clock that only goes forward.
public struct Console {
    let settings: Settings
    var lines: LineReader
    var dialogue: Dialogue?
    var clients: ClientSet
    private var replay: Replay
    private var terminal = Outlet<UInt8>()
    private var journal: JournalQueue
    private var life: Life
    /// When something was typed or shown last.
    private var lastChange = 0
    private var audience = Audience()
    private var actions: [Action] = []

    /// Milliseconds of quiet after which testpmd is asked for a prompt that has not come.
    private static let settling = 250

    /// Nothing has happened yet.
    public init(_ settings: Settings) {
        self.settings = settings
        lines = LineReader(limit: settings.lineLimit, prompt: settings.prompt)
        dialogue = settings.prompt.map { Dialogue(prompt: $0) }
        replay = Replay(limit: settings.replayLimit)
        clients = ClientSet(settings)
        journal = JournalQueue(settings)
        life = Life(settings)
    }

    /// When `tick` is due, if nothing else happens before.
    public var deadline: Int? {
        let settling = canProbe ? lastChange + Self.settling : nil
        return [life.deadline, clients.deadline, journal.deadline, dialogue?.deadline, settling].compactMap { $0 }.min()
    }

    /// Takes note of an event at the time `now`.
    public mutating func handle(_ event: Event, at now: Int) -> [Action] {
        actions = []
        switch event {
        case .started(let pid): take(life.start(pid, at: now))
        case .output(let bytes): show(bytes, now)
        case .connected(let id, let peer): connect(id, peer, now)
        case .input(let id, let bytes): read(bytes, from: id, now)
        case .disconnected(let id):
            clients.remove(id)
            dialogue?.forget(id)
        case .wrote(let sink, let count): wrote(sink, count)
        case .logged(let count): if journal.took(count) { actions.append(.await(.journal)) } else { offer(.journal) }
        case .writable(let sink):
            resume(sink)
            offer(sink)
        case .ports(let ports): take(life.survey(ports, at: now))
        case .terminate: stop(now)
        case .ended(let ending): end(ending, now)
        case .tick: tick(now)
        }
        return actions
    }

    /// What the journal has not taken yet, for the very end.
    public mutating func unwritten() -> [Entry] { journal.drain() }

    private mutating func tick(_ now: Int) {
        take(life.tick(now))
        clients.decide(now, replay: replay.tail(settings.replayLimit))
        offerClients()
        journal.tick(now)
        offer(.journal)
        for question in dialogue?.expire(now) ?? [] { answer(question, .timeout, []) }
        if view != .undecided { audience.decide(view) }
        publish()
        proceed(now)
        if now >= lastChange + Self.settling, canProbe { press(dialogue?.probe() ?? [], now) }
    }

    private mutating func take(_ steps: [Life.Step]) {
        for step in steps {
            switch step {
            case .notify(let state): actions.append(.notify(state))
            case .survey: actions.append(.survey)
            case .signal(let number): actions.append(.signal(number))
            case .report(let message, let remedy): actions.append(.report(message, remedy: remedy))
            }
        }
    }
}

// MARK: - What the program shows

extension Console {
    private mutating func show(_ bytes: [UInt8], _ now: Int) {
        lastChange = now
        var start = 0
        for token in lines.read(bytes) {
            audience.pass(bytes[start..<token.end], view)
            start = token.end
            switch token.kind {
            case .line(let row): end(row, now)
            case .prompt(let rest, let isFresh): prompt(rest, isFresh, now)
            case .erased(let count, let left):
                dialogue?.erased(count, left: left)
                audience.setMark()
            }
        }
        audience.pass(bytes[start...], view)
        if let missing = dialogue?.missing(lines.row), !missing.isEmpty { adopt(missing, now) }
        proceed(now)
        publish()
        offer(.journal)
    }

    private mutating func end(_ row: [UInt8], _ now: Int) {
        guard let missing = dialogue?.missing(row), !missing.isEmpty else { return line(row, now) }
        let wasHidden = view == .hidden
        prompt([], true, now)
        // What is behind such a prompt is for everybody.
        if wasHidden, view != .hidden { audience.add(row.dropFirst((settings.prompt?.utf8.count ?? 0) - missing.count) + [0x0d, 0x0a]) }
        line(missing + row, now)
    }

    /// What is on the row begins with the end of a prompt, whose beginning another thread's line has taken with it.
    private mutating func adopt(_ missing: [UInt8], _ now: Int) {
        lines.adopt(missing)
        prompt([], true, now)
    }

    /// Until it is ready testpmd reads no command line, and at its end none any more.
    private var canProbe: Bool { life.isReady && dialogue?.canProbe == true }

    private var view: Dialogue.View { dialogue?.view ?? .open }

    private mutating func prompt(_ rest: [UInt8], _ isFresh: Bool, _ now: Int) {
        // What has no line feed before it is a line as well.
        if isFresh, !rest.isEmpty { line(rest, now) }
        if isFresh || dialogue?.probed != nil, let entered = dialogue?.confirm(before: nil) { note(entered, now) }
        life.prompt()
        guard let end = dialogue?.prompt(isFresh: isFresh) else { return }
        finish(end)
        proceed(now)
    }

    /// To everybody who looks on, now and later.
    private mutating func publish() {
        let bytes = audience.take()
        guard !bytes.isEmpty else { return }
        replay.append(bytes)
        clients.show(bytes)
        offerClients()
    }

    private mutating func line(_ row: [UInt8], _ now: Int) {
        life.read(row)
        let isHidden = view == .hidden
        defer { audience.decide(view) }
        if let entered = dialogue?.confirm(before: row) { note(entered, now) }
        switch dialogue?.line(row) ?? .output(row) {
        case .output(let text):
            if isHidden { audience.add(Array("\r\u{1b}[K".utf8) + text + [0x0d, 0x0a] + Array((settings.prompt ?? "").utf8)) }
            log(text, now)
        case .answer: log(row, now)
        case let meaning: note(meaning, now)
        }
    }

    private mutating func note(_ meaning: Dialogue.Meaning, _ now: Int) {
        guard case .entered(let command, let peer?) = meaning else { return }
        // People type no flood, scripts may.
        journal.append(.command(command, by: peer), at: now, isPrecious: true)
    }

    /// Without the white space at its end; a line that has nothing else is none.
    private mutating func log(_ row: [UInt8], _ now: Int) {
        guard let end = row.lastIndex(where: { $0 != 0x20 && $0 != 0x09 }) else { return }
        let line = end + 1 == row.count ? row : Array(row[...end])
        guard dialogue != nil else { return journal.append(Entry(line), at: now) }
        let content = LineContent(line)
        journal.append(Entry(line, content.priority, port: content.port), at: now)
    }
}

// MARK: - What clients want

extension Console {
    private mutating func connect(_ id: Int, _ peer: Peer, _ now: Int) {
        clients.add(id, peer, at: now)
        if peer.access == .none {
            let text = "refused to attach \(peer.user) (process \(peer.pid)), who is not root and not in the group \(settings.group)"
            journal.append(Entry(Array(text.utf8), .warning, peer: peer), at: now)
            offer(.journal)
        }
        offer(.client(id))
    }

    private mutating func read(_ bytes: [UInt8], from id: Int, _ now: Int) {
        let requests = clients.read(bytes, from: id) { [replay] in replay.tail($0) }
        for request in requests {
            switch request {
            case .type(let bytes): type(bytes, from: id, now)
            case .resize(let rows, let columns): actions.append(.resize(rows: rows, columns: columns))
            case .ask(let command, let timeout): ask(command, timeout, from: id, now)
            }
        }
        offerClients()
        proceed(now)
    }

    private mutating func type(_ bytes: [UInt8], from id: Int, _ now: Int) {
        lastChange = now
        if terminal.count + (dialogue?.heldCount ?? 0) + bytes.count > settings.inputLimit {
            clients.dismiss(id, "you type faster than \(settings.name) reads and were detached")
        } else {
            terminal.append(dialogue?.type(bytes, by: clients.peer(id)) ?? bytes)
            offer(.terminal)
        }
    }

    private mutating func ask(_ command: [UInt8], _ timeout: Int, from id: Int, _ now: Int) {
        if let why = refusal(of: command) { return clients.answer(id, .refused, Array(why.utf8)) }
        if let peer = clients.peer(id) { journal.append(.command(command, by: peer), at: now) }
        offer(.journal)
        dialogue?.ask(Dialogue.Question(client: id, command: command, deadline: now + max(1, timeout)))
    }

    private func refusal(of command: [UInt8]) -> String? {
        guard let waiting = dialogue?.questions.count else { return "\(settings.name) has no command line of testpmd" }
        if life.isStopping { return "\(settings.name) is being stopped" }
        if waiting >= settings.questions { return "\(settings.questions) commands wait already" }
        if command.contains(UInt8(ascii: "?")) { return "a ? asks for help while you type; it belongs to no command" }
        if (1...settings.commandLimit).contains(command.count), command.allSatisfy({ (0x20...0x7e).contains($0) }) { return nil }
        return "a command is one line of 1 to \(settings.commandLimit) printable ASCII characters"
    }

    /// Puts the next question when the prompt is free, or gives the terminal back to those who type.
    private mutating func proceed(_ now: Int) {
        guard dialogue != nil else { return }
        press((dialogue?.resume() ?? []) + (dialogue?.proceed() ?? []), now)
    }

    private mutating func press(_ keys: [UInt8], _ now: Int) {
        guard !keys.isEmpty else { return }
        lastChange = now
        terminal.append(keys)
        offer(.terminal)
    }

    private mutating func finish(_ end: (question: Dialogue.Question, answer: Answer?)) {
        guard let said = end.answer else {
            return answer(end.question, .refused, Array("the answer was lost among what other threads printed: see the journal".utf8))
        }
        guard said.count <= Answer.limit else {
            return answer(end.question, .refused, Array("the answer is longer than 1 MiB: it is in the journal".utf8))
        }
        answer(end.question, Refusal.isSaid(in: said.lines) ? .wrong : .done, said.lines.flatMap { $0 + [0x0a] })
    }

    private mutating func answer(_ question: Dialogue.Question, _ outcome: Frame.Outcome, _ bytes: [UInt8]) {
        guard let client = question.client else { return }
        clients.answer(client, outcome, bytes)
        offer(.client(client))
    }
}

// MARK: - Bytes on their way

extension Console {
    private mutating func offerClients() {
        for id in clients.ids { offer(.client(id)) }
    }

    private mutating func offer(_ sink: Sink) {
        switch sink {
        case .terminal: if let bytes = terminal.offer() { actions.append(.write(sink, bytes)) }
        case .journal: if let entries = journal.offer() { actions.append(.log(entries)) }
        case .client(let id):
            if let bytes = clients.offer(id) { actions.append(.write(sink, bytes)) }
        }
    }

    private mutating func resume(_ sink: Sink) {
        switch sink {
        case .terminal: terminal.resume()
        case .journal: journal.resume()
        case .client(let id): clients.resume(id)
        }
    }

    private mutating func wrote(_ sink: Sink, _ count: Int) {
        let mustWait: Bool
        switch sink {
        case .terminal: mustWait = terminal.took(count)
        case .journal: return
        case .client(let id):
            mustWait = clients.took(id, count)
            if clients.isDone(id) {
                clients.remove(id)
                dialogue?.forget(id)
                actions.append(.close(id))
                return
            }
        }
        if mustWait { actions.append(.await(sink)) } else { offer(sink) }
    }
}

// MARK: - The end

extension Console {
    private mutating func stop(_ now: Int) {
        let steps = life.stop(now)
        guard !steps.isEmpty else { return }
        take(steps)
        terminal.append(dialogue?.quit() ?? [])
        offer(.terminal)
    }

    private mutating func end(_ ending: Ending, _ now: Int) {
        audience.decide(.open)
        publish()
        if let row = lines.flush(), row != Array((settings.prompt ?? "").utf8) { log(row, now) }
        let verdict = life.end(ending)
        for question in dialogue?.abandon() ?? [] { answer(question, .ended, Array(verdict.message.utf8)) }
        clients.dismissAll(verdict.message)
        offerClients()
        if verdict.status != 0 { actions.append(.report(verdict.message, remedy: verdict.remedy)) }
        offer(.journal)
        actions.append(.exit(verdict.status))
    }
}
