import CSystemd
package import Diagnostics
import Linux
package import Values

/// systemd as a service manager: units, jobs and properties, through sd-bus. For use by one thread.
///
/// Each function throws `systemd-silent` if systemd cannot be reached, `systemd-denied` if systemd
/// denies the operation to this user, `systemd-timeout` if systemd does not answer in time, and
/// `systemd-refused` for other errors of systemd. A connection throws `library-missing` too.
package final class ServiceManager {
    /// A unit in a list.
    package struct Listed: Hashable, Sendable {
        /// The name.
        package var name: String
        /// `active`, `failed` and others.
        package var activeState: String
        /// The path of its job on the bus; `nil` if it has none.
        package var job: String?

        package init(name: String, activeState: String, job: String? = nil) {
            self.name = name
            self.activeState = activeState
            self.job = job
        }
    }

    let connection: BusConnection
    /// The signals that systemd sends to this connection.
    var subscriptions: Set<SignalMatch> = []
    /// The name on the bus of the sender of these signals; `nil` without a bus.
    var sender: String?

    /// Connects to the machine's systemd. A `limit` is for all calls in sum; without a limit each
    /// call has 25 s, as with systemctl.
    package init(within limit: Duration? = nil) throws(Problem) { connection = try BusConnection(within: limit) }

    /// Connects to a systemd that listens on a socket of its own, or to a bus with a systemd.
    package init(socket path: String, isBus: Bool = false, within limit: Duration? = nil) throws(Problem) {
        connection = try BusConnection(socket: path, isBus: isBus, within: limit)
    }

    /// The version that runs, such as `252.39-1~deb12u2`.
    package func version() throws(Problem) -> String {
        let properties = try self.properties(at: BusMethod.root, of: "systemd")
        guard let version = properties["Version"]?.string else { throw Self.invalid("Version") }
        return version
    }

    /// The properties of a unit. One without a file is `not-found`, which is no failure.
    package func properties(of unit: String) throws(Problem) -> UnitProperties {
        guard let properties = UnitProperties(try properties(at: object(of: unit), of: unit)) else {
            throw Self.invalid(unit)
        }
        return properties
    }

    /// The units that are `PartOf=` a unit: those that stop when it stops, by name.
    package func parts(of unit: String) throws(Problem) -> [String] {
        let answer = try connection.call(.property(at: object(of: unit), for: unit)) {
            $0.append(BusMethod.unit)
            $0.append("ConsistsOf")
        }
        guard let units = answer.next()?.list else { throw Self.invalid(unit) }
        return units.compactMap(\.string).sorted()
    }

    private func object(of unit: String) throws(Problem) -> String {
        var path: UnsafeMutablePointer<CChar>?
        guard systemd.sd_bus_path_encode(ManagerSignal.units, unit, &path) >= 0, let path else {
            throw Self.invalid(unit)
        }
        return String(owning: path)
    }

    /// The properties of units, in their order.
    package func properties(of units: [String]) throws(Problem) -> [UnitProperties] {
        var result: [UnitProperties] = []
        for unit in units { result.append(try properties(of: unit)) }
        return result
    }

    private func properties(at path: String, of subject: String) throws(Problem) -> [String: BusValue] {
        try connection.call(.properties(at: path, for: subject)) { $0.append("") }.next()?.dictionary ?? [:]
    }

    /// The units that systemd has in memory whose names match a pattern (`glob(7)`), by name.
    package func units(matching patterns: [String]) throws(Problem) -> [Listed] {
        let answer = try connection.call(.manager("ListUnitsByPatterns")) {
            $0.append([String]())
            $0.append(patterns)
        }
        return try Self.list(answer, "ListUnitsByPatterns")
    }

    /// The state and the job of units, by name; systemd reads the files of those that it does not
    /// have in memory.
    package func units(named names: [String]) throws(Problem) -> [Listed] {
        try Self.list(connection.call(.manager("ListUnitsByNames")) { $0.append(names) }, "ListUnitsByNames")
    }

    private static func list(_ answer: BusMessage, _ method: String) throws(Problem) -> [Listed] {
        guard let units = answer.next()?.list else { throw invalid(method) }
        // Name, description, load state, active state, sub state, followed unit, path of the unit,
        // number, type and path of the job.
        return units.compactMap(\.list).compactMap { unit in
            guard unit.count == 10, let name = unit[0].string, let state = unit[3].string else { return nil }
            let hasJob = (unit[7].unsigned ?? 0) > 0
            return Listed(name: name, activeState: state, job: hasJob ? unit[9].string : nil)
        }.sorted { $0.name < $1.name }
    }

    /// The jobs that are waiting or running: the name of a unit to the type of its job, such as
    /// `restart`.
    package func jobs() throws(Problem) -> [String: String] {
        guard let jobs = try connection.call(.manager("ListJobs")).next()?.list else { throw Self.invalid("ListJobs") }
        // Number, unit, type, state, the paths of both.
        return jobs.compactMap(\.list).reduce(into: [:]) { types, job in
            if job.count == 6, let unit = job[1].string, let type = job[2].string { types[unit] = type }
        }
    }

    /// Limits the processes of a slice, or of `init.scope`, to CPUs until the next boot
    /// (`AllowedCPUs=`); without any they are not limited.
    package func setAllowedCPUs(_ cpus: CPUSet, of unit: String) throws(Problem) {
        _ = try connection.call(.manager("SetUnitProperties", for: unit)) { message in
            message.append(unit)
            // Until the next boot.
            message.append(true)
            message.container("a", of: "(sv)") {
                message.container("r", of: "sv") {
                    message.append("AllowedCPUs")
                    message.container("v", of: "ay") { message.append(cpus.bits) }
                }
            }
        }
    }

    static func invalid(_ subject: String) -> Problem {
        Problem(.systemdSilent, "\(subject): invalid answer from systemd", remedy: "run 'systemctl status'")
    }
}
