import Testing

@testable import Console

/// Numbers that look random and are the same in each run.
struct Dice: RandomNumberGenerator {
    private var state: UInt64
    init(_ seed: Int) { state = UInt64(seed) &* 0x9e37_79b9_7f4a_7c15 | 1 }
    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state &* 0x2545_f491_4f6c_dd1d
    }
}

/// A console, an editor behind it, and both directions of the terminal in between, where bytes are
/// for a while.
struct Scene {
    var world: World
    var editor: Editor
    /// How much of what was typed the editor has read, and what it has written that has not
    /// arrived.
    private var read = 0
    private var shown: [[UInt8]] = []
    /// What people have typed, in that order.
    var keys: [UInt8] = []

    init(run: @escaping (String) -> String = Scene.run) {
        world = World { $0.questions = 1 << 20 }
        editor = Editor(run: run)
        world.feed(.started(42))
        world.feed(World.ports(2))
    }

    /// What a command prints, so that each has an answer that no other one has.
    static func run(_ command: String) -> String {
        switch command.utf8.count % 4 {
        case 0: "one line of \(command)\n"
        case 1: "\nfirst of \(command)\n  second of \(command)\n\n"
        case 2: "\(command) has no line feed"
        default: command.hasPrefix("wrong") ? "Command not found\n" : ""
        }
    }

    static func answer(_ command: String) -> String {
        let text = run(command)
        return text.isEmpty || text.hasSuffix("\n") ? text : text + "\n"
    }

    mutating func type(_ bytes: [UInt8], by id: Int) {
        keys += bytes
        world.feed(.input(id, bytes))
    }

    /// The editor reads so many bytes.
    mutating func edit(_ count: Int) {
        let typed = world.took[.terminal] ?? []
        for byte in typed[read..<min(typed.count, read + count)] { editor.take(byte) }
        read = min(typed.count, read + count)
        shown += editor.written
        editor.written = []
    }

    /// So many of its writes arrive at once.
    mutating func arrive(_ count: Int) {
        let bytes = shown.prefix(count).flatMap { $0 }
        shown.removeFirst(min(count, shown.count))
        if !bytes.isEmpty { world.feed(.output(bytes)) }
    }

    /// Another thread prints, at once and between any two writes of the editor.
    mutating func interrupt(_ line: String, _ dice: inout Dice) { insert(["\(line)\r\n"], &dice) }

    /// The C library writes the line feed before an event and the rest apart (DPDK:
    /// app/test-pmd/testpmd.c, eth_event_callback).
    mutating func interrupt(event: String, _ dice: inout Dice) { insert(["\r\n", "\(event)\r\n"], &dice) }

    private mutating func insert(_ pieces: [String], _ dice: inout Dice) {
        var place = 0
        for piece in pieces {
            place = Int.random(in: place...min(shown.count, place + (place == 0 ? shown.count : 3)), using: &dice)
            shown.insert(Array(piece.utf8), at: place)
            place += 1
        }
    }

    mutating func wait(_ milliseconds: Int) {
        world.now += milliseconds
        world.feed(.tick)
    }

    /// Until nothing is under way any more.
    mutating func rest() {
        for _ in 0..<100_000 {
            edit(1 << 20)
            arrive(1 << 20)
            if read == world.took[.terminal]?.count ?? 0, editor.written.isEmpty, shown.isEmpty {
                wait(300)
                if read == world.took[.terminal]?.count ?? 0 { return }
            }
        }
        Issue.record("it does not come to rest")
    }

    /// What a client with frames sees on its screen.
    func screen(_ id: Int) -> Screen {
        var screen = Screen()
        screen.show(Array(world.shown(id).utf8))
        return screen
    }
}

@Suite("People type while others ask")
struct CommandMultiplexerTests {
    private static let chunks: [String] = [
        "show", " ", "port", "x", "st", "s", "\t", "\t", "?", "\u{8}", "\u{7f}", "\u{17}", "\u{1}", "\u{5}", "\u{2}",
        "\u{6}", "\u{1b}[D",
        "\u{1b}[D",
        "\u{1b}[C", "\u{1b}[3~", "\u{1b}", "\u{1b}[", "[D", "D", "3~", "\u{3}", "\n", "\r", "\n", "abc def", "1",
    ]

    /// Those that leave the caret at the end: where it is can only be seen on a row that is whole.
    private static let simple = [
        "show", " ", "port", "x", "s", "\u{8}", "\u{17}", "\u{1b}", "3~", "\u{3}", "\n", "\n", "abc def", "1",
    ]

