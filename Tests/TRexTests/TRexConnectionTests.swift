import Diagnostics
import JSON
import Testing
import TrafficGenerator

@testable import TRex

@Suite("Connection to TRex") struct TRexConnectionTests {
    private static func connect(_ server: FakeTRex, ports: [Int] = [0, 1]) throws -> TRexGenerator {
        try TRexGenerator(address: server.address, ports: ports, limits: Trials.limits, timeout: .milliseconds(400))
    }

    private static func problem(_ body: () throws -> Void) -> Problem? {
        do {
            try body()
            return nil
        } catch {
            return error as? Problem
        }
    }

    @Test("Ports are acquired, receive all frames, and are released as they were")
    func session() throws {
        let server = try FakeTRex()
        do {
            let generator = try Self.connect(server)
            #expect(generator.version == "v3.08")
            #expect([0, 1].allSatisfy { server.port($0).owner == "pvpgen" && server.port($0).isPromiscuous })
            _ = try generator.run(Trials.trial())
        }
        for number in [0, 1] {
            let port = server.port(number)
            #expect(port.owner.isEmpty && !port.isPromiscuous && port.state == "IDLE")
        }
    }

    @Test("A closed generator acquires its ports again for the next trial")
    func closed() throws {
        let server = try FakeTRex()
        let generator = try Self.connect(server)
        generator.close()
        #expect(server.port(0).owner.isEmpty)
        #expect(try generator.run(Trials.trial()).ports[0].sent > 0)
    }

    @Test("A port of another client is not taken, and the other port is released")
    func busy() throws {
        let server = try FakeTRex()
        server.change { $0.owners[1] = "itay" }
        let problem = Self.problem { _ = try Self.connect(server) }
        #expect(problem?.code == .trexBusy)
        #expect(problem?.message.hasSuffix("port 1 is in use by 'itay'") == true)
        #expect(server.port(0).owner.isEmpty)
    }

    @Test("A port that another client takes between two trials ends the next trial with an error")
    func taken() throws {
        let server = try FakeTRex()
        let generator = try Self.connect(server)
        _ = try generator.run(Trials.trial())
        server.change { $0.owners[0] = "itay" }
        #expect(Self.problem { _ = try generator.run(Trials.trial()) }?.code == .trexRefused)
        #expect(Self.problem { _ = try generator.run(Trials.trial()) }?.code == .trexBusy)
        server.change { $0.owners = [:] }
        #expect(try generator.run(Trials.trial()).ports[0].sent > 0)
    }

    private static let mismatch =
        "another one: Error: RPC version mismatch: a newer client version is required (server)"

    /// What a server is, and the end of the message.
    static let versions: [(String, @Sendable (inout FakeTRexBehavior) -> Void)] = [
        ("expected version 3.0 or later, got 'v2.99'", { $0.version = "v2.99" }),
        ("expected version 3.0 or later, got 'new'", { $0.version = "new" }),
        ("expected mode STL, got 'ASTF'", { $0.mode = "ASTF" }), (mismatch, { $0.major = 6 }),
        (mismatch, { $0.minor = 0 }),
    ]

    @Test(arguments: versions.indices) func versionThatIsNotSupportedIsAnError(_ index: Int) throws {
        let server = try FakeTRex()
        server.change(Self.versions[index].1)
        let problem = Self.problem { _ = try Self.connect(server) }
        #expect(problem?.code == .trexVersion)
        #expect(problem?.message.hasSuffix(Self.versions[index].0) == true, "\(problem?.message ?? "")")
    }

    @Test("The first version from 3.0 is accepted", arguments: ["v3.00", "3.0", "v3.08", "v4.1"])
    func version(_ version: String) throws {
        let server = try FakeTRex()
        server.change { $0.version = version }
        #expect(try Self.connect(server).version == version)
    }

