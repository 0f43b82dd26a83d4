import Diagnostics
import Libvirt
import Linux
import Testing
import Values

@testable import pvp_guest

/// Whole lives, without a libvirt.
@Suite struct GuestLifecycleTests {
    private let ready = GuestLifecycle.Action.notify("READY=1\nSTATUS=running")
    private let problem = Problem(.domainFailed, "guest g: no", remedy: "do")

    /// What the last input leads to, where no domain ran before.
    private func last(_ inputs: GuestLifecycle.Input...) -> [GuestLifecycle.Action] {
        var life = GuestLifecycle(name: "g", createTimeout: 3, stopTimeout: 5)
        return ([.vacant] + inputs).map { life.handle($0) }.last ?? []
    }

    /// The same from the start of pvp-guest on.
    private func start(_ inputs: GuestLifecycle.Input..., isUnwanted: Bool = false, readyWhen: ReadyWhen = .running)
        -> [GuestLifecycle.Action]
    {
        var life = GuestLifecycle(
            name: "g", createTimeout: 3, stopTimeout: 5, startTimeout: 7, readyWhen: readyWhen, isUnwanted: isUnwanted)
        return inputs.map { life.handle($0) }.last ?? []
    }

    private func says(_ actions: [GuestLifecycle.Action], _ level: Log.Level, _ part: String) -> Bool {
        actions.contains { if case .log(level, let line) = $0 { line.contains(part) } else { false } }
    }

    @Test("Without a domain one is created")
    func vacant() {
        #expect(start(.vacant) == [.create, .limitStart])
        #expect(start(.creationFailed(problem)) == [.log(.error, "guest g: no; do"), .exit(1)])
    }

    @Test(
        "A domain that runs is adopted, unless it was created from other XML",
        arguments: [
            (DomainRecord.Comparison.same, Log.Level.notice, "created from the same XML; adopted"),
            (.sameButIdentity, .notice, "UUID and MAC addresses change at its next start"),
            (.unknown, .warning, "did not record from what XML; adopted"),
        ])
    func adopted(_ comparison: DomainRecord.Comparison, _ level: Log.Level, _ line: String) {
        let found = GuestLifecycle.Input.found(uuid: "u", comparison)
        let actions = start(found)
        #expect(says(actions, level, line) && actions.contains(ready) && actions.last == .limitStart)
        #expect(!actions.contains(.create) && !actions.contains(.shutdown))
        #expect(start(found, .terminate).contains(.shutdown))
        #expect(start(found, .event(.stopped(.failed), uuid: "u")).last == .exit(1))
        #expect(start(found, .event(.stopped(.failed), uuid: "other")) == [])
        let paused = start(.event(.suspended(.ioError), uuid: "u"), found)
        #expect(paused.contains(.notify("STATUS=paused by a disk error; is the host's disk full?")))
        #expect(start(.connectionLost, found).contains(.reconnect(uuid: "u")))
    }

    @Test("An adopted guest is ready when it is found so, and is not ended when it is not")
    func adoptedReadiness() {
        let found = GuestLifecycle.Input.found(uuid: "u", .same)
        let late = GuestLifecycle.Input.startTimeout(unconnected: [], seen: "port 2 has no link")
        #expect(start(found, readyWhen: .vhost).contains(.watch(.vhost)))
        #expect(start(found, .ready, readyWhen: .vhost) == [ready])
        #expect(start(found, .ready, late, readyWhen: .vhost) == [])
        let actions = start(found, late, readyWhen: .vhost)
        #expect(actions.last == .notify("READY=1\nSTATUS=running; not ready: port 2 has no link"))
        #expect(says(actions, .warning, "not ready within 7 s after it was adopted") && !actions.contains(.destroy))
        #expect(start(found, .event(.stopped(.shutdown), uuid: "u"), readyWhen: .vhost).last == .exit(0))
    }

