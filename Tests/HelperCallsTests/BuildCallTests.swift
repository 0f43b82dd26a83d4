import Diagnostics
import Testing

@testable import HelperCalls

@Suite("Calls of pvp-build") struct BuildCallTests {
    @Test("A call is read as it was written", arguments: BuildCall.Phase.allCases, ["/", "/a=b/--c"])
    func roundTrip(_ phase: BuildCall.Phase, _ root: String) throws {
        var call = BuildCall(phase, "dpdk-24.11")
        call.root = root
        #expect(try BuildCall(call.arguments) == call)
    }

    @Test(
        "A wrong call is refused",
        arguments: [
            [], ["compile"], ["install", "a"], ["compile", ""], ["compile", "a", "b"], ["source", "a", "--x"],
        ])
    func refused(_ arguments: [String]) {
        #expect(#expect(throws: Problem.self) { try BuildCall(arguments) }?.code == .usage)
    }
}
