import Foundation
import Linux
import TestSupport
import Testing

@Suite("pvpgen console and a real testpmd", .serialized, OnOwnThreads())
struct CommandTests {
    private let service: Service

    init() throws {
        service = try Service()
        try service.directory.directory("/run/pvp")
        try service.directory.link("/run/pvp/testpmd.sock", service.socket)
        try service.notified("READY=1")
    }

    private func pvpgen(_ arguments: [String], input: String = "") throws -> Program.Result {
        try Program(name: "pvpgen").run(["console", "--root=\(service.directory.path)"] + arguments, input: input)
    }

    @Test("Input from a pipe is typed, and what is shown of it comes out")
    func pipe() throws {
        let result = try pvpgen([], input: "show port summary all\nshow prt\n")
        #expect(result.status == 0 && result.error == "")
        #expect(
            result.output.hasPrefix("show port summary all\r\r\nNumber of available ports: 2\r\n"), "\(result.output)")
        #expect(
            result.output.hasSuffix("\r\nCommand not found\r\ntestpmd> ")
                || result.output.hasSuffix("Bad arguments\r\ntestpmd> "))
    }

    @Test("Commands and their answers, up to the first that is wrong")
    func commands() throws {
        let result = try pvpgen(["-c", "show port summary all", "-c", "show prt", "-c", "start"])
        #expect(result.status == 1)
        let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(lines.first == "Number of available ports: 2" && lines.count == 6 && lines.last == "", "\(lines)")
        #expect(result.error.hasPrefix("error: testpmd: 'show prt': testpmd reported an error\n"))
        #expect(try pvpgen(["-c", "show fwd stats all", "--timeout=1min"]).status == 0)
    }

    @Test("Who only looks without a terminal sees what others do, to the end")
    func watch() throws {
        let terminal = try Terminal()
        let path = try Program.path("pvpgen")
        let script = "\"$@\" </dev/null"
        let command = ["bash", path, "console", "--root=\(service.directory.path)", "--read-only"]
        let child = try terminal.spawn(
            ["/bin/bash", "-c", script] + command, environment: Environment.all { _ in false })
        let other = try service.attach()
        // A read-only client may not be attached yet.
        var shown = ""
        let end = MonotonicClock.now + Service.limit
        while !shown.contains("Number of available ports"), MonotonicClock.now < end {
            _ = other.write(Array("show port summary all\n".utf8))
            guard Descriptor.poll(terminal.descriptor.number, .input, timeout: 1000) else { continue }
            if case .bytes(let bytes) = terminal.descriptor.read() { shown += String(decoding: bytes, as: UTF8.self) }
        }
        service.child.signal(SIGTERM)
        shown += String(decoding: terminal.readToEnd(), as: UTF8.self)
        #expect(shown.contains("Number of available ports: 2") && shown.contains("testpmd"), "\(shown)")
        #expect(try child.reap() == .status(0))
        _ = try service.ended()
    }
}
