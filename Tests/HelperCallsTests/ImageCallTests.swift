import Diagnostics
import Testing

@testable import HelperCalls

@Suite("Calls of pvp-image") struct ImageCallTests {
    @Test("A call is read as it was written", arguments: ["guest", "A.b_c-1"], ["/", "/a=b/--c"])
    func roundTrip(_ guest: String, _ root: String) throws {
        var call = ImageCall(guest)
        call.root = root
        #expect(try ImageCall(call.arguments) == call)
    }

    @Test(
        "A wrong call is refused",
        arguments: [[], [""], ["a", "b"], ["-x"], ["a", "--root"], ["a", "--root="], ["a", "--rot=/"]])
    func refused(_ arguments: [String]) {
        #expect(#expect(throws: Problem.self) { try ImageCall(arguments) }?.code == .usage)
    }
}
