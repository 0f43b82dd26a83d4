import Console
import Diagnostics
import Testing

@testable import pvp_console

@Suite("Command line of pvp-console")
struct OptionsTests {
    private let good = ["--name=t", "--telemetry=/t", "--ports=4"]

    @Test func all() throws {
        let options = try Options(good + ["--stop-timeout=3", "--", "testpmd", "--", "-i"])
        #expect(options.name == "t" && options.telemetry == "/t")
        #expect(options.group == "pvp" && options.viewGroup == nil)
        #expect(options.ports == 4 && options.stopTimeout == 3)
        #expect(options.command == ["testpmd", "--", "-i"])
    }

    @Test func groups() throws {
        let options = try Options(good + ["--group=lab", "--view-group=guests", "--", "testpmd", "--", "--auto-start"])
        #expect(options.group == "lab" && options.viewGroup == "guests")
        #expect(options.settings.group == "lab" && options.settings.forwards && options.settings.ports == 4)
    }

    @Test(arguments: [
        ([], "the program to run is missing"),
        (["--name=t", "--"], "the program to run is missing"),
        (["--socket=/s", "--", "x"], "--socket: no such option"),
        (["--nam=t", "--", "x"], "--nam: no such option"),
        (["--name", "--", "x"], "--name: expected --NAME=VALUE"),
        (["--name=", "--", "x"], "--name=: expected --NAME=VALUE"),
        (["--ports=four", "--", "x"], "--ports=four: expected a number from 1 to 1024"),
        (["--ports=0", "--", "x"], "--ports=0: expected a number from 1 to 1024"),
        (["--stop-timeout=0", "--", "x"], "--stop-timeout=0: expected a number from 1 to 3600"),
        (["--ports=1", "--", "x"], "--name is missing"),
        (["--name=t", "--", "x"], "--ports is missing"),
        (["--name=t", "--ports=1", "--", "x"], "--telemetry is missing and RUNTIME_DIRECTORY is not set"),
    ])
    func wrong(_ arguments: [String], _ message: String) {
        let problem = #expect(throws: Problem.self) { try Options(arguments) }
        #expect(problem?.message == message)
        #expect(problem?.code == .usage)
    }
}