    /// Does everything in a random order; `lines` are what other threads print. With `timeouts`
    /// some questions have too little time, and when `isSlow` the terminal is now and then quiet
    /// for so long that the console asks for a redraw.
    private func play(
        _ seed: Int, lines: Bool, events: Bool = false, timeouts: Bool = false, isSlow: Bool = false
    ) -> (scene: Scene, questions: [Int: [String]], lines: [String]) {
        var dice = Dice(seed)
        // Output without a line feed cannot be distinguished from what another thread prints behind
        // it.
        var scene = lines ? Scene { Scene.answer($0) } : Scene()
        for id in 1...2 { scene.world.attach(id) }
        scene.world.greet(3)
        for id in 11...14 {
            scene.world.greet(id, Peer(pid: 1, uid: UInt32(id), user: "script\(id)", access: .control), replay: 0)
        }
        scene.rest()
        var questions: [Int: [String]] = [:]
        var printed: [String] = []
        for step in 0..<400 {
            switch Int.random(in: 0..<10, using: &dice) {
            case 0...1:
                let chunks = lines || timeouts ? Self.simple : Self.chunks
                scene.type(
                    Array((chunks.randomElement(using: &dice) ?? "").utf8), by: Int.random(in: 1...2, using: &dice))
            case 2:
                let id = Int.random(in: 11...14, using: &dice)
                let command =
                    ["show port info \(step)", "wrong \(step)", "start \(step)x", "set \(step) fwd"].randomElement(
                        using: &dice) ?? ""
                scene.world.ask(
                    command, from: id, timeout: timeouts ? Int.random(in: 1...200, using: &dice) : 10_000_000)
                questions[id, default: []].append(command)
            case 3...5: scene.edit(Int.random(in: 1...30, using: &dice))
            case 6...8: scene.arrive(Int.random(in: 1...30, using: &dice))
            default:
                scene.wait(Int.random(in: 1...20, using: &dice) * (isSlow && Bool.random(using: &dice) ? 100 : 1))
                if lines, Int.random(in: 0..<3, using: &dice) == 0 {
                    printed.append("VHOST_CONFIG: (/run/vm\(step)) new connection")
                    scene.interrupt(printed.last ?? "", &dice)
                    if events { scene.interrupt(event: "Port 2: queue state event", &dice) }
                }
            }
        }
        scene.rest()
        return (scene, questions, printed)
    }

    /// The same keys for an editor that no other client uses.
    private func alone(_ keys: [UInt8]) -> (editor: Editor, screen: Screen) {
        var editor = Editor(run: Scene.run)
        var screen = Screen()
        for key in keys { editor.take(key) }
        for piece in editor.written { screen.show(piece) }
        return (editor, screen)
    }

    @Test("Every answer is complete and belongs to its question; people notice nothing", arguments: 1...100)
    func random(_ seed: Int) {
        let (scene, questions, _) = play(seed, lines: false)
        for (id, commands) in questions {
            let answers = scene.world.answers(id)
            #expect(answers.map(\.text) == commands.map(Scene.answer))
            #expect(
                answers.map(\.outcome) == commands.map { Scene.answer($0) == "Command not found\n" ? .wrong : .done })
        }
        let (editor, screen) = alone(scene.keys)
        let asked = Set(questions.values.joined())
        #expect(scene.editor.entered.filter { !asked.contains($0) } == editor.entered)
        #expect(scene.editor.left == editor.left && scene.editor.right == editor.right)
        let seen = scene.screen(3)
        #expect(seen.lines == screen.lines)
        #expect(seen.row == screen.row && seen.column == screen.column)
        let typed = scene.world.lines.filter { $0.hasPrefix("5 typed by alice: ") }
        #expect(typed == editor.entered.map { "5 typed by alice: " + $0.drop { $0 == " " } })
    }

    @Test("Lines of other threads are lost nowhere, and get into no answer", arguments: 1000...1100)
    func interrupted(_ seed: Int) {
        let (scene, questions, lines) = play(seed, lines: true)
        for (id, commands) in questions { #expect(scene.world.answers(id).map(\.text) == commands.map(Scene.answer)) }
        let asked = Set(questions.values.joined())
        let (editor, _) = alone(scene.keys)
        #expect(scene.editor.entered.filter { !asked.contains($0) } == editor.entered)
        #expect(scene.editor.left == editor.left && scene.editor.right == editor.right)
        let text = scene.world.shown(3)
        for line in lines {
            #expect(scene.world.lines.contains { $0.hasPrefix("7 ") && $0.contains(line) })
            #expect(text.contains(line))
        }
    }

    @Test("Every answer belongs to its question, also when testpmd reads keys late", arguments: 4000...4100)
    func slow(_ seed: Int) {
        let (scene, questions, _) = play(seed, lines: false, isSlow: true)
        for (id, commands) in questions { #expect(scene.world.answers(id).map(\.text) == commands.map(Scene.answer)) }
        let (editor, _) = alone(scene.keys)
        let asked = Set(questions.values.joined())
        #expect(scene.editor.entered.filter { !asked.contains($0) } == editor.entered)
        #expect(scene.editor.left == editor.left && scene.editor.right == editor.right)
        let typed = scene.world.lines.filter { $0.hasPrefix("5 typed by alice: ") }
        #expect(typed == editor.entered.map { "5 typed by alice: " + $0.drop { $0 == " " } })
    }

    @Test("Questions that get no answer in time change nothing of what people type", arguments: 3000...3100)
    func timeouts(_ seed: Int) {
        let (scene, questions, _) = play(seed, lines: false, timeouts: true)
        for (id, commands) in questions { #expect(scene.world.answers(id).count == commands.count) }
        let asked = Set(questions.values.joined())
        let (editor, _) = alone(scene.keys)
        #expect(scene.editor.entered.filter { !asked.contains($0) } == editor.entered)
        #expect(scene.editor.text == editor.text)
    }

    @Test("Events of ports, and lines right behind them, leave no question without its answer", arguments: 2000...2200)
    func events(_ seed: Int) {
        let (scene, questions, _) = play(seed, lines: true, events: true)
        for (id, commands) in questions {
            let answers = scene.world.answers(id)
            #expect(answers.count == commands.count)
            for (answer, command) in zip(answers, commands) {
                let missing = Scene.answer(command).split(separator: "\n").filter { !answer.text.contains($0) }
                #expect(missing.isEmpty, "\(command): \(answer)")
            }
        }
        let asked = Set(questions.values.joined())
        #expect(scene.editor.entered.filter { !asked.contains($0) } == alone(scene.keys).editor.entered)
    }
}
