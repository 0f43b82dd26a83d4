import Testing

@testable import Console

@Suite("Clients: what each of them is, may do and is sent")
struct ClientSetTests {
    private static let viewer = Peer(pid: 2, uid: 1001, user: "bob", access: .view)
    private static let stranger = Peer(pid: 3, uid: 1002, user: "eve", access: .none)

    private func started() -> World {
        var world = World()
        world.feed(.started(42))
        world.show("EAL: hello\r\ntestpmd> ")
        return world
    }

    @Test("A client that speaks first is plain at once, and what it types is typed")
    func plain() {
        var world = started()
        world.feed(.connected(1, World.peer))
        #expect(world.took[.client(1)] == nil)
        world.type("show", by: 1)
        #expect(world.text(.client(1)) == "EAL: hello\r\ntestpmd> ")
        #expect(world.text(.terminal) == "show")
    }

    @Test("A client with frames is welcomed, shown what it asks for, and types in frames")
    func framed() {
        var world = started()
        world.greet(1, replay: 12)
        #expect(world.frames(1) == [.welcome(role: .control, name: "testpmd"), .output(Array("testpmd> ".utf8))])
        world.greet(2, replay: 0)
        world.show("more")
        #expect(world.frames(2) == [.welcome(role: .control, name: "testpmd")])
        #expect(world.shown(1) == "testpmd> more")
        world.send(.input(Array("show".utf8)), from: 1)
        #expect(world.text(.terminal) == "show")
        world.send(.window(rows: 50, columns: 132), from: 1)
        #expect(world.done.last == .resize(rows: 50, columns: 132))
    }

    @Test("Wherever the first bytes are cut, nothing of them is typed")
    func cuts() {
        let bytes = Frame.preface + Frame.hello(role: .control, replay: 100).bytes + Frame.input(Array("x".utf8)).bytes
        for cut in 1..<bytes.count {
            var world = started()
            world.feed(.connected(1, World.peer))
            world.feed(.input(1, Array(bytes[..<cut])))
            world.now += 1000
            world.feed(.tick)
            world.feed(.input(1, Array(bytes[cut...])))
            #expect(world.text(.terminal) == "x", "cut at \(cut)")
            #expect(world.shown(1) == "EAL: hello\r\ntestpmd> ", "cut at \(cut)")
        }
    }

    @Test("A preface that comes after the time to say hello still counts; what was shown until then is before it")
    func late() {
        var world = started()
        world.attach(1)
        let before = world.text(.client(1)).utf8.count
        world.feed(.input(1, Frame.preface + Frame.hello(role: .control, replay: 100).bytes))
        world.took[.client(1)]?.removeFirst(before)
        #expect(world.shown(1) == "EAL: hello\r\ntestpmd> ")
        #expect(world.text(.terminal).isEmpty)
    }

    @Test(
        "A preface that is none, and frames of the console, end it; nothing is typed",
        arguments: [
            Frame.preface.dropLast() + [9], [0, 1], Frame.preface + [1, 2, 3, 4], Frame.preface + Frame.end("x").bytes,
            Frame.preface + Frame.input(Array(repeating: 0x78, count: 65537)).bytes,
        ] as [[UInt8]])
    func malformed(_ bytes: [UInt8]) {
        var world = started()
        world.feed(.connected(1, World.peer))
        #expect(world.feed(.input(1, bytes + Array("quit\n".utf8))) == [.close(1)])
        #expect(world.text(.client(1)).contains("protocol of this version"))
        #expect(world.feed(.input(1, Array("quit\n".utf8))).isEmpty)
        #expect(world.text(.terminal).isEmpty)
    }

    @Test("Behind a plain client's first key even the preface is only keys")
    func keys() {
        var world = started()
        world.attach(1)
        world.type("x", by: 1)
        world.feed(.input(1, Frame.preface))
        #expect(world.took[.terminal] == Array("x".utf8) + Frame.preface)
    }

