package import Diagnostics
import Linux

/// Commands for a console, and their answers.
package enum CommandRun {
    /// Milliseconds that the console has beyond a command's time to say that this is over.
    private static let grace = 500

    /// Puts the commands one after the other and hands on each answer, up to the first that is not
    /// `done`; a command has `timeout` milliseconds. Throws `console-refused`, `console-silent` and
    /// `console-invalid`.
    package static func run(
        _ connection: ConsoleLocator.Connection, _ commands: [String], timeout: Int,
        answer: (CommandSession.Answer) -> Void
    ) throws(Problem) {
        let socket = connection.socket
        var questions = CommandSession(commands, timeout: timeout, name: connection.name, unit: connection.unit)
        var actions = questions.start()
        var unsent: [UInt8] = []
        var deadline = 0
        while true {
            for action in actions {
                switch action {
                case .send(let bytes):
                    unsent += bytes
                    deadline = MonotonicClock.now + timeout + grace
                case .answer(let one): answer(one)
                case .finish(nil): return
                case .finish(let problem?): throw problem
                }
            }
            // A write that fails means that the console has closed, which the next read reports.
            if !unsent.isEmpty { unsent.removeFirst(socket.write(unsent) ?? unsent.count) }
            guard
                Descriptor.poll(
                    socket.number, unsent.isEmpty ? .input : [.input, .output], timeout: deadline - MonotonicClock.now)
            else {
                actions = questions.handle(.silence)
                continue
            }
            switch socket.read() {
            case .bytes(let bytes): actions = questions.handle(.received(bytes))
            case .nothing: actions = []
            case .end: actions = questions.handle(.closed)
            }
        }
    }
}
