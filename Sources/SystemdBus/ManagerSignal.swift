import CSystemd
import Linux

/// What systemd reports about its jobs and units (`org.freedesktop.systemd1(5)`, "Signals").
package enum ManagerSignal: Hashable, Sendable {
    /// A job was created for a unit; `job` is its path on the bus.
    case jobNew(job: String, unit: String)
    /// A job has ended: `done`, `skipped`, `failed`, `dependency` and others (systemd:
    /// `job_result`).
    case jobRemoved(job: String, unit: String, result: String)
    /// Properties of a unit have changed.
    case unitChanged(unit: String, UnitUpdate)

    /// The path below which the units are on the bus.
    static let units = "\(BusMethod.root)/unit"

    /// Reads a message; `nil` if it is another one, or of a unit for which `isWanted` is false.
    /// systemd sends the changes of all units.
    init?(_ message: BusMessage, isWanted: (String) -> Bool) {
        if message.isSignal("PropertiesChanged", of: BusMethod.properties) {
            guard let unit = message.path.flatMap(Self.unit), isWanted(unit) else { return nil }
            // The interface, the changed properties, and the names of those without their values.
            _ = message.next()
            guard let properties = message.next()?.dictionary else { return nil }
            self = .unitChanged(unit: unit, UnitUpdate(properties))
            return
        }
        let isNew = message.isSignal("JobNew", of: BusMethod.manager)
        guard isNew || message.isSignal("JobRemoved", of: BusMethod.manager) else { return nil }
        // Number, path, unit, and for one that has ended its result.
        _ = message.next()
        guard let job = message.next()?.string, let unit = message.next()?.string, isWanted(unit) else { return nil }
        self =
            isNew
            ? .jobNew(job: job, unit: unit)
            : .jobRemoved(job: job, unit: unit, result: message.next()?.string ?? "")
    }

    private static func unit(_ path: String) -> String? {
        var name: UnsafeMutablePointer<CChar>?
        guard systemd.sd_bus_path_decode(path, units, &name) > 0, let name else { return nil }
        return String(owning: name)
    }
}

/// Properties of a unit that have changed.
package struct UnitUpdate: Hashable, Sendable {
    private let properties: [String: BusValue]

    /// Takes properties by their names in `org.freedesktop.systemd1(5)`.
    package init(_ properties: [String: BusValue]) { self.properties = properties }

    /// Changes the properties of the unit.
    package func apply(to unit: inout UnitProperties) { unit.update(properties) }
}
