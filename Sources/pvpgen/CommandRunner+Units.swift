import Diagnostics
import Installation
import SystemdBus

extension CommandRunner {
    /// Lets the service manager do that, or shows the command of systemctl that does the same; `manager` is `nil` where there is none.
    func perform(_ action: UnitAction, by manager: ServiceManager?) throws(Problem) {
        if runs, let manager { try manager.perform(action) } else { try run(action.command) }
    }
}
