import Diagnostics
import Testing

@testable import HelperCalls

@Suite("Calls of pvp-console") struct ConsoleServerCallTests {
    static var calls: [ConsoleServerCall] {
        let plain = ConsoleServerCall(name: "t", ports: 1, command: ["testpmd"])
        var full = ConsoleServerCall(
            name: "A.b_c-1", ports: 1024, command: ["/usr/bin/dpdk-testpmd", "-l", "1-3", "--", "--help", ""])
        full.group = "lab"
        full.viewGroup = "guests"
        full.telemetry = "/run/a=b"
        full.stopTimeout = 3600
        var short = plain
        short.stopTimeout = 1
        return [plain, full, short]
    }

    @Test("A call is read as it was written", arguments: calls) func roundTrip(_ call: ConsoleServerCall) throws {
        #expect(try ConsoleServerCall(call.arguments) == call)
    }

    @Test("What is not given has its default") func defaults() throws {
        let call = try ConsoleServerCall(["--name=t", "--ports=4", "--", "testpmd", "--", "-i"])
        #expect(call.group == "pvp" && call.viewGroup == nil && call.telemetry == nil && call.stopTimeout == 30)
        #expect(call.command == ["testpmd", "--", "-i"])
    }

    @Test(
        "A wrong call is refused",
        arguments: [
            [], ["--name=t", "--ports=1"], ["--name=t", "--ports=1", "--"],
            ["--name=t", "--ports=1", "--socket=/s", "--", "x"],
            ["--name", "--ports=1", "--", "x"], ["--name=", "--ports=1", "--", "x"],
            ["--name=t", "--ports=four", "--", "x"],
            ["--name=t", "--ports=0", "--", "x"], ["--name=t", "--ports=1025", "--", "x"], ["--ports=1", "--", "x"],
            ["--name=t", "--", "x"],
            ["--name=t", "--ports=1", "--stop-timeout=0", "--", "x"],
            ["--name=t", "--ports=1", "--stop-timeout=3601", "--", "x"],
            ["--name=t", "--ports=1", "x", "--", "x"],
        ])
    func refused(_ arguments: [String]) {
        #expect(#expect(throws: Problem.self) { try ConsoleServerCall(arguments) }?.code == .usage)
    }
}
