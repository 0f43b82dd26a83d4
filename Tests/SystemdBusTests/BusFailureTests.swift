import Diagnostics
import SystemdBus
import Testing

@Suite struct BusFailureTests {
    private static let bus = "org.freedesktop.DBus.Error"

    @Test(
        "A failure has the code of what it means for the user",
        arguments: [
            ("org.freedesktop.systemd1.NoSuchUnit", 2, Problem.Code.unitNotLoaded),
            ("org.freedesktop.systemd1.UnitMasked", 5, .systemdRefused), ("\(bus).InvalidArgs", 22, .systemdRefused),
            ("\(bus).UnknownMethod", 53, .systemdRefused), ("\(bus).AccessDenied", 13, .systemdDenied),
            ("\(bus).InteractiveAuthorizationRequired", 1, .systemdDenied), ("\(bus).NoReply", 110, .systemdTimeout),
            ("\(bus).Timeout", 110, .systemdTimeout), ("\(bus).ServiceUnknown", 113, .systemdSilent),
            ("\(bus).Disconnected", 104, .systemdSilent), ("System.Error.ECONNRESET", 104, .systemdSilent),
            (nil, 2, .systemdSilent), (nil, 111, .systemdSilent), (nil, 13, .systemdDenied),
            (nil, 110, .systemdTimeout),
        ] as [(String?, Int32, Problem.Code)])
    func code(_ name: String?, _ code: Int32, _ wanted: Problem.Code) {
        let problem = BusFailure(name: name, message: "the reason", code: code).problem("a.service: StartUnit")
        #expect(problem.code == wanted && problem.message.hasPrefix("a.service: StartUnit: "))
        #expect(!problem.remedy.isEmpty)
    }
}
