import LabTools
import Nspawn
import Testing

extension NspawnTests {
    private static let tune = "pvp-tune.service"

    private func allowed(_ unit: String, _ container: Container) throws -> String? {
        try container.properties(of: unit)["AllowedCPUs"]
    }

    /// /proc/sys and /sys are read-only in a container: existing values are reported, and stop
    /// nothing. Slices are systemd's own.
    @Test func slicesAreLimitedAndLetGo() throws {
        let (container, mark) = try Container.idle()
        let slices = ["init.scope", "system.slice", "user.slice"]
        #expect(try slices.map { try allowed($0, container) } == ["", "", ""])
        try container.run(["systemctl", "start", "pvp.target"], within: Limit.unit)
        let housekeeping = try #require(try allowed("system.slice", container))
        #expect(housekeeping == "0 3")
        #expect(try slices.map { try allowed($0, container) } == [housekeeping, housekeeping, housekeeping])
        let told = container.story(since: mark, unit: Self.tune)
        #expect(told.contains("slices: slice:init.scope was not set, is 0,3"), "\(told)")
        #expect(told.contains("nmi-watchdog: ") && !told.contains("governor: /sys"), "\(told)")

        // Killed: what it did is restored and done again.
        try container.run(["systemctl", "kill", "--signal=KILL", "--kill-whom=main", Self.tune])
        try container.wait(for: Self.tune, to: "start again") {
            $0["NRestarts"] == "1" && $0["ActiveState"] == "active"
        }
        #expect(try allowed("system.slice", container) == housekeeping)

        try container.run(["systemctl", "stop", "pvp.target"], within: Limit.unit)
        try container.waitForJobs()
        let story = container.story(since: mark, unit: Self.tune)
        #expect(try container.properties(of: Self.tune)["Result"] == "success", "\(story)")
        #expect(try slices.map { try allowed($0, container) } == ["", "", ""], "\(story)")
        for slice in slices {
            let dropIn = "/run/systemd/system.control/\(slice).d/50-AllowedCPUs.conf"
            #expect(try container.attempt(["test", "-e", dropIn]).status != 0, "\(dropIn): \(story)")
        }
        #expect(try container.attempt(["test", "-e", "/run/pvp/state/tuning"]).status != 0)
    }
}
