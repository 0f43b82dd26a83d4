import Console
import Testing

/// Does what a console decides to a world of arrays, where each sink takes as many bytes as the test says.
struct World {
    var console: Console
    var now = 0
    var took: [Console.Sink: [UInt8]] = [:]
    var appetite: [Console.Sink: Int] = [:]
    var awaited: Set<Console.Sink> = []
    var done: [Console.Action] = []

    init(ports: Int = 2, _ change: (inout Console.Settings) -> Void = { _ in }) {
        var settings = Console.Settings(name: "testpmd", ports: ports)
        change(&settings)
        console = Console(settings)
    }

    /// The actions of this event that are not writes.
    @discardableResult
    mutating func feed(_ event: Console.Event) -> [Console.Action] {
        let before = done.count
        for action in console.handle(event, at: now) {
            switch action {
            case .write(let sink, let bytes):
                let count = min(bytes.count, appetite[sink] ?? .max)
                took[sink, default: []] += bytes[..<count]
                if let left = appetite[sink] { appetite[sink] = left - count }
                feed(.wrote(sink, count))
            case .await(let sink): awaited.insert(sink)
            default: done.append(action)
            }
        }
        return Array(done[before...])
    }

    mutating func show(_ text: String) { feed(.output(Array(text.utf8))) }

    func text(_ sink: Console.Sink) -> String { String(decoding: took[sink] ?? [], as: UTF8.self) }

    static func ports(_ count: Int, started: Int? = nil, up: Int? = nil) -> Console.Event {
        .ports((0..<count).map { Console.Port($0, isStarted: $0 < started ?? count, isUp: $0 < up ?? count) })
    }
}

@Suite("Bytes between testpmd, clients and the journal")
struct ConsoleBytesTests {
    @Test func everybodySeesEverything() {
        var world = World()
        world.feed(.connected(1))
        world.show("EAL: hello\r\n")
        world.feed(.connected(2))
        world.show("testpmd> ")
        #expect(world.text(.client(1)) == "EAL: hello\r\ntestpmd> ")
        #expect(world.text(.client(2)) == "EAL: hello\r\ntestpmd> ")
        #expect(world.text(.journal) == "EAL: hello\n")
        world.feed(.input(2, Array("show port info 0\n".utf8)))
        #expect(world.text(.terminal) == "show port info 0\n")
        world.feed(.disconnected(2))
        world.show("more\r\n")
        #expect(world.text(.client(2)) == "EAL: hello\r\ntestpmd> ")
    }

    @Test("A replay begins at a line and is not longer than it may be")
    func replay() {
        var world = World { $0.replayLimit = 100 }
        for number in 1000..<2000 { world.show("line \(number)\r\n") }
        world.feed(.connected(1))
        let expected = (1991..<2000).map { "line \($0)\r\n" }.joined()
        #expect(world.text(.client(1)) == expected)
    }

    @Test("A client that takes no bytes is detached with a note, and the others see everything")
    func slowClient() {
        var world = World { $0.clientLimit = 1000 }
        world.feed(.connected(1))
        world.feed(.connected(2))
        world.appetite[.client(1)] = 30
        for _ in 0..<100 { world.show("0123456789abcdefgh\r\n") }
        #expect(world.text(.client(2)).utf8.count == 2000)
        #expect(world.text(.client(1)).utf8.count == 30)
        #expect(world.awaited == [.client(1)])
        world.appetite[.client(1)] = nil
        #expect(world.feed(.writable(.client(1))) == [.close(1)])
        let note = "\r\n[testpmd: you read too slowly and were detached, attach again]\r\n"
        #expect(String(world.text(.client(1)).utf8.dropFirst(30)) == note)
        world.show("later")
        #expect(!world.text(.client(1)).contains("later"))
    }

    @Test("A client that is slow for a while loses nothing")
    func slowForAWhile() {
        var world = World()
        world.feed(.connected(1))
        world.appetite[.client(1)] = 5
        world.show("one two three")
        world.show(" four")
        world.appetite[.client(1)] = 3
        world.feed(.writable(.client(1)))
        world.appetite[.client(1)] = nil
        world.feed(.writable(.client(1)))
        #expect(world.text(.client(1)) == "one two three four")
    }

    @Test("testpmd that does not read does not make the console grow")
    func deafTestpmd() {
        var world = World { $0.inputLimit = 100 }
        world.appetite[.terminal] = 0
        world.feed(.connected(1))
        for _ in 0..<9 { world.feed(.input(1, Array("start\nstop\n".utf8))) }
        #expect(world.feed(.input(1, Array("start\nstop\n".utf8))) == [.close(1)])
        #expect(world.text(.client(1)).contains("you type faster"))
    }

    @Test("Lines that the journal does not take are counted")
    func deafJournal() {
        var world = World { $0.journalLimit = 30 }
        world.appetite[.journal] = 0
        for number in 0..<10 { world.show("line \(number)\n") }
        #expect(world.text(.journal).isEmpty)
        world.appetite[.journal] = nil
        world.feed(.writable(.journal))
        world.show("line 10\n")
        let note = "pvp-console: 6 lines were left out here, because the journal did not take them"
        #expect(world.text(.journal) == "line 0\nline 1\nline 2\nline 3\n\(note)\nline 10\n")
    }

    @Test func tooManyClients() {
        var world = World { $0.clients = 2 }
        #expect(world.feed(.connected(1)).isEmpty)
        #expect(world.feed(.connected(2)).isEmpty)
        #expect(world.feed(.connected(3)) == [.close(3)])
        #expect(world.text(.client(3)).contains("2 clients already"))
    }
}
