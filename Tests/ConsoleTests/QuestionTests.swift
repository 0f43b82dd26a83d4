import Testing

@testable import Console

@Suite("Questions, one by one")
struct QuestionTests {
    private static let prompt = "testpmd> "

    /// A console at its prompt, with a client that types (1, plain) and a client that sends
    /// commands (2).
    private func started() -> World {
        var world = World(ports: 2)
        world.feed(.started(42))
        world.attach(1)
        world.greet(2, Peer(pid: 2, uid: 0, user: "root", access: .control), replay: 0)
        world.show("EAL: hello\r\n" + Self.prompt)
        return world
    }

    private func typed(_ world: World) -> String { world.text(.terminal) }

    @Test("A question before the first prompt waits for it")
    func early() {
        var world = World()
        world.feed(.started(42))
        world.greet(2)
        world.ask("show port info 0", from: 2)
        #expect(typed(world).isEmpty)
        world.show("EAL: hello\r\ntestpmd> ")
        #expect(typed(world) == "show port info 0\n")
        world.show("show port info 0\r\r\nanswer\r\n\r\ntestpmd> ")
        #expect(world.answers(2).map(\.text) == ["answer\n\n"])
    }

    @Test("A question waits for a command that takes long, and for what was typed ahead")
    func typeAhead() {
        var world = started()
        world.type("start\n", by: 1)
        world.ask("show port info 0", from: 2)
        world.type("stop\n", by: 1)
        world.show("start\r\r\nio packet forwarding\r\n")
        #expect(typed(world) == "start\nstop\n")
        world.show(Self.prompt + "stop\r\r\n")
        #expect(typed(world) == "start\nstop\n")
        world.show("Done.\r\n" + Self.prompt)
        #expect(typed(world) == "start\nstop\nshow port info 0\n")
        world.show("show port info 0\r\r\nthe answer\r\n" + Self.prompt)
        #expect(world.answers(2).map(\.text) == ["the answer\n"])
        #expect(
            world.lines.filter { $0.hasPrefix("5 ") }
                == ["5 typed by root: show port info 0", "5 typed by alice: start", "5 typed by alice: stop"])
    }

    @Test("an answer has nothing of other clients: no echo, no answer, no prompt")
    func hidden() {
        var world = started()
        world.ask("show port info 0", from: 2)
        world.show("show port info 0\r\r\nthe answer\r\n" + Self.prompt)
        #expect(world.text(.client(1)) == "EAL: hello\r\ntestpmd> ")
        #expect(
            world.frames(2) == [.welcome(role: .control, name: "testpmd"), .answer(.done, Array("the answer\n".utf8))])
        #expect(world.lines.last == "6 the answer")
    }

    @Test("A question whose time is over while it waits is answered so, and never put")
    func waitsTooLong() {
        var world = started()
        world.type("start\n", by: 1)
        world.ask("show port info 0", from: 2, timeout: 1000)
        #expect(world.console.multiplexer?.deadline == world.now + 1000)
        world.now += 1000
        world.feed(.tick)
        #expect(world.answers(2).map(\.outcome) == [.timeout])
        world.show("start\r\r\nDone\r\n" + Self.prompt)
        #expect(typed(world) == "start\n")
    }

    @Test(
        """
        a command whose timeout ends while it runs is answered so; its answer is dropped, and the next one gets its own
        """
    )
    func runsTooLong() {
        var world = started()
        world.ask("show port info 0", from: 2, timeout: 1000)
        world.ask("show port info 1", from: 2)
        world.show("show port info 0\r\r\nfirst half\r\n")
        world.now += 1000
        world.feed(.tick)
        #expect(world.answers(2).map(\.outcome) == [.timeout])
        #expect(typed(world) == "show port info 0\n")
        world.show("second half\r\n" + Self.prompt)
        #expect(typed(world) == "show port info 0\nshow port info 1\n")
        world.show("show port info 1\r\r\nmine\r\n" + Self.prompt)
        #expect(world.answers(2).map(\.text) == ["", "mine\n"])
    }

    @Test("a client that leaves gets no answer, not even if a new client has the same number")
    func leaves() {
        var world = started()
        world.ask("show port info 0", from: 2)
        world.ask("show port info 1", from: 2)
        world.feed(.disconnected(2))
        world.took[.client(2)] = nil
        world.greet(2, replay: 0)
        world.show("show port info 0\r\r\nold\r\n" + Self.prompt)
        #expect(typed(world) == "show port info 0\n")
        world.ask("show port info 2", from: 2)
        world.show("show port info 2\r\r\nnew\r\n" + Self.prompt)
        #expect(world.answers(2).map(\.text) == ["new\n"])
    }

    @Test("the typist is known when the echo arrives, even if the number has a new client")
    func gone() {
        var world = started()
        world.type("stop\n", by: 1)
        world.feed(.disconnected(1))
        world.feed(.connected(1, Peer(pid: 9, uid: 9, user: "bob", access: .control)))
        world.show("stop\r\r\n")
        #expect(world.lines.last == "5 typed by alice: stop")
    }

    @Test(
        "a half-typed line is saved and restored with what was typed since, half an escape sequence too",
        arguments: [
            ("show po", ""), ("show po\u{1b}", "\u{1b}"), ("show po\u{1b}[", "\u{1b}["),
            ("show po\u{1b}[3", "\u{1b}[3"),
        ])
    func halfTyped(_ keys: String, _ begun: String) {
        var world = started()
        world.type(keys, by: 1)
        world.show("show po")
        world.ask("show port info 0", from: 2)
        let release = begun.isEmpty ? "" : String(repeating: "\0", count: 7)
        let put = keys + release + "\u{b}\u{19}\u{1}\u{b}show port info 0\n"
        #expect(typed(world) == put)
        world.type("rt", by: 1)
        #expect(typed(world) == put)
        world.show("\u{1b}[0K\u{1b}[7D\u{1b}[0Kshow port info 0\r\r\nanswer\r\n" + Self.prompt)
        #expect(typed(world) == put + "\u{19}" + begun + "rt")
        #expect(world.answers(2).map(\.text) == ["answer\n"])
    }

    @Test("The caret comes back to where it was")
    func caret() {
        var world = started()
        world.type("abcde\u{1b}[D\u{1b}[D", by: 1)
        world.show("abcde\u{1b}[D\u{1b}[D")
        world.ask("stop", from: 2)
        world.show("\u{1b}[0Kde\u{1b}[5D\u{1b}[0Kstop\r\r\n" + Self.prompt)
        #expect(typed(world).hasSuffix("stop\n\u{19}\u{1}\u{6}\u{6}\u{6}"))
    }

    @Test("Enter within an escape sequence awaits no prompt")
    func escapedEnter() {
        var world = started()
        world.type("\u{1b}\n", by: 1)
        world.ask("stop", from: 2)
        #expect(typed(world).hasSuffix("stop\n"))
    }

    @Test("A stop ends the wait of no question, but its process's end does, and questions after it are refused")
    func stop() {
        var world = started()
        world.ask("show port info 0", from: 2)
        world.ask("show port info 1", from: 2)
        world.type("half", by: 1)
        world.show("show port info 0\r\r\n")
        world.feed(.terminate)
        #expect(typed(world) == "show port info 0\n\u{3}stop\nquit\n")
        world.ask("start", from: 2)
        world.show("late\r\n" + Self.prompt)
        world.show("\r\n\(Self.prompt)stop\r\r\n\(Self.prompt)quit\r\r\nBye...\r\n")
        let answers = world.answers(2)
        #expect(answers.map(\.outcome) == [.refused, .done])
        #expect(answers[0].text == "testpmd is being stopped" && answers[1].text == "late\n")
        world.feed(.ended(.status(0)))
        #expect(world.answers(2).last?.outcome == .ended)
        #expect(world.frames(2).last == .end("testpmd (process 42) quit"))
        // Whatever was half typed was never sent.
        #expect(!typed(world).contains("half"))
    }

    @Test("The end of testpmd in the middle of an answer ends all questions")
    func ends() {
        var world = started()
        world.ask("show port info 0", from: 2)
        world.ask("show port info 1", from: 2)
        world.show("show port info 0\r\r\nhalf an ans")
        world.feed(.ended(.signal(11)))
        let why = "testpmd (process 42) was killed by signal 11 (SIGSEGV)"
        #expect(world.answers(2).map(\.outcome) == [.ended, .ended])
        #expect(world.answers(2).map(\.text) == [why, why])
        #expect(world.lines.contains("6 half an ans"))
    }

    @Test(
        """
        A prompt that another thread has cut in two counts with its second half, or when testpmd is asked to draw it \
        again
        """
    )
    func cutPrompt() {
        var world = started()
        world.feed(World.ports(2))
        world.ask("show port info 0", from: 2)
        world.show("show port info 0\r\r\nanswer\r\ntestVHOST_CONFIG: new connection\r\npmd> ")
        #expect(world.answers(2).map(\.text) == ["answer\n"])
        world.ask("show port info 1", from: 2)
        world.show("show port info 1\r\r\nanswer\r\ntestPort 0: link state change event\r\npmd> ")
        #expect(world.answers(2).count == 1)
        world.now += 249
        world.feed(.tick)
        #expect(!typed(world).hasSuffix("\u{c}"))
        world.now += 1
        world.feed(.tick)
        #expect(typed(world).hasSuffix("\u{c}"))
        #expect(world.answers(2).count == 1)
        world.show("\u{1b}M\u{1b}E" + Self.prompt + "\u{1b}[0K")
        #expect(world.answers(2).count == 2)
        #expect(world.answers(2)[1].text.hasPrefix("answer\n"))
    }

    @Test("Keys typed after a question's time is over go behind the saved line, also if another question waits")
    func typedWhileOverdue() {
        var world = started()
        world.type("abc", by: 1)
        world.show("abc")
        world.ask("show port info 0", from: 2, timeout: 1000)
        world.ask("show port info 1", from: 2)
        world.show("\u{1b}[0K\u{1b}[3D\u{1b}[0Kshow port info 0\r\r\nfirst half\r\n")
        world.now += 1000
        world.feed(.tick)
        #expect(world.answers(2).map(\.outcome) == [.timeout])
        world.type("d", by: 1)
        #expect(typed(world).hasSuffix("show port info 0\n\u{19}d"))
        world.show("second half\r\n" + Self.prompt)
        #expect(typed(world).hasSuffix("\u{19}d\u{b}\u{19}\u{1}\u{b}show port info 1\n"))
        world.show("abcd\u{1b}[0K\u{1b}[4D\u{1b}[0Kshow port info 1\r\r\nmine\r\n" + Self.prompt)
        #expect(world.answers(2).last?.text == "mine\n")
        #expect(typed(world).hasSuffix("show port info 1\n\u{19}"))
    }

    @Test("A requested redraw that comes after the prompts of later commands ends nothing")
    func lateRedraw() {
        var world = started()
        world.feed(World.ports(2))
        world.type("start\n", by: 1)
        world.now += 250
        world.feed(.tick)
        #expect(typed(world) == "start\n\u{c}")
        world.show("start\r\r\nio packet forwarding\r\n" + Self.prompt)
        world.type("stop\n", by: 1)
        world.show("stop\r\r\nDone.\r\n" + Self.prompt)
        world.type("start\n", by: 1)
        world.ask("show port info 0", from: 2)
        world.show("\u{1b}M\u{1b}E\(Self.prompt)\u{1b}[0K")
        #expect(typed(world) == "start\n\u{c}stop\nstart\n")
        world.show("start\r\r\n" + Self.prompt)
        #expect(typed(world).hasSuffix("start\nshow port info 0\n"))
    }

    @Test("A redraw that a client's key causes late does not end a question whose echo has to come")
    func redrawOfKey() {
        var world = started()
        world.feed(World.ports(2))
        world.type("s\t", by: 1)
        world.ask("stop", from: 2)
        world.now += 250
        world.feed(.tick)
        #expect(typed(world).hasSuffix("stop\n\u{c}"))
        world.show("s\r\n show\r\n stop\r\n\u{1b}M\u{1b}E\(Self.prompt)s\u{1b}[0K")
        #expect(world.answers(2).isEmpty)
        world.show("\u{1b}[0K\u{1b}[1D\u{1b}[0Kstop\r\r\nDone.\r\n\(Self.prompt)\u{1b}M\u{1b}E\(Self.prompt)\u{1b}[0K")
        #expect(world.answers(2).map(\.text) == ["Done.\n"])
        #expect(typed(world).hasSuffix("\u{c}\u{19}"))
    }

    @Test("An event in the middle of a question's echo is in the journal, also on the row of a saved line")
    func eventInEcho() {
        for line in ["", "sh"] {
            var world = started()
            world.type(line, by: 1)
            world.show(line)
            world.ask("stop", from: 2)
            let cut = line.isEmpty ? "" : "\u{1b}[0K\u{1b}[2D\u{1b}[0K"
            world.show("\(cut)st\r\nPort 1: link state change event\r\nop\r\r\nDone.\r\n" + Self.prompt)
            #expect(world.lines.contains("6 Port 1: link state change event"))
            #expect(world.answers(2).map(\.text) == ["Done.\n"])
        }
    }

    @Test("A question that testpmd does not read is no reason to wake up again and again")
    func hung() {
        var world = started()
        world.ask("show port info 0", from: 2, timeout: 60_000)
        for _ in 0..<100 {
            world.now += 100
            world.feed(.tick)
            #expect(world.console.deadline ?? .max > world.now)
        }
    }

    @Test("Lines of other threads are shown at once, however long a question takes")
    func chatter() {
        var world = started()
        world.ask("show port info 0", from: 2)
        world.show("show port info 0\r\r\nVHOST_CONFIG: new connection\r\n")
        #expect(world.text(.client(1)).hasSuffix("testpmd> \r\u{1b}[KVHOST_CONFIG: new connection\r\ntestpmd> "))
        world.show("answer\r\n" + Self.prompt)
        #expect(world.answers(2).map(\.text) == ["answer\n"])
    }

    @Test(
        """
        A line of another thread behind the idle prompt is in the journal; what is typed on the row after it is known \
        as typed
        """
    )
    func idle() {
        var world = started()
        world.show("EAL: Error - something\r\n")
        #expect(world.lines.last == "3 EAL: Error - something")
        world.show("VHOST_CONFIG: read message\r\n")
        #expect(world.lines.last == "7 VHOST_CONFIG: read message")
        world.type("stop\n", by: 1)
        world.show("stop\r\r\nDone.\r\n" + Self.prompt)
        #expect(Array(world.lines.suffix(2)) == ["5 typed by alice: stop", "6 Done."])
        world.show("\r\nPort 0: link state change event\r\n")
        world.type("start\n", by: 1)
        world.show("start\r\r\n" + Self.prompt)
        #expect(Array(world.lines.suffix(2)) == ["6 Port 0: link state change event", "5 typed by alice: start"])
    }

    @Test(
        "Commands that are none are refused with the reason",
        arguments: [
            ("", "printable"), ("show\nquit", "printable"), ("show port ?", "help"),
            (String(repeating: "x", count: 256), "255"),
            ("\u{3}", "printable"),
            ("ü", "printable"),
        ])
    func refused(_ command: String, _ why: String) {
        var world = started()
        world.ask(command, from: 2)
        #expect(world.answers(2).first?.outcome == .refused && world.answers(2).first?.text.contains(why) == true)
        #expect(typed(world).isEmpty)
    }

    @Test("An answer that is too long is refused, and the next question is not harmed")
    func longAnswer() {
        var world = started()
        world.ask("show", from: 2)
        world.show("show\r\r\n")
        for _ in 0..<1100 { world.show(String(repeating: "x", count: 999) + "\r\n") }
        world.show(Self.prompt)
        #expect(world.answers(2).map(\.outcome) == [.refused])
        world.ask("stop", from: 2)
        world.show("stop\r\r\nDone.\r\n" + Self.prompt)
        #expect(world.answers(2).last?.text == "Done.\n")
    }

    @Test("Without a command line of testpmd nothing is put")
    func noPrompt() {
        var world = World { $0.prompt = nil }
        world.greet(2)
        world.ask("show", from: 2)
        #expect(world.answers(2).map(\.text) == ["testpmd has no command line of testpmd"])
    }
}
