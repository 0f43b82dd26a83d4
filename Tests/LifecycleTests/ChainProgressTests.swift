import Diagnostics
import SystemdBus
import Testing
import Views

@testable import Lifecycle

/// The value that signals change, without a systemd.
@Suite struct ChainProgressTests {
    private static let image = "pvp-image@a.service"
    private static let guest = "pvp-guest@a.service"
    private static let pages = "pvp-hugepages@0.service"
    private static let down = [image: "inactive", guest: "inactive", pages: "inactive"]

    @Test("A start goes from waiting over running to up, and is complete when the target's job is")
    func start() {
        var chain = Chain(.start, Self.down)
        for unit in Self.down.keys { chain.queue(unit) }
        #expect(chain.state(Self.guest) == .waiting && !chain.progress.isComplete)
        chain.change(Self.pages, "activating", at: 10)
        #expect(chain.state(Self.pages) == .running)
        #expect(chain.progress.stages.map(\.state) == [.running, .waiting, .waiting, .waiting])
        chain.change(Self.pages, "active", at: 730)
        // The job has not ended: ExecStartPost= may still run.
        #expect(chain.state(Self.pages) == .running)
        chain.finish(Self.pages)
        #expect(chain.state(Self.pages) == .up)
        chain.start(Self.image, from: 10, to: 2000)
        chain.start(Self.guest, from: 2001, to: 4001)
        #expect(!chain.progress.isComplete)
        chain.finishTarget()
        #expect(chain.progress.isComplete && chain.progress.takeFailures().isEmpty)
        let outcome = ChainOutcome(chain.progress, at: chain.now(4100))
        #expect(outcome.exitStatus == 0 && outcome.problems.isEmpty && outcome.milliseconds == 4100)
        #expect(outcome.stages.map(\.stage) == [.hugepages, .images, .guests, .target])
        #expect(outcome.stages.map(\.result) == [.up, .up, .up, .up])
        #expect(outcome.stages.map(\.milliseconds) == [720, 1990, 2000, nil])
    }

    @Test("A unit that was up before has no job and stays as it is")
    func unchanged() {
        var chain = Chain(.start, [Self.pages: "active", Self.guest: "inactive"])
        chain.change(Self.pages, "active", at: 1, ["StatusText": "5 pages"])
        chain.start(Self.guest, from: 5, to: 6)
        chain.finishTarget()
        #expect(chain.state(Self.pages) == .unchanged && chain.progress.isComplete)
        #expect(ChainOutcome(chain.progress, at: chain.now(7)).stages.first?.milliseconds == nil)
    }

    @Test(
        "A unit fails once, with the reason of systemd",
        arguments: [
            ("failed", "exit-code", "failed", "failed (exit-code)"),
            ("failed", "timeout", "timeout", "failed (timeout)"),
            ("inactive", "success", "dependency", "not started, because a unit that it requires failed"),
            ("inactive", "success", "timeout", "time limit exceeded"),
            ("inactive", "success", "canceled", "canceled by another job"),
            ("inactive", "success", "assert", "an assertion of the unit file is not met"),
            ("inactive", "success", "unsupported", "unsupported"),
        ])
    func failure(_ state: String, _ result: String, _ job: String, _ reason: String) {
        var chain = Chain(.start, Self.down)
        chain.queue(Self.guest)
        chain.change(Self.guest, "activating", at: 5)
        chain.change(Self.guest, state, at: 9, ["Result": result])
        chain.finish(Self.guest, job)
        let failures = chain.progress.takeFailures()
        #expect(failures.map(\.unit) == [Self.guest] && failures.first?.failure == reason)
        #expect(chain.progress.takeFailures().isEmpty)
        #expect(failures.first?.problem?.code == .jobFailed)
        #expect(failures.first?.problem?.message == "guests: \(Self.guest): \(reason)")
        #expect(failures.first?.problem?.remedy.hasPrefix("run 'pvpgen log pvp-guest@a'") == true)
        chain.finishTarget("dependency")
        let outcome = ChainOutcome(chain.progress, at: chain.now(20))
        #expect(outcome.exitStatus == 1 && outcome.stages.map(\.result) == [.unchanged, .unchanged, .failed, .failed])
    }

    @Test("Units that stand for all others are not reported when another one failed, but alone")
    func consequences() {
        var chain = Chain(.start, Self.down.merging(["pvp-ready.service": "inactive"]) { $1 })
        chain.queue(Self.guest)
        chain.finish(Self.guest, "failed")
        chain.queue("pvp-ready.service")
        chain.finish("pvp-ready.service", "failed")
        chain.finishTarget("dependency")
        #expect(chain.progress.takeFailures().map(\.unit) == [Self.guest])
        var alone = Chain(.start, Self.down)
        alone.finishTarget("assert")
        #expect(alone.progress.takeFailures().map(\.unit) == ["pvp.target"])
    }

