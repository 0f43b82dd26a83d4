package import HostTopology
package import JSON
package import Linux

/// What an installation or a removal reports while it runs.
package enum InstallEvent {
    /// A command that is run, or that is shown because nothing is run.
    case command(Command, isRun: Bool)
    /// A file that an interrupted run had changed is as before.
    case rolledBack(String)
    /// An earlier run was interrupted, and nothing is changed now.
    case interrupted
    /// A NIC whose address is recorded.
    case nic(NICRecord)
    /// Files of the plan.
    case files(InstallPlan)
    /// A file or directory that is removed as a whole.
    case removed(String)
    /// A file that remains, and what to know about it.
    case kept(String, String)
    /// A unit that was to stop, and its state.
    case unit(String, String)
    /// Anything else for people.
    case note(String)

    /// The text for people, with line ends; `isDry` if nothing is changed, `root` is the tree that
    /// is not this machine, or empty.
    package func text(isDry: Bool, root: String) -> String {
        switch self {
        case .command(_, isRun: true): ""
        case .command(let command, isRun: false):
            (isDry ? "would run: " : "to be run in \(root): ") + command.quoted + "\n"
        case .rolledBack(let path): "\(path): rolled back, an earlier run was interrupted\n"
        case .interrupted: "an earlier run was interrupted: it would be rolled back first\n"
        case .nic(let nic): "\(nic)\n"
        case .files(let plan): plan.text(isDry: isDry)
        case .removed(let path): "\(path): \(isDry ? "would be " : "")removed\n"
        case .kept(let path, let reason): "\(path): kept, \(reason)\n"
        case .unit(let unit, let state): "\(unit): \(state)\n"
        case .note(let text): text + "\n"
        }
    }

    /// Whether something was changed, unless nothing is changed at all.
    package var isChange: Bool {
        switch self {
        case .rolledBack, .removed, .unit: true
        case .files(let plan): plan.lines.contains { $0.action != .unchanged }
        case .command, .interrupted, .kept, .nic, .note: false
        }
    }
}

extension [InstallEvent] {
    /// For `--json`: files and what happens to each, commands and whether each was run, units that
    /// were stopped, NICs whose addresses are recorded.
    package var json: JSON {
        var files: [JSON] = []
        var commands: [JSON] = []
        var units: [JSON] = []
        var nics: [JSON] = []
        func whole(_ path: String, _ action: String) -> JSON {
            ["path": .string(path), "action": .string(action), "difference": []]
        }
        for event in self {
            switch event {
            case .files(let plan): files += plan.json
            case .rolledBack(let path): files.append(whole(path, "rolled_back"))
            case .removed(let path): files.append(whole(path, "removed"))
            case .kept(let path, _): files.append(whole(path, "kept"))
            case .command(let command, let isRun):
                commands.append([
                    "arguments": .array(command.arguments.map { .string($0) }), "run": .bool(isRun),
                ])
            case .unit(let unit, let state): units.append(["unit": .string(unit), "state": .string(state)])
            case .nic(let nic):
                nics.append(["mac_address": .string("\(nic.mac)"), "pci_address": .string("\(nic.address)")])
            case .interrupted, .note: continue
            }
        }
        return ["files": .array(files), "commands": .array(commands), "units": .array(units), "nics": .array(nics)]
    }
}
