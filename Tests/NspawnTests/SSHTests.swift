import LabTools
import Linux
import Nspawn
import Testing

extension NspawnTests {
    /// The way from a port of the host to a guest's ssh, with something else in the guest's place.
    @Test func aPortOfTheHostLeadsToTheGuest() throws {
        let network = Container.configuration().replacing("Network=no\n", with: "SSHPort=2201\n")
        let (container, mark) = try Container.idle(
            network,
            files: [
                "/etc/systemd/system/pvp-ssh@guest.service.d/60-test.conf":
                    "[Service]\nEnvironment=PVP_SSH=127.0.0.1:2022\n"
            ])
        let started = try container.attempt(["systemctl", "start", "pvp.target"], within: Limit.unit)
        #expect(started.status == 0, "\(started.output)\n\(container.story(since: mark))")
        #expect(try container.properties(of: "pvp-ssh@guest.service")["ActiveState"] == "inactive")

        let ask = ["timeout", "10", "socat", "-u", "TCP:127.0.0.1:2201", "STDOUT"]
        #expect(try container.attempt(ask).output == "")
        try container.run([
            "systemd-run", "--unit=pvp-test-guest", "socat", "TCP-LISTEN:2022,reuseaddr,fork",
            "EXEC:echo SSH-2.0-guest",
        ])
        try container.wait(for: "pvp-test-guest.service", to: "run") { $0["ActiveState"] == "active" }
        var answer = ""
        for _ in 0..<50 where answer.isEmpty { answer = try container.attempt(ask).output }
        #expect(answer == "SSH-2.0-guest\n", "\(container.story(since: mark))")
        // One that is still starting would be ended after 90 s, with its connections.
        #expect(try container.properties(of: "pvp-ssh@guest.service")["ActiveState"] == "active")

        try container.run(["systemctl", "stop", "pvp.target", "pvp-test-guest.service"], within: Limit.unit)
        try container.waitForJobs()
        for unit in ["pvp-ssh@guest.service", "pvp-ssh@guest.socket"] {
            #expect(try container.properties(of: unit)["ActiveState"] == "inactive", "\(unit)")
        }
    }
}
