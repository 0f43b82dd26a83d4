import Console
import Diagnostics
import Testing

@testable import ConsoleClient

@Suite("Commands and answers, in events and actions")
struct CommandSessionTests {
    private let first = Frame.preface + Frame.hello(role: .control, replay: 0).bytes + ask("a")
    private let welcome = Frame.preface + Frame.welcome(role: .control, name: "testpmd").bytes

    private static func ask(_ command: String) -> [UInt8] { Frame.ask(Array(command.utf8), timeout: 2000).bytes }

    private func questions(_ commands: [String] = ["a", "b"]) -> CommandSession {
        CommandSession(commands, timeout: 2000, name: "testpmd", unit: "testpmd.service")
    }

    private func answer(_ command: String, _ outcome: Frame.Outcome, _ text: String = "") -> CommandSession.Action {
        .answer(CommandSession.Answer(command: command, outcome: outcome, text: Array(text.utf8)))
    }

    @Test("One after the other, the first without waiting for the welcome")
    func order() {
        var questions = questions()
        #expect(questions.start() == [.send(first)])
        let noise = Frame.output(Array("somebody types".utf8)).bytes
        #expect(questions.handle(.received(Array("plain\r\n".utf8) + welcome + noise)) == [])
        #expect(
            questions.handle(.received(Frame.answer(.done, [0x31]).bytes)) == [
                answer("a", .done, "1"), .send(Self.ask("b")),
            ])
        #expect(
            questions.handle(.received(noise + Frame.answer(.done, []).bytes)) == [answer("b", .done), .finish(nil)])
        #expect(self.questions([]).start() == [.finish(nil)])
    }

    @Test("Nothing is put after one that went wrong", arguments: [Frame.Outcome.wrong, .timeout, .ended, .refused])
    func stops(_ outcome: Frame.Outcome) {
        var questions = questions()
        #expect(
            questions.handle(.received(welcome + Frame.answer(outcome, [0x32]).bytes)) == [
                answer("a", outcome, "2"), .finish(nil),
            ])
        #expect(questions.handle(.received(Frame.answer(.done, []).bytes)) == [])
    }

    @Test func endings() {
        var ended = questions()
        #expect(ended.handle(.received(welcome + Frame.end("testpmd quit").bytes)) == [])
        #expect(ended.handle(.closed) == [answer("a", .ended, "testpmd quit"), .finish(nil)])
        var silent = questions()
        #expect(silent.handle(.silence) == [answer("a", .timeout), .finish(nil)])
    }

    @Test func problems() {
        func code(_ event: CommandSession.Event..., of questions: CommandSession) -> Problem.Code? {
            var questions = questions
            var actions: [CommandSession.Action] = []
            for event in event { actions = questions.handle(event) }
            if case .finish(let problem?) = actions.last { return problem.code }
            return nil
        }
        #expect(code(.closed, of: questions()) == .consoleRefused)
        #expect(code(.received(Array("testpmd> ".utf8)), .silence, of: questions()) == .consoleSilent)
        #expect(code(.received(welcome + [0x21, 0, 0, 0]), of: questions()) == .consoleInvalid)
    }
}
