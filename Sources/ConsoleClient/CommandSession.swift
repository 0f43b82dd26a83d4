package import Console
package import Diagnostics

/// Commands and their answers, one after the other, without a descriptor: events in, actions out.
package struct CommandSession {
    /// What became of one command.
    package struct Answer: Hashable, Sendable {
        /// As it was put.
        package var command: String
        /// What became of it.
        package var outcome: Frame.Outcome
        /// What testpmd printed, or why it was not put.
        package var text: [UInt8]
    }

    /// What happened.
    package enum Event: Hashable {
        /// The console sent something.
        case received([UInt8])
        /// The console closed the connection.
        case closed
        /// Nothing came in the time that a command has.
        case silence
    }

    /// What to do, in this order.
    package enum Action: Hashable {
        /// Send to the console; there is a new limit from now on.
        case send([UInt8])
        /// Hand on an answer.
        case answer(Answer)
        /// It is over; with a problem if it went wrong.
        case finish(Problem?)
    }

    private let name: String
    private let unit: String
    private let timeout: Int
    private var commands: ArraySlice<String>
    private var incoming = StreamDecoder()
    private var words: String?
    private var isOver = false
    private var actions: [Action] = []

    /// Nothing has happened yet. `timeout` is what a command has, in milliseconds.
    package init(_ commands: [String], timeout: Int, name: String, unit: String) {
        self.commands = commands[...]
        self.timeout = timeout
        self.name = name
        self.unit = unit
    }

    /// The first bytes: there is nothing in the console's welcome that the first command would have
    /// to wait for.
    package func start() -> [Action] {
        guard let command = commands.first else { return [.finish(nil)] }
        return [.send(Frame.preface + Frame.hello(role: .control, replay: 0).bytes + ask(command))]
    }

    /// What follows from an event. The first answer that is not `done` is the last.
    package mutating func handle(_ event: Event) -> [Action] {
        actions = []
        guard !isOver else { return [] }
        switch event {
        case .received(let bytes): receive(bytes)
        case .closed where incoming.isFramed: answer(.ended, Array((words ?? "").utf8))
        case .closed: finish(.refused(name, incoming.lastWords, unit: unit))
        case .silence:
            if incoming.lastWords == nil {
                answer(.timeout, [])
            } else {
                finish(.silent(name, incoming.lastWords, unit: unit))
            }
        }
        return actions
    }

    private mutating func receive(_ bytes: [UInt8]) {
        do throws(FrameReader.Malformed) {
            for frame in try incoming.read(bytes) where !isOver {
                switch frame {
                case .answer(let outcome, let text): answer(outcome, text)
                case .end(let text): words = text
                case .welcome, .output, .hello, .input, .window, .ask: break
                }
            }
        } catch {
            finish(.garbled(name, unit: unit))
        }
    }

    private mutating func answer(_ outcome: Frame.Outcome, _ text: [UInt8]) {
        actions.append(.answer(Answer(command: commands.removeFirst(), outcome: outcome, text: text)))
        guard outcome == .done, let next = commands.first else { return finish(nil) }
        actions.append(.send(ask(next)))
    }

    private mutating func finish(_ problem: Problem?) {
        isOver = true
        actions.append(.finish(problem))
    }

    private func ask(_ command: String) -> [UInt8] { Frame.ask(Array(command.utf8), timeout: timeout).bytes }
}
