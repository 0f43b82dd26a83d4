package import Diagnostics
package import SystemdBus

extension CommandRunner {
    /// Performs the action, or prints the systemctl command that does the same; `manager` is `nil`
    /// if systemd does not run.
    package func perform(_ action: UnitAction, by manager: ServiceManager?) throws(Problem) {
        if runs, let manager { try manager.perform(action) } else { try run(action.command) }
    }
}
