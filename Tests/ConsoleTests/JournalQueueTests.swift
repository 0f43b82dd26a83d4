import Testing

@testable import Console

@Suite("Lines on their way to the journal")
struct JournalQueueTests {
    private func queue(_ change: (inout Console.Settings) -> Void = { _ in }) -> JournalQueue {
        var settings = Console.Settings(name: "testpmd")
        change(&settings)
        return JournalQueue(settings)
    }

    private func entry(_ text: String, _ priority: JournalEntry.Priority = .info) -> JournalEntry {
        JournalEntry(Array(text.utf8), priority)
    }

    private func texts(_ entries: [JournalEntry]?) -> [String] {
        (entries ?? []).map { String(decoding: $0.message, as: UTF8.self) }
    }

    /// Everything that it offers, taken at once.
    private func takeAll(_ queue: inout JournalQueue) -> [String] {
        let entries = queue.offer()
        _ = queue.took(entries?.count ?? 0)
        return texts(entries)
    }

    @Test("Of a flood comes as much as may come at once, the count where the rest was, and more as time goes by")
    func flood() {
        var queue = queue {
            $0.journalBurst = 100
            $0.journalRate = 10
        }
        for number in 0..<1000 { queue.append(entry("\(number)"), at: 0) }
        #expect(takeAll(&queue) == (0..<100).map { "\($0)" })
        #expect(queue.deadline == 1000)
        // The note comes also when nothing follows.
        queue.tick(999)
        #expect(takeAll(&queue).isEmpty)
        queue.tick(1000)
        #expect(takeAll(&queue) == ["900 lines were left out here: more than the journal takes"])
        #expect(queue.deadline == nil)
        for number in 0..<20 { queue.append(entry("again \(number)"), at: 1000) }
        #expect(takeAll(&queue).count < 20)
    }

    @Test("A steady stream that is not too fast comes whole")
    func steady() {
        var queue = queue {
            $0.journalBurst = 100
            $0.journalRate = 100
        }
        for number in 0..<10_000 {
            queue.append(entry("\(number)"), at: number * 10)
            #expect(takeAll(&queue) == ["\(number)"])
        }
    }

    @Test("Errors are in no flood left out, and everything is in order")
    func errors() {
        var queue = queue { $0.journalBurst = 10 }
        for number in 0..<1000 { queue.append(entry("\(number)", number % 100 == 99 ? .error : .debug), at: 0) }
        let taken = takeAll(&queue)
        #expect(taken.filter { $0.hasSuffix("99") } == (0..<10).map { "\($0 * 100 + 99)" })
        #expect(
            Array(taken.prefix(12)) == (0..<10).map { "\($0)" } + [
                "89 lines were left out here: more than the journal takes", "99",
            ])
    }

    @Test("What people type is in no flood left out")
    func typed() {
        var world = World { $0.journalBurst = 10 }
        world.feed(.started(42))
        world.attach(1)
        world.show("testpmd> ")
        world.type("show port info 0\nstop\n", by: 1)
        world.show("show port info 0\r\r\n" + String(repeating: "line\r\n", count: 100) + "testpmd> stop\r\r\n")
        #expect(
            world.lines.filter { $0.hasPrefix("5 ") } == [
                "5 typed by alice: show port info 0", "5 typed by alice: stop",
            ])
        #expect(world.lines.count < 20)
    }

    @Test("A journal that does not read costs a bounded memory, with lines of any length", arguments: [0, 1, 30, 4000])
    func deaf(_ length: Int) {
        var queue = queue {
            $0.journalLimit = 100_000
            $0.journalBurst = 1 << 40
        }
        let text = String(repeating: "x", count: length)
        for _ in 0..<100_000 { queue.append(entry(text), at: 0) }
        for _ in 0..<100_000 { queue.append(entry(text, .error), at: 0) }
        let entries = queue.offer() ?? []
        #expect(entries.count < 3000 && entries.reduce(0) { $0 + $1.message.count } < 210_000)
        #expect(entries.contains { $0.priority == .error })
        let mustWait = queue.took(0)
        #expect(mustWait)
        let none = queue.offer()
        #expect(none == nil)
        #expect(queue.deadline == nil)
        queue.resume()
        let again = queue.offer()
        #expect(again?.count == entries.count)
        _ = queue.took(entries.count)
        queue.append(entry("later"), at: 0)
        #expect(takeAll(&queue).last == "later")
    }

    @Test("What was taken in part goes on where it stopped; at the end comes what is left and what was left out")
    func part() {
        var queue = queue { $0.journalBurst = 5 }
        for number in 0..<7 { queue.append(entry("\(number)"), at: 0) }
        _ = queue.offer()
        _ = queue.took(2)
        queue.resume()
        let rest = queue.offer()
        #expect(texts(rest) == ["2", "3", "4"])
        _ = queue.took(1)
        let last = queue.drain()
        #expect(texts(last) == ["3", "4", "2 lines were left out here: more than the journal takes"])
        let nothing = queue.drain()
        #expect(nothing.isEmpty)
    }
}
