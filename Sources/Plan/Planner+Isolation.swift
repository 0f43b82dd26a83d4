import Config
import Diagnostics
import HostTopology
import Values

extension Planner {
    /// What is isolated: by hand, or what testpmd and the guests were given.
    mutating func planIsolation() -> CPUSet {
        guard let given = config.host.isolatedCPUs.value else { return cpus.taken }
        let offline = given.subtracting(host.online)
        if !offline.isEmpty {
            report(
                .cpuOffline, "IsolatedCPUs=\(given): CPUs \(offline) are not online, expected CPUs of \(host.online)",
                remedy: "set CPUs that are online",
                at: config.host.location(of: "IsolatedCPUs"))
        }
        let reserved = host.nodes.reduce(CPUSet()) { $0.union(cpus.reserved($1.id)) }.intersection(given)
        if !reserved.isEmpty {
            report(
                .isolatedReserved,
                "IsolatedCPUs=\(given): CPUs \(reserved) are reserved for the host, main lcores and emulator threads",
                remedy: "remove CPUs \(reserved), or set auto", at: config.host.location(of: "IsolatedCPUs"))
        }
        let outside = cpus.taken.subtracting(given)
        if !outside.isEmpty {
            report(
                .notIsolated,
                "CPUs \(outside) are used by testpmd or a guest, or are threads of their cores, but are not in "
                    + "IsolatedCPUs=\(given)",
                remedy: "set IsolatedCPUs=\(given.union(cpus.taken)), or auto",
                at: config.host.location(of: "IsolatedCPUs"))
        }
        return given
    }
}
