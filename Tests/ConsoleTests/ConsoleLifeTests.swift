import Testing

@testable import Console

@Suite("The life of a testpmd, in events and actions")
struct ConsoleLifeTests {
    private func started(ports: Int = 2) -> World {
        var world = World(ports: ports)
        world.feed(.started(42))
        return world
    }

    private func reports(_ actions: [Console.Action]) -> [String] {
        actions.compactMap { if case .report(let message, let remedy) = $0 { "\(message); \(remedy)" } else { nil } }
    }

    @Test("Ready when every port is started, and not before")
    func ready() {
        var world = started(ports: 4)
        #expect(world.done == [.survey])
        #expect(world.feed(.ports(nil)) == [.notify("STATUS=waiting for 4 ports: telemetry does not answer yet")])
        #expect(world.console.deadline == 100)
        world.now = 100
        #expect(world.feed(.tick) == [.survey])
        #expect(world.feed(World.ports(2)) == [.notify("STATUS=waiting for 4 ports: have 2")])
        #expect(
            world.feed(World.ports(4, started: 3)) == [.notify("STATUS=waiting for 4 ports: have 3, 1 not started")])
        #expect(world.feed(World.ports(4, started: 3)).isEmpty)
        #expect(world.feed(World.ports(4)) == [.notify("READY=1\nSTATUS=not forwarding; 4 ports, link up: 0 1 2 3")])
        world.show("testpmd> ")
        #expect(world.console.deadline == 3100)
        let alive = Console.Action.notify("WATCHDOG=1")
        #expect(
            world.feed(World.ports(4, up: 2)) == [
                alive, .notify("STATUS=not forwarding; 4 ports, link up: 0 1, down: 2 3"),
            ])
        #expect(
            world.feed(World.ports(3, up: 0)) == [
                alive, .notify("STATUS=not forwarding; 3 of 4 ports, link up: none, down: 0 1 2"),
            ])
        #expect(world.feed(.ports(nil)) == [.notify("STATUS=testpmd's telemetry does not answer")])
    }

    @Test("A question that telemetry never answers is put again")
    func silentTelemetry() {
        var world = started()
        #expect(world.console.deadline == 10_000)
        world.now = 9999
        #expect(world.feed(.tick).isEmpty)
        world.now = 10_000
        #expect(world.feed(.tick) == [.notify("STATUS=waiting for 2 ports: telemetry does not answer yet"), .survey])
    }

    @Test("Asked to stop, it types quit and ends well")
    func quit() {
        var world = started()
        world.feed(World.ports(2))
        world.show("testpmd> half a com")
        #expect(world.feed(.terminate) == [.notify("STOPPING=1\nSTATUS=asked testpmd to quit")])
        #expect(world.text(.terminal) == "\u{3}stop\nquit\n")
        #expect(world.feed(.terminate).isEmpty)
        #expect(world.feed(World.ports(2)).isEmpty)
        #expect(world.console.deadline == 20_000)
        #expect(world.feed(.ended(.status(0))) == [.exit(0)])
        #expect(world.console.deadline == nil)
    }

    @Test("Before the first prompt a Ctrl-C would be a signal")
    func quitEarly() {
        var world = started()
        world.show("EAL: Detected\r\n")
        world.feed(.terminate)
        #expect(world.text(.terminal) == "stop\nquit\n")
    }

    @Test("a testpmd that does not quit gets signals, with the times in between")
    func insist() {
        var world = started()
        world.now = 1000
        world.feed(.terminate)
        world.now = 20_999
        #expect(world.feed(.tick).isEmpty)
        world.now = 21_000
        #expect(world.feed(.tick) == [.signal(15)])
        #expect(world.feed(.tick).isEmpty)
        world.now = 31_000
        #expect(world.feed(.tick) == [.signal(9)])
        #expect(world.console.deadline == nil)
        let actions = world.feed(.ended(.signal(9)))
        #expect(actions.last == .exit(1))
        #expect(
            reports(actions) == [
                "testpmd (process 42) did not quit when asked and was killed by signal 9 (SIGKILL); "
                    + "see the lines above; it may be given more time: [Testpmd] StopTimeout= in pvp.conf"
            ])
    }

    @Test(arguments: [
        (Console.Ending.signal(9), "testpmd (process 42) was killed by signal 9 (SIGKILL); see the lines above"),
        (.signal(64), "testpmd (process 42) was killed by signal 64; see the lines above"),
        (.status(1), "testpmd (process 42) ended with status 1; see the lines above"),
        (
            .status(0),
            "testpmd (process 42) ended without a stop of its service: quit was typed at its console; "
                + "to stop it for good: systemctl stop testpmd"
        ),
    ])
    func diesByItself(_ ending: Console.Ending, _ line: String) {
        var world = started()
        world.attach(7)
        world.show("PANIC in main")
        let actions = world.feed(.ended(ending))
        #expect(actions.last == .exit(1))
        #expect(reports(actions) == [line])
        #expect(world.lines == ["3 PANIC in main"])
        #expect(world.text(.client(7)).contains("[testpmd: testpmd (process 42)"))
    }

    @Test("A bad end after quit is no success")
    func badQuit() {
        var world = started()
        world.feed(.terminate)
        let actions = world.feed(.ended(.status(3)))
        #expect(actions.last == .exit(1))
        #expect(
            reports(actions) == ["testpmd (process 42) was asked to quit and ended with status 3; see the lines above"])
    }

    @Test("An end by SIGTERM is a failure, whatever the status")
    func terminated() {
        var world = started()
        world.feed(.terminate)
        world.now = 20_000
        #expect(world.feed(.tick) == [.signal(15)])
        let actions = world.feed(.ended(.status(0)))
        #expect(actions.last == .exit(1))
        #expect(
            reports(actions).first?.hasPrefix("testpmd (process 42) did not quit when asked and ended with status 0; ")
                == true)
        #expect(world.console.deadline == nil)
        world.now = 40_000
        #expect(world.feed(.tick).isEmpty)
    }

    @Test("entries that the journal has not accepted at the end can still be written")
    func unwritten() {
        var world = started()
        world.appetite[.journal] = 1
        world.show("the last words\nare these\n")
        world.feed(.ended(.signal(11)))
        #expect(world.lines == ["6 the last words"])
        #expect(world.console.unwritten().map { String(decoding: $0.message, as: UTF8.self) } == ["are these"])
    }
}
