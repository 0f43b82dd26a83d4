import Diagnostics
import Foundation
import JSON
import Linux
import Telemetry
import TestSupport
import Testing

@Suite("Connection to telemetry, with a real socket")
struct TelemetryConnectionTests {
    private let tree: Tree
    private var path: String { tree.path + "/t.v2" }

    init() throws { tree = try Tree() }

    /// A server that has said everything before it is asked; packets wait in the socket.
    private func serve(_ messages: [String]) throws -> (client: TelemetryConnection, server: Descriptor) {
        let listener = try UnixSocket.listen(path, .packets, mode: 0o600)
        let client = try TelemetryConnection(path)
        let server = try #require(UnixSocket.accept(listener))
        for message in messages { #expect(server.write(Array(message.utf8)) == message.utf8.count) }
        return (client, server)
    }

    @Test func ask() throws {
        let long = (0..<4000).map(String.init).joined(separator: ",")
        let greeting = #"{"version":"DPDK 25.11.0","pid":1,"max_output_len":65536}"#
        let (client, server) = try serve([greeting, #"{"/ethdev/list":[0,1]}"#, "{\"/long\":[\(long)]}"])
        #expect(try client.ask("/ethdev/list", timeout: 5000) == .array([.number("0"), .number("1")]))
        #expect(server.read() == .bytes(Array("/ethdev/list".utf8)))
        #expect(try client.ask("/long", timeout: 5000).array?.count == 4000)
    }

    @Test func withoutWaiting() throws {
        let (client, server) = try serve([])
        #expect(try client.receive() == nil)
        _ = server.write(Array("{}".utf8))
        #expect(try client.receive() == .object([]))
        #expect(try client.receive() == nil)
    }

    @Test func silent() throws {
        let (client, server) = try serve(["{}"])
        let problem = #expect(throws: Problem.self) { try client.ask("/", timeout: 20) }
        #expect(problem?.code == .telemetrySilent)
        withExtendedLifetime(server) {}
    }

    @Test func gone() throws {
        let client = try serve(["{}"]).client
        let problem = #expect(throws: Problem.self) { try client.ask("/", timeout: 5000) }
        #expect(problem?.code == .telemetryLost)
    }

    @Test func noProcess() throws {
        #expect(throws: SystemError("connect", path, code: ENOENT)) { try TelemetryConnection(path) }
        _ = try UnixSocket.listen(path, .packets, mode: 0o600)
        #expect(throws: SystemError("connect", path, code: ECONNREFUSED)) { try TelemetryConnection(path) }
    }
}