    @Test(
        """
        A domain that was created from other XML is shut down, destroyed if it does not obey, and created from that \
        of the unit
        """
    )
    func replaced() {
        let found = GuestLifecycle.Input.found(uuid: "u", .other)
        let actions = start(found)
        #expect(
            actions.contains(.shutdown) && actions.contains(.after(seconds: 5, .replaceTimeout))
                && !actions.contains(.create))
        #expect(
            actions.contains(
                .notify("EXTEND_TIMEOUT_USEC=102000000\nSTATUS=shutting down, to be created from other XML")))
        #expect(start(found, .retryShutdown).contains(.shutdown))
        #expect(start(found, .event(.stopped(.shutdown), uuid: "u")) == [.create, .limitStart])
        #expect(start(found, .event(.stopped(.failed), uuid: "u")) == [.create, .limitStart])
        #expect(start(found, .event(.stopped(.shutdown), uuid: "other")) == [])
        #expect(start(found, .replaceTimeout).contains(.destroy))
        #expect(start(found, .replaceTimeout, .destroyed) == [.create, .limitStart])
        #expect(start(found, .replaceTimeout, .destroyFailed(problem)).last == .exit(1))
        #expect(start(found, .replaceTimeout, .destroyed, .created(uuid: "v")) == [ready])
        #expect(
            start(found, .replaceTimeout, .destroyed, .created(uuid: "v"), .giveUp) == [],
            "a limit that outlived its phase")
        #expect(start(found, .connectionLost).contains(.reconnect(uuid: "u")))
        #expect(start(found, .connectionLost, .reconnected(running: false)) == [.create, .limitStart])
        #expect(start(found, .connectionLost, .reconnected(running: true)) == [.shutdown])
        #expect(start(found, .terminate).contains(.shutdown))
        #expect(start(found, .terminate, .event(.stopped(.shutdown), uuid: "u")).last == .exit(0))
        #expect(start(found, .replaceTimeout, .terminate, .destroyed) == [.exit(0)])
        let late = GuestLifecycle.Input.startTimeout(unconnected: [], seen: "x")
        let new: [GuestLifecycle.Input] = [found, .replaceTimeout, .destroyed, .created(uuid: "v"), late]
        #expect(
            start(new[0], new[1], new[2], new[3], new[4], readyWhen: .ssh).contains(.destroy),
            "the new guest is not an adopted one")
    }

    @Test("SIGUSR1 ends pvp-guest and not its guest, unless the guest is still created")
    func leaves() {
        #expect(start(.vacant, .created(uuid: "u"), .leave) == [.notify("STOPPING=1\nSTATUS=left running"), .exit(0)])
        #expect(start(.found(uuid: "u", .other), .leave).last == .exit(0))
        #expect(start(.vacant, .leave).contains(.destroy))
        #expect(start(.vacant, .created(uuid: "u"), .terminate, .leave) == [])
    }

    @Test("SIGTERM while it is looked for the guest shuts down one that is found, and ends without one")
    func stoppedWhileSearching() {
        #expect(start(.terminate).first == .notify("STOPPING=1\nSTATUS=looking for the guest"))
        #expect(!start(.terminate).contains(.destroy))
        #expect(start(.terminate, .vacant) == [.exit(0)])
        #expect(start(.terminate, .creationFailed(problem)) == [.exit(0)])
        #expect(start(.terminate, .found(uuid: "u", .same)).contains(.shutdown))
        #expect(start(.terminate, .searchTimeout).last == .exit(1))
        #expect(start(.terminate, .found(uuid: "u", .same), .searchTimeout) == [], "a limit that outlived its phase")
        #expect(start(.vacant, isUnwanted: true) == [.exit(0)])
        #expect(start(.found(uuid: "u", .other), isUnwanted: true).contains(.after(seconds: 5, .stopTimeout)))
        #expect(
            start(.found(uuid: "u", .other), .event(.stopped(.shutdown), uuid: "u"), isUnwanted: true).last == .exit(0))
    }

    @Test func readyWhenCreated() {
        #expect(last(.created(uuid: "u")) == [ready])
    }

    @Test func eventsOfTheCreationAreReplayed() {
        let early = last(
            .event(.stopped(.destroyed), uuid: "u"), .event(.started, uuid: "u"),
            .event(.suspended(.ioError), uuid: "u"),
            .created(uuid: "u")
        )
        #expect(early.first == ready)
        #expect(!early.contains(.exit(1)), "the end of a leftover with the same UUID is not this guest's")
        #expect(early.contains(.log(.warning, "guest g: paused by a disk error; is the host's disk full?")))
        #expect(
            last(.event(.started, uuid: "u"), .event(.stopped(.failed), uuid: "u"), .created(uuid: "u")).last
                == .exit(1))
    }

    @Test func otherDomainsDoNotMatter() {
        #expect(last(.created(uuid: "u"), .event(.stopped(.destroyed), uuid: "other")) == [])
        #expect(last(.event(.stopped(.failed), uuid: "other"), .created(uuid: "u")) == [ready])
    }

    @Test func creationFails() {
        #expect(last(.creationFailed(problem)) == [.log(.error, "guest g: no; do"), .exit(1)])
    }

    @Test func noProcessConnects() {
        let timeout = GuestLifecycle.Input.createTimeout(unconnected: ["/a", "/b"])
        let line =
            "guest g: not created within 3 s: no process connected to /a, /b; is testpmd running? systemctl status "
            + "testpmd"
        #expect(last(timeout).first == .log(.error, line))
        #expect(last(timeout).contains(.destroy))
        #expect(last(timeout, .destroyed) == [.after(seconds: 1, .retryDestroy)])
        #expect(last(timeout, .destroyed, .retryDestroy) == [.destroy])
        #expect(last(timeout, .destroyed, .creationFailed(problem)) == [.exit(1)])
        #expect(last(timeout, .destroyed, .created(uuid: "u")) == [.destroy])
        #expect(last(timeout, .destroyed, .created(uuid: "u"), .destroyed) == [.exit(1)])
        #expect(last(timeout, .giveUp).last == .exit(1))
        #expect(last(.created(uuid: "u"), .giveUp) == [])
        #expect(last(.created(uuid: "u"), timeout) == [])
    }

    @Test func stoppedWhileCreating() {
        #expect(last(.terminate).first == .notify("STOPPING=1\nSTATUS=creation cancelled"))
        #expect(last(.terminate).contains(.destroy))
        #expect(last(.terminate, .creationFailed(problem)) == [.exit(0)])
        #expect(last(.terminate, .created(uuid: "u"), .destroyed) == [.exit(0)])
    }

    @Test func stopAsksAgainAndThenInsists() {
        let stop = last(.created(uuid: "u"), .terminate)
        #expect(stop.contains(.shutdown))
        #expect(stop.contains(.after(seconds: 10, .retryShutdown)))
        #expect(stop.contains(.after(seconds: 5, .stopTimeout)))
        #expect(
            last(.created(uuid: "u"), .terminate, .retryShutdown) == [.shutdown, .after(seconds: 10, .retryShutdown)])
        #expect(last(.created(uuid: "u"), .terminate, .stopTimeout).contains(.destroy))
        #expect(last(.created(uuid: "u"), .terminate, .stopTimeout, .event(.stopped(.destroyed), uuid: "u")) == [])
        #expect(last(.created(uuid: "u"), .terminate, .stopTimeout, .destroyed) == [.exit(0)])
        #expect(last(.created(uuid: "u"), .terminate, .stopTimeout, .destroyFailed(problem)).last == .exit(1))
        #expect(last(.created(uuid: "u"), .terminate, .event(.stopped(.shutdown), uuid: "u")).last == .exit(0))
        #expect(last(.created(uuid: "u"), .terminate, .shutdownFailed(problem)) == [.log(.warning, "guest g: no; do")])
        #expect(last(.created(uuid: "u"), .terminate, .terminate) == [], "a second SIGTERM changes nothing")
    }

    @Test func libvirtGoesAndComesBack() {
        #expect(last(.created(uuid: "u"), .connectionLost).contains(.reconnect(uuid: "u")))
        #expect(last(.connectionLost) == [])
        #expect(last(.connectionLost, .created(uuid: "u")).contains(.reconnect(uuid: "u")))
        #expect(
            last(.created(uuid: "u"), .connectionLost, .reconnected(running: true)).contains(.notify("STATUS=running")))
        #expect(last(.created(uuid: "u"), .connectionLost, .reconnected(running: false)).last == .exit(1))
        #expect(
            last(.created(uuid: "u"), .connectionLost, .reconnectFailed(problem)) == [.log(.error, "guest g: no; do")])
        #expect(
            last(.created(uuid: "u"), .connectionLost, .reconnectFailed(problem), .reconnected(running: true)).count
                == 2)
        #expect(last(.created(uuid: "u"), .connectionLost, .terminate, .reconnected(running: true)).contains(.shutdown))
        #expect(last(.created(uuid: "u"), .connectionLost, .terminate, .reconnected(running: false)) == [.exit(0)])
    }

    /// A guest that is ready at a level, after those inputs.
    private func last(_ level: ReadyWhen, _ inputs: GuestLifecycle.Input...) -> [GuestLifecycle.Action] {
        var life = GuestLifecycle(name: "g", createTimeout: 3, stopTimeout: 5, startTimeout: 7, readyWhen: level)
        return ([.vacant] + inputs).map { life.handle($0) }.last ?? []
    }

    @Test("READY=1 comes once, when the level is reached")
    func levels() {
        let waits = GuestLifecycle.Action.notify("STATUS=running; waits for its driver on the vhost-user interfaces")
        #expect(last(.vhost, .created(uuid: "u")) == [waits, .watch(.vhost)])
        #expect(last(.vhost, .created(uuid: "u"), .ready) == [ready])
        #expect(last(.vhost, .created(uuid: "u"), .ready, .ready) == [])
        #expect(last(.vhost, .created(uuid: "u"), .event(.agent(isConnected: true), uuid: "u")) == [])
        #expect(last(.agent, .created(uuid: "u"), .event(.agent(isConnected: true), uuid: "u")) == [ready])
        #expect(last(.agent, .created(uuid: "u"), .event(.agent(isConnected: false), uuid: "u")) == [])
        #expect(last(.agent, .event(.agent(isConnected: true), uuid: "u"), .created(uuid: "u")).last == ready)
        #expect(
            last(.ssh, .created(uuid: "u"), .event(.suspended(.asked), uuid: "u")) == [
                .notify("STATUS=paused; waits for its SSH server")
            ])
        #expect(last(.vhost, .created(uuid: "u"), .terminate, .ready) == [])
    }

    @Test("A guest that does not come up in time is destroyed, and its unit fails for good")
    func tooLate() {
        let late = GuestLifecycle.Input.startTimeout(unconnected: [], seen: "port 2 has no link")
        let actions = last(.vhost, .created(uuid: "u"), late)
        #expect(actions.contains(.destroy))
        guard case .log(.error, let line) = actions.first else { return #expect(Bool(false), "\(actions)") }
        #expect(
            line.hasPrefix(
                "guest g: not ready within 7 s: ReadyWhen=vhost waits for its driver on the vhost-user interfaces, "
                    + "seen: port 2 has no link; "
            ))
        #expect(last(.vhost, .created(uuid: "u"), late, .destroyed) == [.exit(3)])
        #expect(last(.vhost, .created(uuid: "u"), .ready, late) == [])
        #expect(last(.vhost, late).contains(.destroy))
        #expect(last(.vhost, late, .creationFailed(problem)) == [.exit(3)])
        #expect(last(.vhost, .created(uuid: "u"), .event(.stopped(.shutdown), uuid: "u")).last == .exit(3))
        #expect(last(.vhost, .created(uuid: "u"), .event(.stopped(.destroyed), uuid: "u")).last == .exit(1))
    }

    @Test("a disk error is reported with its reason if the guest is paused by it, and once if it is not")
    func diskErrors() {
        let full = GuestLifecycle.Input.event(.diskError("/d: no space left", pauses: true), uuid: "u")
        #expect(last(.created(uuid: "u"), full) == [])
        let told = last(.created(uuid: "u"), full, .event(.suspended(.ioError), uuid: "u"))
        #expect(
            told.first
                == .notify("STATUS=paused by a disk error: /d: no space left; after freeing space, run 'virsh resume'"))
        let after = last(.created(uuid: "u"), .event(.suspended(.ioError), uuid: "u"), full)
        #expect(after.first == told.first, "the other way round")
        let passed = GuestLifecycle.Input.event(.diskError("/d: input/output error", pauses: false), uuid: "u")
        #expect(last(.created(uuid: "u"), passed).count == 2)
        #expect(last(.created(uuid: "u"), passed, passed).count == 1)
        #expect(
            last(.created(uuid: "u"), .event(.rebooted, uuid: "u")).first
                == .notify("STATUS=running, rebooted from inside"))
    }
}
