import Diagnostics
import Testing
import Values

@testable import HelperCalls

@Suite("Calls of pvp-network") struct NetworkCallTests {
    static var calls: [NetworkCall] {
        let verbs: [NetworkCall.Verb] = [
            .create(IPv4Interface(IPv4Address(0xc0a8_c801), prefix: 24), bridge: "virbr-pvp"),
            .create(IPv4Interface(IPv4Address(0), prefix: 0), bridge: "a=b"),
            .create(IPv4Interface(IPv4Address(.max), prefix: 32), bridge: "b"), .destroy,
        ]
        return verbs.flatMap { verb in
            var elsewhere = NetworkCall(verb, name: "A.b_c-1", uuid: "0-1")
            elsewhere.connect = "qemu+unix:///system?socket=/a"
            return [NetworkCall(verb, name: "pvp", uuid: "6d34b1f0-3a0e-5f0c-9a51-0b5c7d2a8e11"), elsewhere]
        }
    }

    @Test("A call is read as it was written", arguments: calls) func roundTrip(_ call: NetworkCall) throws {
        #expect(try NetworkCall(call.arguments) == call)
    }

    @Test(
        "A wrong call is refused",
        arguments: [
            [], ["pvp"], ["pvp", "--uuid=1"], ["pvp", "--uuid=1", "--address=1.2.3.4", "--bridge=b"],
            ["pvp", "--uuid=1", "--bridge=b"],
            ["pvp", "--uuid=1", "--address=192.0.2.1/24"], ["a", "b", "--destroy", "--uuid=1"], ["--destroy", "pvp"],
            ["--destroy", "--uuid=1"], ["--nonsense"], ["--destroy", "pvp", "--uuid=1", "--uuid=2"],
        ])
    func refused(_ arguments: [String]) {
        #expect(#expect(throws: Problem.self) { try NetworkCall(arguments) }?.code == .usage)
    }
}
