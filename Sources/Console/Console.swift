/// Everything that decides about a terminal that several share, without a descriptor: events in,
/// actions out.
///
/// A program runs on a terminal. What it shows goes to the journal line by line and to all clients
/// as it is; what they type goes to it, and what they ask is answered. Nothing ever waits for a
/// slow reader. Times are milliseconds of a clock that only goes forward.
package struct Console {
    let settings: Settings
    var lines: LineAssembler
    var multiplexer: CommandMultiplexer?
    var clients: ClientSet
    var replay: Scrollback
    var terminal = OutputQueue<UInt8>()
    var journal: JournalQueue
    var life: TestpmdLifecycle
    /// When something was typed or shown last.
    var lastChange = 0
    private var audience = BroadcastBuffer()
    var actions: [Action] = []

    /// Milliseconds of quiet after which testpmd is asked for a prompt that has not come.
    private static let settling = 250

    /// Nothing has happened yet.
    package init(_ settings: Settings) {
        self.settings = settings
        lines = LineAssembler(limit: settings.lineLimit, prompt: settings.prompt)
        multiplexer = settings.prompt.map { CommandMultiplexer(prompt: $0) }
        replay = Scrollback(limit: settings.replayLimit)
        clients = ClientSet(settings)
        journal = JournalQueue(settings)
        life = TestpmdLifecycle(settings)
    }

    /// When `tick` is due, if nothing else happens before.
    package var deadline: Int? {
        let settling = canProbe ? lastChange + Self.settling : nil
        return [life.deadline, clients.deadline, journal.deadline, multiplexer?.deadline, settling].compactMap { $0 }
            .min()
    }

    /// Takes note of an event at the time `now`.
    package mutating func handle(_ event: Event, at now: Int) -> [Action] {
        actions = []
        switch event {
        case .started(let pid): take(life.start(pid, at: now))
        case .output(let bytes): takeOutput(bytes, now)
        case .connected(let id, let peer): connect(id, peer, now)
        case .input(let id, let bytes): read(bytes, from: id, now)
        case .disconnected(let id):
            clients.remove(id)
            multiplexer?.forget(id)
        case .wrote(let sink, let count): wrote(sink, count)
        case .logged(let count): if journal.took(count) { actions.append(.await(.journal)) } else { offer(.journal) }
        case .writable(let sink):
            resume(sink)
            offer(sink)
        case .answered: take(life.answer(at: now))
        case .ports(let ports): take(life.survey(ports, at: now))
        case .terminate: stop(now)
        case .ended(let ending): end(ending, now)
        case .tick: tick(now)
        }
        return actions
    }

    /// What the journal has not taken yet, for the very end.
    package mutating func unwritten() -> [JournalEntry] { journal.drain() }

    private mutating func tick(_ now: Int) {
        take(life.tick(now))
        clients.decide(now, replay: replay.tail(settings.replayLimit))
        offerClients()
        journal.tick(now)
        offer(.journal)
        for end in multiplexer?.expire(now) ?? [] { finish(end) }
        if view != .undecided { audience.decide(view) }
        publish()
        proceed(now)
        if now >= lastChange + Self.settling, canProbe { press(multiplexer?.probe() ?? [], now) }
    }

    private mutating func take(_ steps: [TestpmdLifecycle.Step]) {
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
    private mutating func takeOutput(_ bytes: [UInt8], _ now: Int) {
        lastChange = now
        multiplexer?.prompts.shown()
        var start = 0
        for token in lines.read(bytes) {
            audience.pass(bytes[start..<token.end], view)
            start = token.end
            switch token.kind {
            case .line(let row): end(row, now)
            case .prompt(let rest, let isFresh): prompt(rest, isFresh, now)
            case .erased(let count, let left):
                multiplexer?.erased(count, left: left)
                audience.setMark()
            }
        }
        audience.pass(bytes[start...], view)
        if let missing = multiplexer?.missing(lines.row), !missing.isEmpty { adopt(missing, now) }
        proceed(now)
        publish()
        offer(.journal)
    }

    private mutating func end(_ row: [UInt8], _ now: Int) {
        guard let missing = multiplexer?.missing(row), !missing.isEmpty else { return line(row, now) }
        let wasHidden = view == .hidden
        prompt([], true, now)
        // What is behind such a prompt is for everybody.
        if wasHidden, view != .hidden {
            audience.add(row.dropFirst((settings.prompt?.utf8.count ?? 0) - missing.count) + [0x0d, 0x0a])
        }
        line(missing + row, now)
    }

    /// What is on the row begins with the end of a prompt, whose beginning another thread's line
    /// has taken with it.
    private mutating func adopt(_ missing: [UInt8], _ now: Int) {
        lines.adopt(missing)
        prompt([], true, now)
    }

    /// Until it is ready testpmd reads no command line, and at its end none any more.
    private var canProbe: Bool { life.isReady && multiplexer?.prompts.canProbe == true }

    private var view: CommandMultiplexer.View { multiplexer?.state.view ?? .open }

    private mutating func prompt(_ rest: [UInt8], _ isFresh: Bool, _ now: Int) {
        // What has no line feed before it is a line as well.
        if isFresh, !rest.isEmpty { line(rest, now) }
        if isFresh || (multiplexer?.prompts.over(isFresh: false) ?? 0) > 0,
            let entered = multiplexer?.confirm(before: nil)
        {
            note(entered, now)
        }
        life.prompt()
        for end in multiplexer?.prompt(isFresh: isFresh) ?? [] {
            finish(end)
            proceed(now)
        }
    }

    /// Sends to all attached clients, now and later.
    private mutating func publish() {
        let bytes = audience.take()
        guard !bytes.isEmpty else { return }
        replay.append(bytes)
        clients.broadcast(bytes)
        offerClients()
    }

    private mutating func line(_ row: [UInt8], _ now: Int) {
        life.read(row)
        let isHidden = view == .hidden
        defer { audience.decide(view) }
        if let entered = multiplexer?.confirm(before: row) { note(entered, now) }
        switch multiplexer?.line(row) ?? .output(row) {
        case .output(let text):
            if isHidden {
                audience.add(Array("\r\u{1b}[K".utf8) + text + [0x0d, 0x0a] + Array((settings.prompt ?? "").utf8))
            }
            log(text, now)
        case .answer: log(row, now)
        case let meaning: note(meaning, now)
        }
    }

    private mutating func note(_ meaning: CommandMultiplexer.Meaning, _ now: Int) {
        guard case .entered(let command, let peer?) = meaning else { return }
        // People type no flood, scripts may.
        journal.append(.command(command, by: peer), at: now, isPrecious: true)
    }

    /// Without the white space at its end; a line that has nothing else is none.
    private mutating func log(_ row: [UInt8], _ now: Int) {
        guard let end = row.lastIndex(where: { $0 != 0x20 && $0 != 0x09 }) else { return }
        let line = end + 1 == row.count ? row : Array(row[...end])
        guard multiplexer != nil else { return journal.append(JournalEntry(line), at: now) }
        let content = LogLineClassifier(line)
        journal.append(JournalEntry(line, content.priority, port: content.port), at: now)
    }
}

// MARK: - The end

extension Console {
    private mutating func stop(_ now: Int) {
        let steps = life.stop(now)
        guard !steps.isEmpty else { return }
        take(steps)
        terminal.append(multiplexer?.quit() ?? [])
        offer(.terminal)
    }

    private mutating func end(_ ending: Ending, _ now: Int) {
        audience.decide(.open)
        publish()
        if let row = lines.flush(), row != Array((settings.prompt ?? "").utf8) { log(row, now) }
        let verdict = life.end(ending)
        for end in multiplexer?.abandon() ?? [] { finish(end, verdict.message) }
        clients.dismissAll(verdict.message)
        offerClients()
        if verdict.status != 0 { actions.append(.report(verdict.message, remedy: verdict.remedy)) }
        offer(.journal)
        actions.append(.exit(verdict.status))
    }
}
