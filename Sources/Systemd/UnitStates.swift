package import Diagnostics
package import Linux

/// Whether units are active, as `systemctl show` reports it.
package struct UnitStates: Hashable, Sendable {
    /// The names of the units.
    package var units: [String]

    /// Of these units.
    package init(_ units: [String]) { self.units = units }

    /// What asks systemd. `--` keeps a name from being taken for an option.
    package var command: Command {
        Command(["systemctl", "show", "--property=Id,LoadState,ActiveState,SubState,Result", "--"] + units)
    }

    /// One problem for each unit that is not active; one that is still activating counts as not
    /// active. Throws `systemd-silent` when systemctl does not answer as it should, and what
    /// `Command.run` throws.
    package func problems() throws(Problem) -> [Problem] {
        let result = try command.run()
        let blocks = Self.blocks(result.output)
        guard result.status == 0, blocks.count == units.count else {
            let line = result.output.split(separator: "\n").first.map(String.init) ?? "no output"
            throw Problem(
                .systemdSilent,
                "systemctl: cannot read the state of \(units.joined(separator: " ")): exit status \(result.status): \(line)",
                remedy: "run 'systemctl is-system-running' to see whether systemd runs")
        }
        return blocks.compactMap(Self.problem)
    }

    /// The properties of each unit; an empty line separates two units.
    package static func blocks(_ output: String) -> [[String: String]] {
        var blocks: [[String: String]] = []
        var block: [String: String] = [:]
        // systemctl puts an empty line between units, not after the last.
        let lines = (output + "\n\n").split(separator: "\n", omittingEmptySubsequences: false)
        for line in lines {
            if let equals = line.firstIndex(of: "=") {
                block[String(line[..<equals])] = String(line[line.index(after: equals)...])
            } else if line.isEmpty, !block.isEmpty {
                blocks.append(block)
                block = [:]
            }
        }
        return blocks
    }

    private static func problem(_ unit: [String: String]) -> Problem? {
        let name = unit["Id"] ?? "a unit"
        let state = unit["ActiveState"] ?? "in no state"
        if state == "active" { return nil }
        if let load = unit["LoadState"], load != "loaded" {
            return Problem(.unitNotLoaded, "\(name) is \(load)", remedy: "run 'systemctl daemon-reload', then 'systemctl status \(name)'")
        }
        let detail = (state == "failed" ? unit["Result"] : unit["SubState"]) ?? ""
        return Problem(.unitNotActive, "\(name) is \(state)\(detail.isEmpty ? "" : " (\(detail))")", remedy: "journalctl -u \(name)")
    }
}

extension Problem {
    /// systemctl does not answer.
    package static func systemdSilent(_ result: Command.Result) -> Problem {
        let line = result.output.split(separator: "\n").first.map(String.init) ?? "no output"
        return Problem(
            .systemdSilent, "systemctl show: exit status \(result.status): \(line)",
            remedy: "run 'systemctl is-system-running' to check that systemd runs")
    }
}
