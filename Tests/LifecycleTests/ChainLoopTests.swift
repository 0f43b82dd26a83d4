import Diagnostics
import Foundation
import JSON
import Linux
import SystemdBus
import TestSupport
import Testing
import Views

@testable import Lifecycle

/// The loops with a real systemd, that of a user. Serialized: two in one control group would kill
/// each other's processes.
@Suite(.serialized, .enabled(if: CurrentProcess.isRoot)) struct ChainLoopTests {
    private static func unit(_ service: String, _ unit: String = "") -> String {
        "[Unit]\nPartOf=pvp.target\n\(unit)\n[Service]\n\(service)\n"
    }

    private static func oneshot(_ start: String, stop: String = "/bin/true") -> String {
        unit("Type=oneshot\nRemainAfterExit=yes\nExecStart=\(start)\nExecStop=\(stop)")
    }

    private static func target(_ members: String) -> [String: String] {
        [
            "pvp.target": "[Unit]\nWants=\(members)\nAfter=\(members)\n",
            "pvp-hugepages@.service": oneshot("/bin/true"),
            "pvp-guest@.service": unit(
                "ExecStart=/bin/sleep 1000", "Requires=pvp-image@%i.service\nAfter=pvp-image@%i.service"),
            "pvp-image@.service": unit(
                "Type=oneshot\nRemainAfterExit=yes\nExecStart=/bin/true", "StopWhenUnneeded=yes"),
        ]
    }

    private static let members = "pvp-hugepages@0.service pvp-guest@a.service pvp-guest@b.service"

    /// Runs a verb, with what it prints to the standard output and to standard error in one file.
    private func run(_ verb: ChainVerb, _ systemd: UserManager) throws -> (outcome: ChainOutcome, text: String) {
        let tree = try Tree(["/out": ""])
        let file = try #require(FileHandle(forWritingAtPath: tree.path + "/out"))
        var screen = Screen(isLive: false)
        screen.output = file.fileDescriptor
        screen.error = file.fileDescriptor
        let outcome = try ChainLoop.run(verb, on: ServiceManager(socket: systemd.socket), screen: screen)
        return (outcome, try tree.text("/out"))
    }

    @Test("A start has all stages with their times, and a stop returns when all units are inactive")
    func startAndStop() throws {
        let systemd = try UserManager(Self.target(Self.members))
        let start = try run(.start, systemd)
        #expect(start.outcome.exitStatus == 0, "\(start.text)")
        let stages: [Stage] = [.hugepages, .images, .guests, .target]
        #expect(start.outcome.stages.map(\.stage) == stages)
        #expect(start.outcome.stages.allSatisfy { $0.result == .up })
        #expect(start.outcome.stages.prefix(3).allSatisfy { $0.milliseconds != nil }, "\(start.outcome)")
        let lines = start.text.split(separator: "\n")
        #expect(lines.count == 5 && lines.last?.hasPrefix("started in ") == true, "\(start.text)")
        #expect(start.text.contains("hugepages  up after ") && start.text.contains("guests     up after "))

        let again = try run(.start, systemd)
        #expect(again.outcome.exitStatus == 0 && again.text.contains("guests     already up\n"), "\(again.text)")

        let restart = try run(.restart, systemd)
        #expect(restart.outcome.exitStatus == 0 && restart.text.contains("restarted in "), "\(restart.text)")
        let guests = restart.outcome.stages.first { $0.stage == .guests }
        #expect(guests?.units.allSatisfy { $0.result == .up && $0.milliseconds != nil } == true, "\(restart.outcome)")

        let stop = try run(.stop, systemd)
        #expect(stop.outcome.exitStatus == 0 && stop.text.contains("guests     stopped after "), "\(stop.text)")
        let manager = try ServiceManager(socket: systemd.socket)
        let units = ["pvp-guest@a.service", "pvp-image@a.service", "pvp-hugepages@0.service"]
        #expect(try manager.properties(of: units).map(\.activeState) == ["inactive", "inactive", "inactive"])
        #expect(try run(.stop, systemd).text.contains("guests     already stopped\n"))
    }

    @Test("A stop waits for what takes long to restore, and reports what cannot be restored")
    func stopWaits() throws {
        var units = Self.target("pvp-vfio@slow.service pvp-vfio@bad.service")
        units["pvp-vfio@slow.service"] = Self.oneshot("/bin/true", stop: "/bin/sleep 1")
        units["pvp-vfio@bad.service"] = Self.oneshot("/bin/true", stop: "/bin/false")
        let systemd = try UserManager(units)
        #expect(try run(.start, systemd).outcome.exitStatus == 0)
        let stop = try run(.stop, systemd)
        #expect(stop.outcome.exitStatus == 1, "\(stop.text)")
        #expect(stop.outcome.stages.first { $0.stage == .nics }?.milliseconds.map { $0 >= 1000 } == true)
        #expect(stop.text.contains("error: NICs: pvp-vfio@bad.service: failed (exit-code)\n"), "\(stop.text)")
        let states = try ServiceManager(socket: systemd.socket).properties(of: ["pvp-vfio@slow.service"])
        #expect(states.map(\.activeState) == ["inactive"])
    }

    @Test("A guest that fails is reported when it does; the others come up, and the exit code is 1")
    func failure() throws {
        var units = Self.target("\(Self.members) pvp-guest@bad.service")
        units["pvp-guest@bad.service"] = Self.unit("Type=oneshot\nExecStart=/bin/false")
        units["pvp-guest@b.service"] = Self.unit("Type=oneshot\nRemainAfterExit=yes\nExecStart=/bin/sleep 3")
        let systemd = try UserManager(units)
        let start = try run(.start, systemd)
        #expect(start.outcome.exitStatus == 1)
        #expect(start.outcome.problems.map(\.code) == [.jobFailed])
        let error = "error: guests: pvp-guest@bad.service: failed (exit-code)\n"
        let report = try #require(start.text.range(of: error), "\(start.text)")
        // The guest that takes longer is not up at that moment.
        let stage = try #require(start.text.range(of: "guests     failed after "), "\(start.text)")
        #expect(report.lowerBound < stage.lowerBound)
        #expect(start.text.contains("  run 'pvpgen log pvp-guest@bad' for its journal"))
        let states = try ServiceManager(socket: systemd.socket).properties(of: [
            "pvp-guest@a.service", "pvp-guest@b.service",
        ])
        #expect(states.map(\.activeState) == ["active", "active"])
    }

    @Test("A target without units is a problem")
    func noUnits() throws {
        let systemd = try UserManager(["pvp.target": "[Unit]\n"])
        #expect(#expect(throws: Problem.self) { try run(.start, systemd) }?.code == .unitNotLoaded)
    }

    /// The status of the units of a target, as text.
    private func status(
        _ units: [String], _ systemd: UserManager, isWatching: Bool = false, limit: Int?, isJSON: Bool = false
    ) throws -> (status: Int32, text: String) {
        let tree = try Tree(["/out": ""])
        let file = try #require(FileHandle(forWritingAtPath: tree.path + "/out"))
        var screen = Screen(isLive: false)
        screen.output = file.fileDescriptor
        let options = StatusLoop.Options(
            isWatching: isWatching, limit: limit, document: isJSON ? Document(.status) : nil)
        let status = try StatusLoop.run(
            units, on: ServiceManager(socket: systemd.socket), options: options, screen: screen)
        return (status, try tree.text("/out"))
    }

    @Test("status --wait returns when all units are up, when one has failed, or when the time is over")
    func wait() throws {
        var units = Self.target("slow.service")
        units["slow.service"] = Self.oneshot("/bin/sleep 1")
        units["bad.service"] = Self.unit("Type=oneshot\nExecStart=/bin/false")
        let systemd = try UserManager(units)
        let names = ["slow.service", "pvp.target"]
        let over = try status(names, systemd, limit: 50)
        #expect(over.status == 3 && over.text.contains("slow.service  inactive (dead)\n"), "\(over.text)")
        _ = try ServiceManager(socket: systemd.socket).begin("StartUnit", "pvp.target")
        let up = try status(names, systemd, limit: 60_000)
        #expect(up.status == 0 && up.text.contains("slow.service  active (exited) since "), "\(up.text)")
        try? ServiceManager(socket: systemd.socket).perform(.start(["bad.service"]))
        #expect(try status(names + ["bad.service"], systemd, limit: 60_000).status == 3)
    }

    @Test("status --watch prints each state, as text or as JSON")
    func watch() throws {
        var units = Self.target("slow.service")
        units["slow.service"] = Self.oneshot("/bin/sleep 1")
        let systemd = try UserManager(units)
        for isJSON in [false, true] {
            let manager = try ServiceManager(socket: systemd.socket)
            _ = try manager.begin("StartUnit", "pvp.target")
            let watched = try status(
                ["slow.service", "pvp.target"], systemd, isWatching: true, limit: 60_000, isJSON: isJSON)
            #expect(watched.status == 0)
            let words =
                isJSON
                ? ["\"active\": \"activating\"", "\"active\": \"active\""] : ["activating (start)", "active (exited)"]
            for word in words { #expect(watched.text.contains(word), "\(watched.text)") }
            try manager.perform(.stop(["pvp.target", "slow.service"]))
        }
    }
}
