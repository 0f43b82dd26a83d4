package import Values

/// The command line of pvp-traffic.
package struct TrafficCall: Hashable, Sendable {
    /// Name for DPDK's files (`--file-prefix`).
    package var name: String
    /// The CPU for commands.
    package var mainLcore: Int
    /// The CPUs that send and receive.
    package var lcores: CPUSet
    /// Hugepage memory by NUMA node in MiB; empty for none.
    package var memory: [Int]
    /// Arguments of `-a`.
    package var nics: [String]
    /// Arguments of `--vdev`.
    package var devices: [String]
    /// The control socket.
    package var socket: String

    package init(
        name: String, mainLcore: Int, lcores: CPUSet, memory: [Int], nics: [String], devices: [String], socket: String
    ) {
        self.name = name
        self.mainLcore = mainLcore
        self.lcores = lcores
        self.memory = memory
        self.nics = nics
        self.devices = devices
        self.socket = socket
    }

    /// Name of the program.
    package static let program = "pvp-traffic"

    /// The socket of the generator that is started by a unit.
    package static func socket(of name: String) -> String { "/run/pvp-traffic-\(name)/control.sock" }

    /// The arguments (DPDK: doc/guides/linux_gsg/linux_eal_parameters.rst). Memory without
    /// hugepages is enough for devices that copy each frame.
    package var arguments: [String] {
        var arguments = ["-l", lcores.union(CPUSet([mainLcore])).description, "--main-lcore=\(mainLcore)"]
        if memory.isEmpty {
            arguments += ["--no-huge", "-m", "256"]
        } else {
            // One segment, and addresses of the process: devices that share memory require both.
            arguments += ["--in-memory", "--socket-mem=\(memory.map(String.init).joined(separator: ","))"]
            if nics.isEmpty { arguments += ["--single-file-segments", "--iova-mode=va"] }
        }
        arguments += ["--file-prefix=pvp-traffic-\(name)", "--no-telemetry"]
        if nics.isEmpty { arguments.append("--no-pci") }
        for nic in nics { arguments += ["-a", nic] }
        arguments += devices.map { "--vdev=\($0)" }
        return arguments + ["--", "--socket=\(socket)"]
    }
}
