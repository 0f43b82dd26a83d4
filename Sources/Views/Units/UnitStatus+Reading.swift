package import Diagnostics
import Linux
import Systemd

extension UnitStatus {
    /// What systemd says about units; `within` ends the question after so many seconds. Throws
    /// `systemd-silent` when it does not answer.
    package static func read(_ units: [String], within seconds: Int? = nil) throws(Problem) -> [UnitStatus] {
        // Without a name systemctl would show the service manager itself.
        if units.isEmpty { return [] }
        let limit = seconds.map { ["timeout", "\($0)"] } ?? []
        let question = ["systemctl", "show", "--property=\(properties.joined(separator: ","))", "--"]
        let result = try Command(limit + question + units).run()
        guard result.status == 0 else { throw Problem.systemdSilent(result) }
        let now = UInt64(MonotonicClock.microseconds)
        return UnitStates.blocks(result.output).map { UnitStatus($0, now: now) }
    }

    /// The last line of a unit in the journal that is a warning or worse; empty when there is none.
    package static func lastWarning(of unit: String) -> String {
        let command = Command(["journalctl", "--unit=\(unit)", "--lines=1", "--output=cat", "--priority=warning", "--quiet", "--no-pager"])
        guard let result = try? command.run(), result.status == 0 else { return "" }
        return result.output.split(separator: "\n").last.map(String.init) ?? ""
    }
}
