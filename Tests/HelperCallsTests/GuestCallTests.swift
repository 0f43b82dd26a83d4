import Diagnostics
import Testing
import Values

@testable import HelperCalls

@Suite("Calls of pvp-guest") struct GuestCallTests {
    static var calls: [GuestCall] {
        var running = GuestCall("a")
        running.connect = "test:///default?a=b"
        running.createTimeout = 1
        var vhost = GuestCall("A.b_c-1")
        vhost.readyWhen = .vhost
        vhost.vhosts = [.init(telemetry: "/run/a:b", numbers: [0, 2, 1023]), .init(telemetry: "/c=d", numbers: [1])]
        vhost.startTimeout = 86400
        var ssh = GuestCall("host")
        ssh.readyWhen = .ssh
        ssh.ssh = "192.0.2.1"
        ssh.stopTimeout = 86400
        var agent = GuestCall("g")
        agent.readyWhen = .agent
        agent.startTimeout = 1
        return [running, vhost, ssh, agent] + GuestCall.Verb.allCases.map { GuestCall("g", verb: $0) }
    }

    @Test("A call is read as it was written", arguments: calls) func roundTrip(_ call: GuestCall) throws {
        #expect(try GuestCall(call.arguments) == call)
    }

    @Test("Variables hold what a template's command line does not") func variables() {
        #expect(Self.calls[0].readyVariable == "PVP_READY=--ready-when=running")
        #expect(
            Self.calls[1].readyVariable
                == "PVP_READY=--ready-when=vhost --vhost=/run/a:b:0,2,1023 --vhost=/c=d:1 --start-timeout=86400")
        #expect(Self.calls[2].readyVariable == "PVP_READY=--ready-when=ssh --ssh=192.0.2.1")
        #expect(Self.calls[2].stopVariable == "PVP_STOP=--stop-timeout=86400")
    }

    @Test("What is not given has its default") func defaults() throws {
        let call = try GuestCall(["host"])
        #expect(call == GuestCall("host"))
        #expect(call.verb == .run && call.connect == "qemu:///system" && call.readyWhen == .running)
        #expect(call.creationLimit == 90 && call.stopTimeout == 60 && call.startTimeout == 180)
    }

    @Test(
        "A wrong call is refused",
        arguments: [
            [], [""], ["a", "b"], ["--destroy"], ["--destroy", "--end", "g"], ["--connect", "x", "g"],
            ["g", "--nonsense"],
            ["g", "--destroy=g"], ["g", "--ready-when=up"], ["g", "--ready-when=ssh"], ["g", "--ready-when=vhost"],
            ["g", "--vhost=/a"],
            ["g", "--vhost=/a:"], ["g", "--vhost=a:1"], ["g", "--vhost=/a:1,"], ["g", "--stop-timeout=0"],
            ["g", "--stop-timeout=86401"],
            ["g", "--create-timeout=1s"], ["g", "--create-timeout="], ["g", "--ssh=a", "--ssh=b"],
        ])
    func refused(_ arguments: [String]) {
        #expect(#expect(throws: Problem.self) { try GuestCall(arguments) }?.code == .usage)
    }
}
