package import SystemdBus
import UnitFile
package import Units

/// A unit that runs: what systemd says about it, and what its main process was started with.
package struct RunningUnit: Hashable, Sendable {
    /// Whether it runs with what its files say.
    package enum ConfigState: String, Hashable, Sendable {
        /// It does, now and after the next daemon-reload.
        case current
        /// Its process was started with something else than its present file says.
        case stale
        /// Its files change with the next daemon-reload.
        case outdated
        /// The program file that its main process runs was replaced, as an upgrade does.
        case replaced
        /// It is no longer in the plan.
        case orphan
    }

    /// Its name.
    package var name: String
    /// The arguments of its main process (`/proc/PID/cmdline`); `nil` when it has none or they
    /// cannot be read.
    package var commandLine: [String]?
    /// What its main process got as standard input, if that is a file in memory, which is how
    /// systemd hands over `StandardInputText=`.
    package var input: String?
    /// The program file of its main process, as the kernel names it (`/proc/PID/exe`); `nil` when
    /// it has none or it cannot be read.
    package var program: String?

    package init(name: String, commandLine: [String]? = nil, input: String? = nil, program: String? = nil) {
        self.name = name
        self.commandLine = commandLine
        self.input = input
        self.program = program
    }

    /// Whether it is a guest: its process may be restarted without it.
    package static func isGuest(_ unit: String) -> Bool { unit.hasPrefix("pvp-guest@") && unit.hasSuffix(".service") }

    /// Whether a guest holds what the unit provides while it runs: memory, network or disk.
    static func isHeld(_ unit: String, by guest: String) -> Bool {
        unit.hasPrefix("pvp-hugepages@") || unit == "pvp-network.service"
            || unit.hasPrefix("pvp-image@") && unit.dropFirst("pvp-image@".count) == guest.dropFirst("pvp-guest@".count)
    }

    /// Whether a unit in that state runs, or is about to.
    static func isUp(_ activeState: String) -> Bool { activeState != "inactive" && activeState != "failed" }

    /// Whether the properties are of a unit of ours that runs: one of a tree, an instance of our
    /// templates, or one in our slice.
    package static func isOurs(_ unit: UnitProperties, _ trees: [UnitTree]) -> Bool {
        guard isUp(unit.activeState) else { return false }
        let name = unit.id
        // A unit that answers one request has ended before a restart could begin. A build belongs
        // to no plan, and must not be stopped as an orphan.
        if ["pvp-metrics@", "pvp-source@", "pvp-build@"].contains(where: name.hasPrefix) { return false }
        let isInstance = name.hasPrefix("pvp-") && name.contains("@") || name == "pvp-tune.service"
        return isInstance || unit.slice == "pvp.slice" || trees.contains { $0.members.contains(name) }
    }

    /// How fresh it is. `NeedDaemonReload=` is no evidence: systemd looks at the time of
    /// `SourcePath=` too, and says yes when a comment was edited.
    package func configState(present: UnitTree, changes: [String: UnitChange], planned: Set<String>) -> ConfigState {
        // A guest's disk and its domain have no files of their own: they belong to the guest.
        let prefix = ["pvp-image@", "pvp-domain@"].first { name.hasPrefix($0) }
        let member = prefix.map { "pvp-guest@" + name.dropFirst($0.count) } ?? name
        if !planned.contains(member) { return .orphan }
        if changes[name]?.isInFiles == true { return .outdated }
        if isStale(present) { return .stale }
        // The kernel says so of a file that is no longer at its path (proc(5), /proc/PID/exe). dpkg
        // and rpm rename the new one over it.
        return program?.hasSuffix(" (deleted)") == true ? .replaced : .current
    }

    private func isStale(_ present: UnitTree) -> Bool {
        for file in [name, "\(name).d/50-pvpgen.conf"] {
            guard let content = present.files[file] else { continue }
            let unit = UnitFile(name: file, bytes: content)
            if let commandLine, let line = unit.value(section: "Service", key: "ExecStart"),
                let wanted = try? ExecCommandLine.split(line), wanted != commandLine
            {
                return true
            }
            let wanted = unit.entries(section: "Service", key: "StandardInputText").map(\.value)
            if let input, !wanted.isEmpty, let found = try? StandardInput.text(input), found != wanted { return true }
        }
        return false
    }
}

extension RunningUnit.ConfigState {
    /// The commands that make it current, in their order; none when it is.
    package func commands(for unit: String) -> [String] {
        switch self {
        case .current: []
        case .stale, .replaced: ["systemctl restart \(unit)"]
        case .outdated: ["systemctl daemon-reload", "systemctl restart \(unit)"]
        case .orphan: ["systemctl stop \(unit)"]
        }
    }
}