    @Test("Errors of the server keep their number and text", arguments: [-32601, -32602, -32603, -32000, -32002])
    func serverError(_ code: Int) throws {
        let server = try FakeTRex()
        let generator = try Self.connect(server)
        server.change { $0.errors["add_stream"] = (code, "first\nsecond") }
        let problem = Self.problem { _ = try generator.run(Trials.trial()) }
        #expect(problem?.code == .trexRefused)
        #expect(
            problem?.message == "TRex at \(server.address): add_stream: error \(code): Error: first second")
        server.change { $0.errors = [:] }
        #expect(try generator.run(Trials.trial()).ports[0].sent > 0)
    }

    @Test("The server refuses a method and parameters that it does not know")
    func unknown() throws {
        let server = try FakeTRex()
        let connection = try TRexConnection(TRexAddress(server.address))
        let key = try connection.call("api_sync_v2", [.init("name", "STL"), .init("major", 5), .init("minor", 1)])
        let parameters: [JSON.Member] = [.init("api_h", key["api_h"] ?? .null), .init("port_id", 0)]
        #expect(Self.problem { _ = try connection.call("fly", parameters) }?.message.contains("-32601") == true)
        #expect(Self.problem { _ = try connection.call("acquire", parameters) }?.message.contains("-32602") == true)
    }

    @Test("A port that does not exist is an error")
    func missingPort() throws {
        let server = try FakeTRex()
        let problem = Self.problem { _ = try Self.connect(server, ports: [0, 7]) }
        #expect(problem?.code == .trexRefused && problem?.message.contains("port 7 does not exist") == true)
        #expect(server.port(0).owner.isEmpty)
    }

    @Test("A command is sent again while the server is busy")
    func tryAgain() throws {
        let server = try FakeTRex()
        server.change {
            $0.errors["get_port_status"] = (-32001, "")
            $0.errorCount = 2
        }
        _ = try Self.connect(server)
        #expect(server.methods.filter { $0 == "get_port_status" }.count == 4)
        server.change { $0.errorCount = .max }
        #expect(Self.problem { _ = try Self.connect(server) }?.message.contains("-32001") == true)
    }

    @Test(
        "Silence is an error, and the next trial stops what still runs", arguments: ["start_traffic", "stop_traffic"])
    func silence(_ method: String) throws {
        let server = try FakeTRex()
        let generator = try Self.connect(server)
        server.change { $0.silent = [method] }
        #expect(Self.problem { _ = try generator.run(Trials.trial()) }?.code == .trexSilent)
        #expect(server.port(0).state == (method == "start_traffic" ? "TX" : "STREAMS"))
        server.change { $0.silent = [] }
        let trial = Trials.trial()
        let result = try generator.run(trial)
        #expect(Trials.reasons(result, trial) == [] && result.ports[1].sent >= 50_000)
        generator.close()
        #expect(!server.port(0).isPromiscuous)
    }

    @Test("No server is an error")
    func noServer() {
        // The discard service does not run here.
        let problem = Self.problem {
            _ = try TRexGenerator(address: "127.0.0.1:9", ports: [0, 1], timeout: .milliseconds(200))
        }
        #expect(problem?.code == .trexSilent)
    }

    @Test(
        "An answer of another protocol is an error",
        arguments: ["", "HTTP/1.1 400", "[]", "{}", "[1, 2]", #"{"jsonrpc": "2.0", "id": 1000, "result": {}}"#])
    func nonsense(_ answer: String) throws {
        for method in ["get_version", "api_sync_v2", "get_system_info", "get_port_status", "acquire"] {
            let server = try FakeTRex()
            server.change { $0.nonsense[method] = answer }
            #expect(Self.problem { _ = try Self.connect(server) }?.code == .trexMalformed)
        }
        for method in ["get_port_stats", "ping", "start_traffic", "stop_traffic", "add_stream"] {
            let server = try FakeTRex()
            let generator = try Self.connect(server)
            server.change { $0.nonsense[method] = answer }
            #expect(Self.problem { _ = try generator.run(Trials.trial()) }?.code == .trexMalformed)
            server.change { $0.nonsense = [:] }
            #expect(try generator.run(Trials.trial()).ports[0].sent > 0)
        }
    }

    @Test("The error of a whole message is reported")
    func wholeMessage() throws {
        let server = try FakeTRex()
        let generator = try Self.connect(server)
        server.change {
            $0.nonsense["get_port_stats"] =
                #"{"id": null, "jsonrpc": "2.0", "error": {"code": -32603, "message": "Request is too large"}}"#
        }
        let problem = Self.problem { _ = try generator.run(Trials.trial()) }
        #expect(problem?.code == .trexRefused && problem?.message.contains("Request is too large") == true)
    }
}
