import Diagnostics
import Linux
import SystemdBus
import Testing

@Suite struct UnitPropertiesTests {
    @Test(
        "A unit that is not active is a problem, with what is known of it",
        arguments: [
            ("loaded", "failed", "exit-code", "failed", Problem.Code.unitNotActive, "a.service is failed (exit-code)"),
            ("loaded", "activating", "success", "start", .unitNotActive, "a.service is activating (start)"),
            ("not-found", "inactive", "success", "dead", .unitNotLoaded, "a.service is not-found"),
        ])
    func problem(
        _ load: String, _ active: String, _ result: String, _ sub: String, _ code: Problem.Code, _ message: String
    ) {
        var unit = UnitProperties(id: "a.service", activeState: active)
        unit.loadState = load
        unit.result = result
        unit.subState = sub
        #expect(unit.problem?.code == code && unit.problem?.message == message)
    }

    @Test(
        "Actions are shown as commands of systemctl",
        arguments: [
            (UnitAction.start(["a", "b"]), "systemctl start -- a b"), (.stop(["a"]), "systemctl stop -- a"),
            (.restart(["a"]), "systemctl restart -- a"), (.reload, "systemctl daemon-reload"),
        ])
    func command(_ action: UnitAction, _ text: String) {
        #expect(action.command.arguments.joined(separator: " ") == text)
    }
}