    @Test("a read-only client sees everything and changes nothing, whatever it sends")
    func view() {
        var world = started()
        world.attach(1, Self.viewer)
        world.type("quit\n", by: 1)
        world.greet(2, Self.viewer)
        #expect(world.frames(2).first == .welcome(role: .view, name: "testpmd"))
        world.greet(3, role: .view)
        world.send(.hello(role: .control, replay: 0), from: 3)
        for id in 2...3 {
            world.send(.input(Array("quit\n".utf8)), from: id)
            world.send(.window(rows: 1, columns: 1), from: id)
            world.ask("quit", from: id)
            #expect(world.answers(id).map(\.outcome) == [.refused])
        }
        world.show("later")
        #expect(world.text(.terminal).isEmpty && world.done == [.survey])
        #expect(
            world.text(.client(1)).hasSuffix("later") && world.shown(2).hasSuffix("later")
                && world.shown(3).hasSuffix("later"))
    }

    @Test("a user in no group gets a refusal and sees nothing; the journal has the name")
    func refused() {
        var world = started()
        #expect(world.feed(.connected(1, Self.stranger)) == [.close(1)])
        let text = "\r\n[testpmd: eve may not attach: log in as root or as a member of the group pvp]\r\n"
        #expect(world.text(.client(1)) == text)
        #expect(world.journal.last?.peer == Self.stranger && world.journal.last?.priority == .warning)
        world.appetite[.client(2)] = 3
        #expect(world.feed(.connected(2, Self.stranger)).isEmpty)
        world.feed(
            .input(
                2,
                Frame.preface + Frame.hello(role: .control, replay: 100).bytes + Frame.input(Array("quit\n".utf8)).bytes
            ))
        world.show("secret")
        #expect(world.sate(.client(2)) == [.close(2)])
        #expect(world.text(.client(2)) == text && world.text(.terminal).isEmpty)
    }

    @Test("A client with frames that is too slow gets whole frames to the end", arguments: [0, 1, 7, 50, 1000, 5000])
    func slow(_ taken: Int) {
        var world = World { $0.clientLimit = 2000 }
        world.greet(1)
        world.appetite[.client(1)] = taken
        for number in 0..<500 { world.show("line \(number) of many\r\n") }
        #expect(world.largest[.client(1)] ?? 0 < 4500)
        #expect(world.sate(.client(1)) == [.close(1)])
        let frames = world.frames(1)
        #expect(frames.last == .end("you read too slowly and were detached, attach again"))
        let expected = (0..<500).map { "line \($0) of many\r\n" }.joined()
        #expect(world.shown(1).count > taken / 2 && expected.hasPrefix(world.shown(1)))
    }

    @Test(
        "Whatever a client sends that does not read, it costs a bounded memory",
        arguments: [
            Frame.hello(role: .control, replay: 0), .hello(role: .control, replay: 1 << 20), .ask([], timeout: 1),
            .ask(Array("x".utf8), timeout: 1),
            .window(rows: 1, columns: 1), .input([]),
        ])
    func flood(_ frame: Frame) {
        var world = World {
            $0.clientLimit = 10_000
            $0.replayLimit = 1000
        }
        world.feed(.started(42))
        world.show(String(repeating: "x", count: 1000))
        world.greet(1)
        world.appetite[.client(1)] = 0
        let bytes = Array(repeatElement(frame.bytes, count: 1000).joined())
        for _ in 0..<50 { world.feed(.input(1, bytes)) }
        world.sate(.client(1))
        #expect(world.largest[.client(1)] ?? 0 < 20_000)
        #expect(world.console.multiplexer?.heldCount == 0)
    }

    @Test("Empty input of a client is nothing, however often it comes while an answer is awaited")
    func nothing() {
        var world = started()
        world.greet(1)
        world.ask("show port info 0", from: 1)
        for _ in 0..<1000 { world.send(.input([]), from: 1) }
        world.send(.input(Array("ab".utf8)), from: 1)
        world.send(.input(Array("cd".utf8)), from: 1)
        #expect(world.console.multiplexer?.heldCount == 4)
        world.show("show port info 0\r\nanswer\r\ntestpmd> ")
        #expect(world.text(.terminal) == "show port info 0\nabcd")
    }
}
