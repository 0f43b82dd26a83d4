/// What clients want.
extension Console {
    mutating func connect(_ id: Int, _ peer: Peer, _ now: Int) {
        clients.add(id, peer, at: now)
        if peer.access == .none {
            let text =
                "refused to attach \(peer.user) (process \(peer.pid)), who is not root and not in the group "
                + "\(settings.group)"
            journal.append(JournalEntry(Array(text.utf8), .warning, peer: peer), at: now)
            offer(.journal)
        }
        offer(.client(id))
    }

    mutating func read(_ bytes: [UInt8], from id: Int, _ now: Int) {
        let requests = clients.read(bytes, from: id) { [replay] in replay.tail($0) }
        for request in requests {
            switch request {
            case .type(let bytes): type(bytes, from: id, now)
            case .resize(let rows, let columns): actions.append(.resize(rows: rows, columns: columns))
            case .ask(let command, let timeout): ask(command, timeout: timeout, from: id, at: now)
            }
        }
        offerClients()
        proceed(now)
    }

    private mutating func type(_ bytes: [UInt8], from id: Int, _ now: Int) {
        lastChange = now
        if terminal.count + (multiplexer?.heldCount ?? 0) + bytes.count > settings.inputLimit {
            clients.disconnect(id, "you type faster than \(settings.name) reads and were detached")
        } else {
            terminal.append(multiplexer?.type(bytes, by: clients.peer(id)) ?? bytes)
            offer(.terminal)
        }
    }

    private mutating func ask(_ command: [UInt8], timeout: Int, from id: Int, at now: Int) {
        if let why = refusal(of: command) { return clients.answer(id, .refused, Array(why.utf8)) }
        if let peer = clients.peer(id) { journal.append(.command(command, by: peer), at: now) }
        offer(.journal)
        multiplexer?.ask(CommandMultiplexer.Question(client: id, command: command, deadline: now + max(1, timeout)))
    }

    private func refusal(of command: [UInt8]) -> String? {
        guard let waiting = multiplexer?.questions.count else {
            return "\(settings.name) has no command line of testpmd"
        }
        if life.isStopping { return "\(settings.name) is being stopped" }
        if waiting >= settings.questions { return "\(settings.questions) commands wait already" }
        if command.contains(UInt8(ascii: "?")) { return "a ? asks for help while you type; it belongs to no command" }
        if (1...settings.commandLimit).contains(command.count), command.allSatisfy({ (0x20...0x7e).contains($0) }) {
            return nil
        }
        return "a command is one line of 1 to \(settings.commandLimit) printable ASCII characters"
    }

    /// Puts the next question when the prompt is free, or gives the terminal back to those who
    /// type.
    mutating func proceed(_ now: Int) {
        guard multiplexer != nil else { return }
        press(multiplexer?.proceed() ?? [], now)
    }

    mutating func press(_ keys: [UInt8], _ now: Int) {
        guard !keys.isEmpty else { return }
        lastChange = now
        terminal.append(keys)
        offer(.terminal)
    }

    /// Answers a question that has ended. `verdict` is what the end of testpmd means.
    mutating func finish(_ end: CommandMultiplexer.EndedQuestion, _ verdict: String = "") {
        switch end.ending {
        case .answered(let said) where said.count > CommandOutput.limit:
            answer(end.question, .refused, Array("the answer is longer than 1 MiB: it is in the journal".utf8))
        case .answered(let said):
            answer(
                end.question, CommandErrors.isSaid(in: said.lines) ? .wrong : .done, said.lines.flatMap { $0 + [0x0a] })
        case .lost:
            answer(
                end.question, .refused,
                Array("the answer was lost among what other threads printed: see the journal".utf8))
        case .expired: answer(end.question, .timeout, [])
        case .abandoned: answer(end.question, .ended, Array(verdict.utf8))
        }
    }

    private mutating func answer(_ question: CommandMultiplexer.Question, _ outcome: Frame.Outcome, _ bytes: [UInt8]) {
        guard let client = question.client else { return }
        clients.answer(client, outcome, bytes)
        offer(.client(client))
    }
}
