package import Diagnostics
import SystemdBus
package import Values

/// The service manager's slices, as far as tuning changes them; of `init.scope` as well.
package protocol SliceControl: Sendable {
    /// The CPUs that the processes of a slice may use; empty if they are not limited.
    func allowedCPUs(of slice: String) throws(Problem) -> CPUSet
    /// Limits them until the next boot; without CPUs they are not limited.
    func setAllowedCPUs(_ cpus: CPUSet, of slice: String) throws(Problem)
}

/// The slices of the systemd that runs here.
package struct SystemdSlices: SliceControl {
    package init() {}

    package func allowedCPUs(of slice: String) throws(Problem) -> CPUSet {
        try ServiceManager().properties(of: slice).allowedCPUs
    }

    package func setAllowedCPUs(_ cpus: CPUSet, of slice: String) throws(Problem) {
        try ServiceManager().setAllowedCPUs(cpus, of: slice)
    }
}
