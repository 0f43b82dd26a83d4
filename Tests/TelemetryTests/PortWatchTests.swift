import Diagnostics
import Foundation
import Linux
import Telemetry
import TestSupport
import Testing

/// Not Foundation's.
private typealias Port = Telemetry.Port

/// A program that answers, as far as its lines go: one greeting and then an answer for each
/// question.
private final class Server: @unchecked Sendable {
    private let listener: Descriptor
    private let lines: [String]

    init(_ path: String, _ lines: [String]) throws {
        listener = try UnixSocket.listen(path, .packets, mode: 0o600)
        self.lines = lines
        Thread.detachNewThread { [self] in
            guard Descriptor.poll(listener.number, .input, timeout: 60_000), let client = UnixSocket.accept(listener)
            else { return }
            for (index, line) in lines.enumerated() {
                if index > 0 {
                    guard Descriptor.poll(client.number, .input, timeout: 60_000), case .bytes = client.read() else {
                        return
                    }
                }
                _ = client.write(Array(line.utf8))
            }
            // It says nothing more, until the other side leaves.
            _ = Descriptor.poll(client.number, .hangup, timeout: 60_000)
        }
    }
}

@Suite("Watch over the ports of a program")
struct PortWatchTests {
    private let tree: Tree
    private var path: String { tree.path + "/t.v2" }

    init() throws { tree = try Tree() }

    private func failure(_ result: Result<[Port], Problem>?) -> Problem.Code? {
        if case .failure(let problem) = result { problem.code } else { nil }
    }

    @Test func answers() throws {
        _ = try Server(
            path,
            [
                "{}", #"{"/ethdev/list":[0]}"#, #"{"/ethdev/info":{"name":"a","dev_started":1}}"#,
                #"{"/ethdev/link_status":{"status":"DOWN"}}"#, #"{"/ethdev/stats":{"ipackets":1}}"#,
                #"{"/ethdev/list":[]}"#,
            ])
        let watch = PortWatch(path)
        let port = Port(number: 0, name: "a", isStarted: true, counters: [.receivedPackets: 1])
        #expect(try PortWatch.survey([watch], timeout: 60_000)[0].get() == [port])
        #expect(watch.descriptor == nil)
        // On the same connection, without a greeting.
        #expect(try PortWatch.survey([watch], timeout: 60_000)[0].get() == [])
    }

    @Test("Each program has its own answer, and one that is silent costs no more than the time that there is")
    func several() throws {
        _ = try Server(path, ["{}", #"{"/ethdev/list":[]}"#])
        _ = try Server(tree.path + "/silent", ["{}"])
        _ = try Server(tree.path + "/nonsense", ["{"])
        let start = MonotonicClock.now
        let results = PortWatch.survey(
            ["silent", "t.v2", "none", "nonsense"].map { PortWatch("\(tree.path)/\($0)") }, timeout: 300)
        #expect((300..<5000).contains(MonotonicClock.now - start))
        #expect(results.map(failure) == [.telemetrySilent, nil, .telemetryMissing, .jsonMalformed])
    }

    @Test("One that closes, as DPDK does with the eleventh connection, is lost")
    func closes() throws {
        let listener = try UnixSocket.listen(path, .packets, mode: 0o600)
        let watch = PortWatch(path)
        try watch.begin()
        #expect(watch.descriptor != nil)
        _ = UnixSocket.accept(listener)
        #expect(throws: Problem.self) { try watch.proceed() }
        #expect(watch.descriptor == nil)
        #expect(failure(PortWatch.survey([watch], timeout: 20).first) == .telemetrySilent)
    }

    @Test("What is left of one that has ended, and what is not telemetry at all")
    func notThere() throws {
        _ = try UnixSocket.listen(path, .packets, mode: 0o600)
        #expect(throws: Problem.self) { try PortWatch(path).begin() }
        try tree.write("/file", "")
        #expect(failure(PortWatch.survey([PortWatch(tree.path + "/file")], timeout: 20).first) == .telemetryMissing)
        let stream = try UnixSocket.listen(tree.path + "/stream", .stream, mode: 0o600)
        #expect(failure(PortWatch.survey([PortWatch(tree.path + "/stream")], timeout: 20).first) == .telemetryRefused)
        withExtendedLifetime(stream) {}
        #expect(PortWatch.survey([], timeout: 1000).isEmpty)
    }
}
