import Foundation
import Linux
import TestSupport
import Testing

@Suite("pvp-console with a real testpmd", .serialized, OnOwnThreads())
struct ServiceTests {
    private let type = { (client: Descriptor, text: String) in
        let taken = client.write(Array(text.utf8))
        try #require(taken == text.utf8.count)
    }

    @Test("Ready by telemetry, two clients see an answer, SIGTERM ends it well and leaves nothing")
    func life() throws {
        let service = try Service()
        try service.notified("READY=1\nSTATUS=not forwarding; 2 ports, link up: 0 1")
        let first = try service.attach()
        let second = try service.attach()
        for client in [first, second] { try Service.read(client, until: "testpmd> ") }
        try type(first, "show port info 0\n")
        for client in [first, second] {
            let answer = try Service.read(client, until: "Device error handling mode")
            #expect(answer.contains("Device name: net_null0"))
        }
        try type(second, "show port inf")
        try Service.read(first, until: "show port inf")
        service.child.signal(SIGTERM)
        #expect(try service.ended() == .status(0))
        try service.notified("STOPPING=1")
        try Service.read(second, until: "quit]")
        #expect(service.errors.isEmpty)
        let lines = service.output.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.contains { $0.hasPrefix("typed by ") && $0.hasSuffix(": show port info 0") })
        #expect(lines.contains("Device name: net_null0"))
        #expect(lines.contains("Bye..."))
        #expect(!lines.contains("testpmd> "))
        #expect(!service.output.contains("\r") && !service.output.contains("\u{1b}"))
    }

    @Test("Stopped before its prompt, testpmd quits as soon as it can")
    func stopEarly() throws {
        let service = try Service()
        try service.notified("STATUS=waiting for 2 ports")
        service.child.signal(SIGTERM)
        #expect(try service.ended() == .status(0))
    }

    @Test("testpmd killed is a failure that says so")
    func killed() throws {
        let service = try Service()
        try service.notified("READY=1")
        let testpmd = try service.testpmd()
        kill(testpmd, SIGKILL)
        #expect(try service.ended() == .status(1))
        #expect(
            service.errors
                == "pvp-console: testpmd (process \(testpmd)) was killed by signal 9 (SIGKILL); see the lines above\n")
    }

    @Test("testpmd that does not start is a failure, with its own words in the journal")
    func badArguments() throws {
        let service = try Service(program: ["dpdk-testpmd", "--no-such-option"])
        #expect(try service.ended() == .status(1))
        #expect(service.output.contains("no-such-option"))
        #expect(service.errors.contains("ended with status 1; see the lines above"))
    }

    @Test("testpmd hung is killed after the limits")
    func hung() throws {
        let service = try Service(options: ["--stop-timeout=1"])
        try service.notified("READY=1")
        kill(try service.testpmd(), SIGSTOP)
        service.child.signal(SIGTERM)
        #expect(try service.ended() == .status(1))
        #expect(service.errors.contains("did not quit when asked and was killed by signal 9 (SIGKILL)"))
    }

    @Test("pvp-console killed takes testpmd with it, and the next one starts over what is left")
    func consoleKilled() throws {
        let service = try Service()
        try service.notified("READY=1")
        let testpmd = try Child(try service.testpmd())
        service.child.signal(SIGKILL)
        #expect(try service.ended() == .signal(SIGKILL))
        #expect(Descriptor.poll(testpmd.descriptor.number, .input, timeout: Service.limit), "testpmd is still there")
        let next = try Service(in: service.directory)
        try next.notified("READY=1")
        next.child.signal(SIGTERM)
        #expect(try next.ended() == .status(0))
    }

    @Test("A client that does not read is detached; the others and testpmd go on")
    func slowClient() throws {
        let service = try Service()
        try service.notified("READY=1")
        let deaf = try service.attach()
        let client = try service.attach()
        try Service.read(client, until: "testpmd> ")
        // Far more than the socket and the console keep for one client.
        for round in 0..<500 {
            try type(client, "show port info all\nread \(round)\n")
            try Service.read(client, until: "Bad arguments\r\n")
        }
        try Service.read(deaf, until: "you read too slowly and were detached")
        service.child.signal(SIGTERM)
        #expect(try service.ended() == .status(0))
    }

    @Test("a missing program: one line with a remedy")
    func missing() throws {
        let service = try Service(program: ["/no/such/dpdk-testpmd"])
        #expect(try service.ended() == .status(1))
        let remedy = "install the package that has dpdk-testpmd, or set [Testpmd] Binary= in pvp.conf"
        #expect(service.errors == "pvp-console: /no/such/dpdk-testpmd: not found; \(remedy)\n")
    }
}
