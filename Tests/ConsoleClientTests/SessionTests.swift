import Console
import Diagnostics
import Linux
import Testing

@testable import ConsoleClient

@Suite("An attached client, in events and actions")
struct SessionTests {
    private func session(readOnly: Bool = false, terminal: Bool = true) -> Session {
        Session(
            Session.Settings(
                name: "testpmd", unit: "testpmd.service", isReadOnly: readOnly,
                terminal: terminal ? TerminalSize(rows: 10, columns: 40) : nil))
    }

    private func attached(_ role: Frame.Role = .control, readOnly: Bool = false, terminal: Bool = true) -> Session {
        var session = session(readOnly: readOnly, terminal: terminal)
        _ = session.handle(.received(welcome(role)))
        return session
    }

    private func welcome(_ role: Frame.Role = .control, _ frames: Frame...) -> [UInt8] {
        Frame.preface + Frame.welcome(role: role, name: "testpmd").bytes + frames.flatMap(\.bytes)
    }

    private func shown(_ actions: [Session.Action]) -> String {
        actions.map { if case .write(let bytes) = $0 { String(decoding: bytes, as: UTF8.self) } else { "" } }.joined()
    }

    private func code(_ actions: [Session.Action]) -> Problem.Code? {
        if case .finish(let problem?) = actions.last { problem.code } else { nil }
    }

    @Test func itSaysWhatItWants() {
        let window = Frame.window(rows: 10, columns: 40).bytes
        #expect(
            session().start() == [
                .send(Frame.preface + Frame.hello(role: .control, replay: 1200).bytes), .send(window),
            ])
        #expect(
            session(readOnly: true, terminal: false).start() == [
                .send(Frame.preface + Frame.hello(role: .view, replay: 1).bytes)
            ])
    }

    @Test(
        """
        The note stands before the line where the cursor is, whether what was shown before comes with the welcome or not
        """
    )
    func note() {
        var session = session()
        #expect(!session.wantsInput)
        let actions = session.handle(.received(welcome(.control, .output(Array("one\r\ntestpmd> sh".utf8)))))
        #expect(actions.first == .enter && session.wantsInput)
        #expect(shown(actions) == "one\r\n[attached to testpmd; Ctrl-] detaches]\r\ntestpmd> sh")
        var later = self.session()
        #expect(shown(later.handle(.received(welcome()))) == "[attached to testpmd; Ctrl-] detaches]\r\n")
        #expect(later.handle(.received(Frame.output(Array("a\nb".utf8)).bytes)) == [.write(Array("a\nb".utf8))])
    }

    @Test("What was sent before the preface is not shown, however it is cut")
    func plainBytes() {
        let bytes = Array("EAL: one\r\n\u{0}pvp\r\ntestpmd> ".utf8) + welcome(.control, .output(Array("x".utf8)))
        for cut in bytes.indices {
            var session = session()
            let actions =
                session.handle(.received(Array(bytes[..<cut]))) + session.handle(.received(Array(bytes[cut...])))
            #expect(["[attached to testpmd; Ctrl-] detaches]\r\nx"].contains(shown(actions)), "cut at \(cut)")
        }
    }

    @Test("Ctrl-] ends it, in the middle of a paste too, and the rest of that is dropped")
    func detach() {
        var session = attached()
        #expect(session.handle(.typed([0x03, 0x09])) == [.send(Frame.input([0x03, 0x09]).bytes)])
        #expect(
            session.handle(.typed(Array("half\u{1d}reboot\n".utf8))) == [
                .send(Frame.input(Array("half".utf8)).bytes), .write(Array("\r\n[detached]\r\n".utf8)), .dropInput,
                .finish(nil),
            ])
        #expect(session.handle(.typed([0x41])) == [] && !session.wantsInput)
    }

    @Test("Who only looks sends nothing but sizes")
    func view() {
        var session = attached(.view, readOnly: true)
        #expect(session.handle(.typed(Array("quit\n".utf8))) == [])
        #expect(
            session.handle(.resized(TerminalSize(rows: 5, columns: 6))) == [
                .send(Frame.window(rows: 5, columns: 6).bytes)
            ])
        #expect(session.handle(.typed([0x1d])).last == .finish(nil))
        var other = self.session(readOnly: true)
        #expect(shown(other.handle(.received(welcome(.view)))).hasPrefix("[attached to testpmd, read-only; "))
        other = self.session()
        #expect(shown(other.handle(.received(welcome(.view)))).contains("read-only: no permission to type"))
        var script = self.session(terminal: false)
        #expect(code(script.handle(.received(welcome(.view)))) == .consoleReadOnly)
        #expect(!attached(.view, readOnly: true, terminal: false).wantsInput)
    }

    @Test("Without a terminal: all of the input, Ctrl-] too, then what is left of the answer")
    func script() {
        var session = session(terminal: false)
        #expect(session.handle(.received(welcome(.control, .output([0x20])))) == [])
        let input = Array("a\u{1d}b\n".utf8)
        #expect(session.handle(.typed(input)) == [.send(Frame.input(input).bytes)])
        #expect(!session.isLast)
        #expect(session.handle(.inputEnded) == [] && session.isLast && !session.wantsInput)
        #expect(session.handle(.resized(TerminalSize(rows: 1, columns: 1))) == [])
        #expect(session.handle(.received(Frame.output([0x78]).bytes)) == [.write([0x78])])
        #expect(session.handle(.quiet) == [.finish(nil)])
        var ended = attached(terminal: false)
        #expect(ended.handle(.received(Frame.end("testpmd quit").bytes)) == [.log("testpmd quit"), .finish(nil)])
    }

    @Test func endings() {
        var session = attached()
        #expect(
            session.handle(.received(Frame.end("testpmd quit").bytes)) == [
                .write(Array("\r\n[testpmd quit]\r\n".utf8)), .finish(nil),
            ])
        session = attached()
        #expect(session.handle(.inputEnded) == [.finish(nil)])
        session = attached()
        #expect(code(session.handle(.closed)) == .consoleLost)
        session = attached()
        #expect(code(session.handle(.received([0x6f, 0xff, 0xff, 0xff]))) == .consoleInvalid)
    }

    @Test("What it says instead of serving is the reason")
    func refusals() {
        var session = session()
        _ = session.handle(.received(Array("\r\n[testpmd: user 1000 may not attach]\r\n".utf8)))
        guard case .finish(let problem?) = session.handle(.closed).last else {
            Issue.record("it goes on")
            return
        }
        #expect(problem.code == .consoleRefused && problem.message == "testpmd: [testpmd: user 1000 may not attach]")
        session = self.session()
        #expect(code(session.handle(.closed)) == .consoleRefused)
        session = self.session()
        #expect(code(session.handle(.silence)) == .consoleSilent)
        session = self.session()
        _ = session.handle(.received([UInt8](repeating: 0x41, count: 100_000)))
        guard case .finish(let old?) = session.handle(.silence).last else {
            Issue.record("it goes on")
            return
        }
        #expect(old.message == "testpmd: the console has an older protocol than this program")
    }
}
