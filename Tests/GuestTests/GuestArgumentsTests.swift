import Diagnostics
import Testing

@testable import pvp_guest

@Suite struct ArgumentsTests {
    @Test func defaults() throws {
        let arguments = try GuestArguments(["host"])
        #expect(arguments.verb == .run)
        #expect(arguments.name == "host")
        #expect(arguments.connect == "qemu:///system")
        #expect(arguments.createTimeout == 60)
        #expect(arguments.stopTimeout == 60)
        #expect(arguments.readyWhen == .running && arguments.startTimeout == 180)
    }

    @Test func whenItIsReady() throws {
        let arguments = try GuestArguments(["g", "--ready-when=vhost", "--start-timeout=9", "--vhost=/run/a:b:2,3", "--vhost=/c:0"])
        #expect(arguments.readyWhen == .vhost && arguments.startTimeout == 9)
        #expect(arguments.vhosts.map(\.telemetry) == ["/run/a:b", "/c"] && arguments.vhosts.map(\.numbers) == [[2, 3], [0]])
        #expect(try GuestArguments(["g", "--ready-when=ssh", "--ssh=192.0.2.1"]).ssh == "192.0.2.1")
    }

    @Test func everyOption() throws {
        let arguments = try GuestArguments(["--connect=test:///default?a=b", "--create-timeout=1", "g", "--stop-timeout=86400"])
        #expect(arguments.connect == "test:///default?a=b")
        #expect(arguments.createTimeout == 1)
        #expect(arguments.stopTimeout == 86400)
        #expect(try GuestArguments(["--destroy", "g"]).verb == .destroy)
        for help in ["--help", "-h"] { #expect(try GuestArguments([help]).verb == .help) }
    }

    @Test(arguments: [
        [], [""], ["a", "b"], ["--destroy"], ["--connect", "x", "g"], ["g", "--nonsense"], ["g", "--destroy=g"],
        ["g", "--ready-when=up"], ["g", "--ready-when=ssh"], ["g", "--ready-when=vhost"], ["g", "--vhost=/a"], ["g", "--vhost=/a:"],
        ["g", "--vhost=a:1"], ["g", "--vhost=/a:1,"], ["g", "--stop-timeout=0"], ["g", "--stop-timeout=86401"],
        ["g", "--create-timeout=1s"], ["g", "--create-timeout="],
    ])
    func refused(_ line: [String]) {
        let problem = #expect(throws: Problem.self) { try GuestArguments(line) }
        #expect(problem?.code == .usage)
    }
}
