package import Diagnostics
package import SystemdBus
package import Values

/// The service manager's slices, as far as tuning changes them; of `init.scope` as well.
package protocol SliceControl {
    /// The CPUs that the processes of a slice may use; empty if they are not limited.
    func allowedCPUs(of slice: String) throws(Problem) -> CPUSet
    /// Limits them until the next boot; without CPUs they are not limited.
    func setAllowedCPUs(_ cpus: CPUSet, of slice: String) throws(Problem)
}

/// The slices of the systemd that runs here, through one connection. For use by one thread.
package final class SystemdSlices: SliceControl {
    private let connect: () throws(Problem) -> ServiceManager
    private var manager: ServiceManager?

    /// Connects with the first call; tests have a systemd of their own.
    package init(
        connect: @escaping () throws(Problem) -> ServiceManager = { () throws(Problem) in try ServiceManager() }
    ) {
        self.connect = connect
    }

    package func allowedCPUs(of slice: String) throws(Problem) -> CPUSet {
        try call { manager throws(Problem) in try manager.properties(of: slice).allowedCPUs }
    }

    package func setAllowedCPUs(_ cpus: CPUSet, of slice: String) throws(Problem) {
        try call { manager throws(Problem) in try manager.setAllowedCPUs(cpus, of: slice) }
    }

    /// A connection that failed, for example because systemd was executed again, is not used again.
    private func call<Result>(_ body: (ServiceManager) throws(Problem) -> Result) throws(Problem) -> Result {
        let connected = if let manager { manager } else { try connect() }
        manager = nil
        let result = try body(connected)
        manager = connected
        return result
    }
}
