import Diagnostics
import Testing

@testable import pvp_console

@Suite("Command line of pvp-console")
struct OptionsTests {
    private let good = ["--name=t", "--socket=/s", "--telemetry=/t", "--ports=4"]

    @Test func all() throws {
        let options = try Options(good + ["--quit-timeout=3", "--", "testpmd", "--", "-i"])
        #expect(options.name == "t" && options.socket == "/s" && options.telemetry == "/t")
        #expect(options.ports == 4 && options.quitTimeout == 3)
        #expect(options.command == ["testpmd", "--", "-i"])
    }

    @Test(arguments: [
        ([], "the program to run is missing"),
        (["--name=t", "--"], "the program to run is missing"),
        (["--nam=t", "--", "x"], "--nam: no such option"),
        (["--name", "--", "x"], "--name: expected --NAME=VALUE"),
        (["--name=", "--", "x"], "--name=: expected --NAME=VALUE"),
        (["--ports=four", "--", "x"], "--ports=four: expected a number from 1 to 1024"),
        (["--ports=0", "--", "x"], "--ports=0: expected a number from 1 to 1024"),
        (["--quit-timeout=0", "--", "x"], "--quit-timeout=0: expected a number from 1 to 3600"),
        (["--name=t", "--ports=1", "--", "x"], "--socket is missing"),
    ])
    func wrong(_ arguments: [String], _ message: String) {
        let problem = #expect(throws: Problem.self) { try Options(arguments) }
        #expect(problem?.message == message)
        #expect(problem?.code == "usage")
    }
}
