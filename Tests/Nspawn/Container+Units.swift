import Glibc
import LabTools

extension Container {
    /// A unit's properties, as `systemctl show` has them.
    package func properties(of unit: String) throws -> [String: String] {
        var properties: [String: String] = [:]
        for line in try run(["systemctl", "show", "--all", unit]).split(separator: "\n") {
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { properties[String(parts[0])] = String(parts[1]) }
        }
        return properties
    }

    /// Waits until a unit is as it should be; returns its properties then.
    @discardableResult
    package func wait(
        for unit: String, to state: String, within seconds: Int = Limit.unit,
        until exists: ([String: String]) throws -> Bool
    ) throws -> [String: String] {
        let deadline = Deadline(seconds: seconds)
        var properties: [String: String] = [:]
        repeat {
            properties = try self.properties(of: unit)
            if try exists(properties) { return properties }
            usleep(20_000)
        } while !deadline.isOver
        let told = ["ActiveState", "SubState", "Result", "MainPID", "NRestarts", "StatusText"].map {
            "\($0)=\(properties[$0] ?? "")"
        }
        let log =
            try run(["journalctl", "--sync"]) + run(["journalctl", "--lines=20", "--output=cat", "--unit=\(unit)"])
        throw LabFailure("\(unit) did not \(state) within \(seconds) s: \(told.joined(separator: " "))", log: log)
    }

    /// Waits until systemd has nothing left to do.
    package func waitForJobs(within seconds: Int = Limit.unit) throws {
        let deadline = Deadline(seconds: seconds)
        var jobs = ""
        repeat {
            jobs = try run(["systemctl", "list-jobs", "--no-legend", "--plain"])
            if jobs.isEmpty { return }
            usleep(20_000)
        } while !deadline.isOver
        throw LabFailure("systemd still has jobs after \(seconds) s", log: jobs)
    }

    /// The processes with a name, in ascending order; those of other containers and of this machine
    /// do not count.
    package func processes(_ name: String) throws -> [Int] {
        try attempt(["pidof", name]).output.split { $0.isWhitespace }.compactMap { Int($0) }.sorted()
    }
}
