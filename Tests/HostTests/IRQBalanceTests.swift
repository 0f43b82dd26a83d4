import Diagnostics
import Foundation
import HostActions
import Linux
import Synchronization
import TestSupport
import Testing
import Tuning

/// An irqbalance that answers on a socket as the real one does, on a thread of its own.
final class FakeIRQBalance: Sendable {
    private let asked = Mutex<[String]>([])
    private let ended = DispatchSemaphore(value: 0)
    private let mask: Mutex<String>

    /// Answers `count` requests, then ends. A slow one shows a new configuration only after its
    /// next round, in up to 10 s. `other` is what another process configures after pvp-tune.
    init(_ tree: Tree, banned first: String, isSlow: Bool = false, other: String? = nil, count: Int) throws {
        mask = Mutex(first)
        try tree.directory("/run/irqbalance")
        nonisolated(unsafe) let listener = try UnixSocket.listen(
            tree.root.path("/run/irqbalance/irqbalance77.sock"), .stream, mode: 0o600)
        let number = listener.number
        Thread.detachNewThread { [self] in
            defer { withExtendedLifetime(listener) { _ = ended.signal() } }
            while asked.withLock({ $0.count }) < count, Descriptor.poll(number, .input, timeout: 60_000) {
                guard let connection = UnixSocket.accept(listener),
                    Descriptor.poll(connection.number, .input, timeout: 60_000)
                else {
                    continue
                }
                var bytes: [UInt8] = []
                // The real one does not survive a connection without a question.
                if case .bytes(let read) = connection.read() { bytes = read }
                let question = String(decoding: bytes, as: UTF8.self)
                asked.withLock { $0.append(question) }
                if question == "setup" {
                    _ = connection.write(
                        Array("SLEEP 10 IRQ 24 LOAD 0 DIFF 0 CLASS 3 BANNED \(mask.withLock { $0 })".utf8))
                }
                if question == "settings cpus 2-7", !isSlow { mask.withLock { $0 = other ?? "000000fc" } }
                if question == "settings cpus NULL" { mask.withLock { $0 = "00000000" } }
            }
        }
    }

    /// The CPUs that it leaves alone now.
    var banned: String { mask.withLock { $0 } }

    /// What it has been asked, when it has ended.
    var questions: [String] {
        ended.wait()
        return asked.withLock { $0 }
    }
}

@Suite struct IRQBalanceTests {
    private func tuning() -> Tuning { TunedMachine.tuning([.irqBalance]) }

    @Test(arguments: [false, true]) func isConfiguredAndReleased(_ isSlow: Bool) throws {
        let tree = try Tree()
        let tuner = Tuner(HostFilesystem(tree.root))
        let daemon = try FakeIRQBalance(tree, banned: "00000000", isSlow: isSlow, count: 4)
        #expect(try tuner.apply(tuning()).map(\.text) == ["irqbalance: irqbalance was not set, is 2-7"])
        #expect(try tuner.restore().map(\.text) == ["1 value restored"])
        #expect(daemon.questions == ["setup", "settings cpus 2-7", "setup", "settings cpus NULL"])
    }

    @Test func keepsOffByItself() throws {
        let tree = try Tree()
        let daemon = try FakeIRQBalance(tree, banned: "000000fc", count: 1)
        #expect(try Tuner(HostFilesystem(tree.root)).apply(tuning()).map(\.text) == ["irqbalance: is so already"])
        #expect(daemon.questions == ["setup"] && tree.state.isEmpty)
    }

    @Test func hasNoSocket() throws {
        let tree = try Tree(["/proc/77/comm": "irqbalance\n"])
        #expect(
            try Tuner(HostFilesystem(tree.root)).apply(tuning()).map(\.text).first?.contains(
                "IRQBALANCE_BANNED_CPULIST=2-7")
                == true)
        #expect(try Tuner(HostFilesystem(try Tree().root)).apply(tuning()) == [])
    }
}
