import Testing

@testable import Console

@Suite("notifications to the service manager while testpmd runs")
struct ReadinessTests {
    private static let alive = Console.Action.notify("WATCHDOG=1")
    private static let start =
        "io packet forwarding - ports=2 - cores=1\r\n\r\n  io packet forwarding packets/burst=32\r\n"

    private func started(forwards: Bool) -> World {
        var world = World(ports: 2, forwards: forwards)
        world.feed(.started(42))
        return world
    }

    private func notes(_ actions: [Console.Action]) -> [String] {
        actions.compactMap { if case .notify(let state) = $0 { state } else { nil } }
    }

    @Test("With --auto-start it is ready when the ports are started and it forwards, whichever comes last")
    func forwarding() {
        var world = started(forwards: true)
        #expect(notes(world.feed(World.ports(2))) == ["STATUS=waiting for testpmd to forward: 2 ports are started"])
        world.show(Self.start)
        #expect(notes(world.feed(World.ports(2))) == ["READY=1\nSTATUS=forwarding; 2 ports, link up: 0 1"])
        var other = started(forwards: true)
        other.show(Self.start)
        #expect(notes(other.feed(World.ports(2, started: 1))) == ["STATUS=waiting for 2 ports: have 1, 1 not started"])
        #expect(notes(other.feed(World.ports(2)))[0].hasPrefix("READY=1\n"))
    }

    @Test("a query of the settings is no start, a stop is reported with the next answer of telemetry")
    func decoys() {
        var world = started(forwards: true)
        world.show("testpmd> ")
        world.attach(1)
        world.type("show config fwd\nshow config rxtx\n", by: 1)
        world.show("show config fwd\r\r\nio packet forwarding - ports=2 - cores=1\r\ntestpmd> ")
        world.show("show config rxtx\r\r\n  io packet forwarding packets/burst=32\r\ntestpmd> ")
        #expect(notes(world.feed(World.ports(2))) == ["STATUS=waiting for testpmd to forward: 2 ports are started"])
        world.type("start\nstop\n", by: 1)
        world.show("start\r\r\n\(Self.start)\r\ntestpmd> ")
        #expect(notes(world.feed(World.ports(2)))[0].hasPrefix("READY=1\nSTATUS=forwarding"))
        world.show("stop\r\r\nTelling cores to stop...\r\nDone.\r\ntestpmd> ")
        #expect(notes(world.feed(World.ports(2))) == ["WATCHDOG=1", "STATUS=not forwarding; 2 ports, link up: 0 1"])
    }

    private func counted(_ received: Int, _ sent: Int) -> Console.Event {
        .ports([
            .init(0, isStarted: true, isUp: true, received: received, sent: sent),
            .init(1, isStarted: true, isUp: true),
        ])
    }

    @Test("rates cover the time since the last answer; a counter that goes back gives none")
    func rates() {
        var world = started(forwards: false)
        world.feed(counted(0, 0))
        func rates(_ milliseconds: Int, _ received: Int, _ sent: Int) -> String? {
            world.now += milliseconds
            return notes(world.feed(counted(received, sent))).last?.split(separator: ";").last.map(String.init)
        }
        #expect(rates(1000, 14_880_952, 7_000_000) == " Mpps in/out: 0: 14.881/7.000, 1: 0/0")
        #expect(rates(2000, 14_880_953, 7_000_000) == " Mpps in/out: 0: <0.001/0, 1: 0/0")
        #expect(rates(1000, 5, 7_000_000) == " Mpps in/out: 1: 0/0")
        #expect(rates(1000, 1005, 7_001_000) == " Mpps in/out: 0: 0.001/0.001, 1: 0/0")
        // Two answers in one moment have no rate.
        #expect(rates(0, 2000, 7_002_000) == " 2 ports, link up: 0 1")
    }

    @Test("only answers keep the watchdog quiet; a silence is reported once, and again after it was over")
    func silence() {
        var world = started(forwards: false)
        world.feed(World.ports(2))
        #expect(world.feed(World.ports(2)).first == Self.alive)
        func reports() -> Int { world.done.count { if case .report = $0 { true } else { false } } }
        for second in 1...60 {
            world.now += 1000
            #expect(!world.feed(.ports(nil)).contains(Self.alive))
            #expect(reports() == (second < 10 ? 0 : 1))
        }
        #expect(world.feed(World.ports(2)).first == Self.alive)
        world.now += 20_000
        world.feed(.ports(nil))
        #expect(reports() == 2)
    }

    @Test(
        """
        a survey takes as long as a busy machine needs: each answer is a sign of life, and only silence starts the \
        timeout again
        """
    )
    func slowAnswers() {
        var world = started(forwards: false)
        for _ in 0..<4 {
            world.now += 9000
            #expect(!world.feed(.tick).contains(.survey))
            world.feed(.answered)
        }
        world.feed(World.ports(2))
        world.now += 3000
        #expect(world.feed(.tick) == [.survey])
        for _ in 0..<12 {
            world.now += 9000
            #expect(world.feed(.tick).isEmpty)
            #expect(world.feed(.answered) == [Self.alive])
        }
        // Answers in quick succession are one sign.
        #expect(world.feed(.answered).isEmpty)
        world.now += 10_000
        let late = world.feed(.tick)
        #expect(late.last == .survey && notes(late) == ["STATUS=testpmd's telemetry does not answer"])
        #expect(late.contains { if case .report = $0 { true } else { false } })
    }

    @Test("A telemetry that is late is asked again and again, never in a hurry")
    func deadline() {
        var world = started(forwards: false)
        world.feed(World.ports(2))
        var asked = 0
        for _ in 0..<1000 {
            world.now = max(world.now, world.console.deadline ?? 0)
            asked += world.feed(.tick).count { $0 == .survey }
            if asked % 3 == 0 { world.feed(World.ports(2)) }
        }
        #expect(asked > 300 && world.now > 2000 * 300)
    }

    @Test("while testpmd ends, neither answers nor silence are reported")
    func stopping() {
        var world = started(forwards: false)
        world.feed(World.ports(2))
        world.feed(.terminate)
        #expect(world.feed(World.ports(2)).isEmpty && world.feed(.ports(nil)).isEmpty)
        world.now += 9999
        #expect(!world.feed(.tick).contains(.survey))
    }
}
