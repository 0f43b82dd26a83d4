import Testing

@testable import Console

@Suite("Bytes between testpmd, clients and the journal")
struct ConsoleBytesTests {
    @Test func everybodySeesEverything() {
        var world = World()
        world.attach(1)
        world.show("EAL: hello\r\n")
        world.attach(2)
        world.show("testpmd> ")
        #expect(world.text(.client(1)) == "EAL: hello\r\ntestpmd> ")
        #expect(world.text(.client(2)) == "EAL: hello\r\ntestpmd> ")
        #expect(world.lines == ["6 EAL: hello"])
        world.type("show port info 0\n", by: 2)
        #expect(world.text(.terminal) == "show port info 0\n")
        world.feed(.disconnected(2))
        world.show("more\r\n")
        #expect(world.text(.client(2)) == "EAL: hello\r\ntestpmd> ")
    }

    @Test("A replay begins at a line and is not longer than it may be")
    func replay() {
        var world = World { $0.replayLimit = 100 }
        for number in 1000..<2000 { world.show("line \(number)\r\n") }
        world.attach(1)
        let expected = (1991..<2000).map { "line \($0)\r\n" }.joined()
        #expect(world.text(.client(1)) == expected)
    }

    @Test("A client that takes no bytes is detached with a note, and the others see everything")
    func slowClient() {
        var world = World { $0.clientLimit = 1000 }
        world.attach(1)
        world.attach(2)
        world.appetite[.client(1)] = 30
        for _ in 0..<100 { world.show("0123456789abcdefgh\r\n") }
        #expect(world.text(.client(2)).utf8.count == 2000)
        #expect(world.text(.client(1)).utf8.count == 30)
        #expect(world.awaited == [.client(1)])
        #expect(world.sate(.client(1)) == [.close(1)])
        let note = "\r\n[testpmd: you read too slowly and were detached, attach again]\r\n"
        #expect(String(world.text(.client(1)).utf8.dropFirst(30)) == note)
        world.show("later")
        #expect(!world.text(.client(1)).contains("later"))
    }

    @Test("A client that is slow for a while loses nothing")
    func slowForAWhile() {
        var world = World()
        world.attach(1)
        world.appetite[.client(1)] = 5
        world.show("one two three")
        world.show(" four")
        world.appetite[.client(1)] = 3
        world.feed(.writable(.client(1)))
        world.sate(.client(1))
        #expect(world.text(.client(1)) == "one two three four")
    }

    @Test("testpmd that does not read does not make the console grow")
    func deafTestpmd() {
        var world = World { $0.inputLimit = 100 }
        world.appetite[.terminal] = 0
        world.attach(1)
        for _ in 0..<9 { world.type("start\nstop\n", by: 1) }
        #expect(world.feed(.input(1, Array("start\nstop\n".utf8))) == [.close(1)])
        #expect(world.text(.client(1)).contains("you type faster"))
    }

    @Test("Lines that the journal does not take are counted")
    func deafJournal() {
        var world = World { $0.journalLimit = 4 * (MemoryLayout<JournalEntry>.stride + 32 + 6) + 1 }
        world.appetite[.journal] = 0
        for number in 0..<10 { world.show("line \(number)\n") }
        #expect(world.journal.isEmpty && world.awaited == [.journal])
        world.sate(.journal)
        world.show("line 10\n")
        let note = "4 6 lines were left out here: more than the journal takes"
        #expect(world.lines == ["6 line 0", "6 line 1", "6 line 2", "6 line 3", note, "6 line 10"])
    }

    @Test func tooManyClients() {
        var world = World { $0.clients = 2 }
        #expect(world.feed(.connected(1, World.peer)).isEmpty)
        #expect(world.feed(.connected(2, World.peer)).isEmpty)
        #expect(world.feed(.connected(3, World.peer)) == [.close(3)])
        #expect(world.text(.client(3)).contains("2 clients already"))
    }
}
