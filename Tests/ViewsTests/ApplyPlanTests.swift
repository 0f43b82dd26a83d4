import Linux
import SystemdBus
import Testing
import Units
import Views

@Suite struct ApplyPlanTests {
    private func tree(_ members: [String: String]) -> UnitTree {
        var tree = UnitTree()
        tree.members = members.keys.sorted()
        for (name, text) in members {
            tree.files[name] = Array("# \(UnitTree.mark)\n[Service]\nExecStart=\(text)\n".utf8)
        }
        return tree
    }

    /// As a user would do it, without the program's name if that is to be short.
    private func text(_ action: UnitAction, isShort: Bool) -> String {
        action.command.arguments.dropFirst(isShort ? 1 : 0).joined(separator: " ")
    }

    private func commands(
        from present: [String: String], to new: [String: String], running: [String: String], isUp: Bool = true
    )
        -> [String]
    {
        let (present, new) = (tree(present), tree(new))
        let units = running.map { RunningUnit(name: $0.key, commandLine: $0.value.isEmpty ? nil : [$0.value]) }
        let difference = UnitDifference(from: present, to: new, running: units)
        return ApplyPlan(difference, from: present, to: new, isTargetUp: isUp).actions.map {
            text($0, isShort: false)
        }
    }

    @Test func nothingToDo() {
        #expect(commands(from: ["a.service": "/a"], to: ["a.service": "/a"], running: ["a.service": "/a"]) == [])
    }

    @Test func orphansGoFirstAndTheRestInOneGo() {
        let commands = commands(
            from: ["a.service": "/a", "gone.service": "/g", "same.service": "/s"],
            to: ["a.service": "/b", "new.service": "/n", "same.service": "/s"],
            running: ["a.service": "/a", "gone.service": "/g", "same.service": "/s"])
        #expect(
            commands == [
                "systemctl stop -- gone.service", "systemctl stop -- a.service", "systemctl daemon-reload",
                "systemctl start -- a.service new.service same.service",
            ])
    }

    /// Its file is as it was: no daemon-reload.
    @Test func aStaleOneIsStartedAgain() {
        let commands = commands(from: ["a.service": "/b"], to: ["a.service": "/b"], running: ["a.service": "/a"])
        #expect(commands == ["systemctl stop -- a.service", "systemctl start -- a.service"])
    }

    /// A socket that is no member of the target: new, with another address, no longer wanted.
    @Test func aSocketOfItsOwn() {
        func tree(_ address: String?) -> UnitTree {
            var tree = UnitTree()
            guard let address else { return tree }
            tree.files["pvp-metrics.socket.d/50-pvpgen.conf"] = Array("[Socket]\nListenStream=\(address)\n".utf8)
            tree.links["sockets.target.wants/pvp-metrics.socket"] = "/usr/lib/systemd/system/pvp-metrics.socket"
            return tree
        }
        func commands(_ present: String?, _ new: String?, isRunning: Bool) -> [String] {
            let running = isRunning ? [RunningUnit(name: "pvp-metrics.socket")] : []
            let difference = UnitDifference(from: tree(present), to: tree(new), running: running)
            let applyPlan = ApplyPlan(difference, from: tree(present), to: tree(new), isTargetUp: false)
            return applyPlan.actions.map { text($0, isShort: true) }
        }
        #expect(commands(nil, "1", isRunning: false) == ["daemon-reload", "start -- pvp-metrics.socket"])
        #expect(
            commands("1", "2", isRunning: true) == [
                "stop -- pvp-metrics.socket", "daemon-reload", "start -- pvp-metrics.socket",
            ])
        #expect(commands("1", nil, isRunning: true) == ["stop -- pvp-metrics.socket", "daemon-reload"])
        #expect(commands("1", "1", isRunning: true) == [])
    }

    @Test func whatDoesNotRunIsNotStarted() {
        let new = ["a.service": "/b", "new.service": "/n", "stopped.service": "/s"]
        let old = ["a.service": "/a", "stopped.service": "/s"]
        #expect(commands(from: old, to: new, running: [:], isUp: false) == ["systemctl daemon-reload"])
        let running = commands(from: old, to: new, running: ["a.service": "/a"], isUp: false)
        #expect(running.last == "systemctl start -- a.service")
        #expect(
            commands(from: old, to: new, running: ["a.service": "/a"]).last
                == "systemctl start -- a.service new.service")
    }

    private static let guest = "pvp-guest@a.service"

    private func upgrade(_ running: RunningUnit..., to change: [String: String] = [:]) -> [String] {
        let members = [
            "testpmd.service": "/c", Self.guest: "/g", "pvp-hugepages@0.service": "/h", "pvp-image@a.service": "/i",
            "pvp-image@b.service": "/i",
        ]
        let (present, new) = (tree(members), tree(members.merging(change) { $1 }))
        let difference = UnitDifference(from: present, to: new, running: running)
        return ApplyPlan(difference, from: present, to: new, isTargetUp: true).actions.map {
            text($0, isShort: true)
        }
    }

    @Test("After an upgrade testpmd is stopped and started, and a guest restarted in one job, which leaves it running")
    func upgrade() {
        let testpmd = RunningUnit(name: "testpmd.service", program: "/usr/lib/pvpgen/pvp-console (deleted)")
        let guest = RunningUnit(name: Self.guest, program: "/usr/lib/pvpgen/pvp-guest (deleted)")
        let pages = RunningUnit(name: "pvp-hugepages@0.service")
        #expect(
            upgrade(testpmd, guest, pages) == [
                "stop -- testpmd.service",
                "start -- pvp-guest@a.service pvp-hugepages@0.service testpmd.service",
                "restart -- pvp-guest@a.service",
            ])
        #expect(upgrade(guest, pages) == ["restart -- pvp-guest@a.service"])
    }

    @Test(
        "A guest is stopped with what it holds, and only with that",
        arguments: [
            ("pvp-hugepages@0.service", true), ("pvp-image@a.service", true), ("pvp-image@b.service", false),
            ("testpmd.service", false),
        ])
    func held(_ unit: String, _ isHeld: Bool) {
        let commands = upgrade(
            RunningUnit(name: Self.guest), RunningUnit(name: unit), to: [unit: "/new", Self.guest: "/new"])
        #expect(commands.contains("restart -- \(Self.guest)") == !isHeld, "\(commands)")
        #expect(
            commands.first
                == (isHeld ? "stop -- " + [Self.guest, unit].sorted().joined(separator: " ") : "stop -- \(unit)"))
    }
}
