package import Diagnostics
import Linux
package import SystemdBus

extension UnitStatus {
    /// Reads the state of units. Throws what ``ServiceManager`` throws.
    package static func read(_ units: [String], from manager: ServiceManager) throws(Problem) -> [UnitStatus] {
        let properties = try manager.properties(of: units)
        let now = UInt64(MonotonicClock.microseconds)
        return properties.map { UnitStatus($0, now: now) }
    }
}
