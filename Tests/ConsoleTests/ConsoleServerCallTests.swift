import Console
import Diagnostics
import HelperCalls
import Testing

@testable import pvp_console

@Suite("Call of pvp-console")
struct ConsoleServerCallTests {
    @Test("The console's settings are the call's") func settings() {
        var call = ConsoleServerCall(name: "t", ports: 4, command: ["testpmd", "--", "--auto-start"])
        call.group = "lab"
        call.stopTimeout = 3
        let settings = Console.Settings(call)
        #expect(settings.name == "t" && settings.ports == 4 && settings.group == "lab" && settings.stopTimeout == 3000)
        #expect(settings.forwards)
        call.command = ["testpmd"]
        #expect(!Console.Settings(call).forwards)
    }

    @Test("Without --telemetry and a runtime directory the call is refused") func telemetry() throws {
        var call = ConsoleServerCall(name: "t", ports: 1, command: ["x"])
        #expect(#expect(throws: Problem.self) { try call.telemetryPath }?.code == .usage)
        call.telemetry = "/t"
        #expect(try call.telemetryPath == "/t")
    }
}