    @Test("A unit that systemd restarts has failed until it is up")
    func autoRestart() {
        var chain = Chain(.start, Self.down)
        chain.queue(Self.guest)
        chain.change(Self.guest, "activating", at: 1)
        chain.change(Self.guest, "activating", at: 2, ["SubState": "auto-restart", "Result": "exit-code"])
        chain.finish(Self.guest, "failed")
        #expect(
            chain.progress.takeFailures().map(\.failure) == ["failed (exit-code), and systemd will restart it"])
        #expect(chain.state(Self.guest) == .failed)
        chain.queue(Self.guest, 2)
        #expect(chain.state(Self.guest) == .waiting)
        chain.change(Self.guest, "activating", at: 3, ["SubState": "start"])
        chain.change(Self.guest, "active", at: 4)
        chain.finish(Self.guest, "done", 2)
        chain.finishTarget()
        #expect(chain.state(Self.guest) == .up && chain.progress.isComplete)
        #expect(ChainOutcome(chain.progress, at: chain.now(5)).exitStatus == 0)
    }

    @Test("The end of an earlier job does not end a later one")
    func laterJob() {
        var chain = Chain(.start, Self.down)
        chain.queue(Self.guest, 2)
        chain.finish(Self.guest, "canceled", 1)
        #expect(chain.state(Self.guest) == .waiting && chain.progress.takeFailures().isEmpty)
    }

    @Test("Units that come with a member are added with their job, other units are not")
    func additions() {
        var chain = Chain(.start, Self.down)
        for unit in ["pvp-guest@a.socket", "pvp-image@b.service", "pvp-domain@a.service"] {
            #expect(chain.progress.isOfChain(unit), "\(unit)")
        }
        for unit in ["ssh.service", "pvp-metrics.socket", "other.socket"] {
            #expect(!chain.progress.isOfChain(unit), "\(unit)")
        }
        chain.change("pvp-guest@a.socket", "active", at: 1)
        #expect(chain.state("pvp-guest@a.socket") == nil)
        chain.queue("pvp-guest@a.socket")
        #expect(chain.state("pvp-guest@a.socket") == .waiting)
    }

    @Test("A stop is complete when all units are inactive, also those that stop without a job")
    func stop() {
        var chain = Chain(.stop, [Self.image: "active", Self.guest: "active", Self.pages: "inactive"])
        chain.queue(Self.guest)
        chain.finishTarget()
        chain.change(Self.guest, "deactivating", at: 10)
        chain.change(Self.guest, "inactive", at: 510)
        chain.finish(Self.guest)
        #expect(chain.state(Self.guest) == .stopped)
        #expect(chain.progress.isIdle && !chain.progress.isComplete && chain.progress.isStuck)
        chain.change(Self.image, "deactivating", at: 511)
        #expect(!chain.progress.isStuck && !chain.progress.isComplete)
        chain.change(Self.image, "inactive", at: 520)
        #expect(chain.progress.isComplete)
        let outcome = ChainOutcome(chain.progress, at: chain.now(520))
        #expect(outcome.exitStatus == 0 && outcome.stages.map(\.result) == [.unchanged, .stopped, .stopped, .stopped])
        #expect(outcome.stages.map(\.milliseconds) == [nil, 9, 500, nil])
    }

    @Test("A unit whose stop fails is reported, although its job is done")
    func stopFails() {
        var chain = Chain(.stop, ["pvp-vfio@0000:17:00.0.service": "active", Self.guest: "failed"])
        chain.queue("pvp-vfio@0000:17:00.0.service")
        chain.change("pvp-vfio@0000:17:00.0.service", "deactivating", at: 1)
        chain.change("pvp-vfio@0000:17:00.0.service", "failed", at: 2, ["Result": "exit-code"])
        chain.finish("pvp-vfio@0000:17:00.0.service")
        // It had failed before.
        chain.queue(Self.guest)
        chain.change(Self.guest, "failed", at: 3)
        chain.finish(Self.guest)
        chain.finishTarget()
        #expect(chain.progress.isComplete)
        #expect(chain.progress.takeFailures().map(\.unit) == ["pvp-vfio@0000:17:00.0.service"])
        #expect(ChainOutcome(chain.progress, at: chain.now(4)).problems.count == 1)
    }

    @Test("Units that stay active are given up")
    func stuck() {
        var chain = Chain(.stop, [Self.guest: "active", Self.pages: "inactive"])
        chain.finishTarget()
        #expect(chain.progress.isStuck)
        #expect(!chain.progress.isComplete)
        chain.progress.giveUp()
        #expect(chain.progress.isComplete && !chain.progress.isStuck)
        #expect(chain.progress.takeFailures().map(\.failure) == ["still active"])
        #expect(ChainOutcome(chain.progress, at: chain.now(4)).exitStatus == 1)
    }

    @Test("A restart takes from the beginning of the stop to the end of the start")
    func restart() {
        var chain = Chain(.restart, [Self.guest: "active"])
        chain.queue(Self.guest)
        chain.change(Self.guest, "active", at: 0, ["StatusText": "forwarding"])
        #expect(chain.state(Self.guest) == .waiting)
        chain.change(Self.guest, "deactivating", at: 10)
        chain.change(Self.guest, "inactive", at: 20)
        #expect(chain.state(Self.guest) == .running)
        chain.change(Self.guest, "activating", at: 30)
        chain.change(Self.guest, "active", at: 110)
        chain.finish(Self.guest)
        chain.finishTarget()
        #expect(chain.progress.units.first { $0.unit == Self.guest }?.duration == 100_000)
    }

    @Test("A user who detaches gets 128 and the signal, whatever has failed")
    func detached() {
        var chain = Chain(.start, Self.down)
        chain.queue(Self.guest)
        #expect(ChainOutcome(chain.progress, at: chain.now(1), signal: 2).exitStatus == 130)
    }

    @Test("A unit without a job that reloads or ends by itself is not waited for")
    func withoutJob() {
        var chain = Chain(.start, [Self.guest: "active", Self.pages: "active"])
        chain.change(Self.guest, "reloading", at: 1)
        #expect(chain.state(Self.guest) == .running)
        chain.change(Self.guest, "active", at: 2)
        chain.change(Self.pages, "deactivating", at: 3)
        chain.change(Self.pages, "inactive", at: 4)
        #expect(chain.state(Self.guest) == .up && chain.state(Self.pages) == .stopped)
    }
}
