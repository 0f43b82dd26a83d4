package import Diagnostics
import SystemdBus

/// The units of a guest.
package enum GuestUnits {
    /// Throws `guest-running` while one of them is active: a running guest has its disk open, and
    /// the data of a removed disk would be lost at an unexpected moment. Throws also what
    /// ``ServiceManager`` throws.
    package static func refuseRunning(_ guest: String) throws(Problem) {
        let manager: ServiceManager
        do throws(Problem) {
            manager = try ServiceManager()
        } catch {
            // Without a systemd nothing of ours can run.
            if error.code == .systemdSilent { return }
            throw error
        }
        var hasFailed = false
        for unit in ["pvp-guest@\(guest).service", "pvp-image@\(guest).service", "pvp-domain@\(guest).service"] {
            // The last one is active after the guest has ended, too; it counts where the guest may
            // have outlived its unit.
            if unit.hasPrefix("pvp-domain@"), !hasFailed { break }
            let state = try manager.properties(of: unit).activeState
            if unit.hasPrefix("pvp-guest@"), state == "failed" { hasFailed = true }
            if state == "inactive" || state == "failed" { continue }
            throw Problem(.guestRunning, "\(unit) is \(state)", remedy: "run 'systemctl stop pvp-guest@\(guest)'")
        }
    }
}
