package import Config
package import Values

/// A traffic generator that is connected to the two NICs of a testpmd.
package struct GeneratorPlan: Hashable, Sendable {
    /// What sends the frames.
    package enum Program: Hashable, Sendable {
        /// pvp-traffic on this host.
        case local(LocalGenerator)
        /// pvp-traffic on another host.
        case remote(RemoteGenerator)
        /// A server of TRex.
        case trex(address: String, ports: TRexPorts)
    }

    /// The instance of its unit.
    package var name: String
    /// The testpmd that it measures.
    package var testpmd: String
    /// What sends the frames.
    package var program: Program
    /// The highest load in packets per second for each port; `nil` for that of the link.
    package var maximumRate: Int?
    /// How late a frame may be sent, in microseconds.
    package var maximumLag: Int

    /// The CPUs of this host that send and receive.
    package var lcores: CPUSet { if case .local(let local) = program { local.lcores } else { CPUSet() } }
}

/// pvp-traffic on this host.
package struct LocalGenerator: Hashable, Sendable {
    /// A housekeeping CPU, for commands.
    package var mainLcore: Int
    /// The CPUs that send and receive, one for each port.
    package var lcores: CPUSet
    /// The node of its CPUs and memory.
    package var node: Int
    /// Hugepage memory in bytes; 0 for none.
    package var memory: UInt64
    /// Its NICs, by address.
    package var nics: [TestpmdPlan.Device]
    /// Virtual devices for `--vdev`.
    package var devices: [String]
    /// Whether its NICs are without an IOMMU.
    package var hasNoIOMMU: Bool
}

/// pvp-traffic on another host.
package struct RemoteGenerator: Hashable, Sendable {
    /// A destination for ssh(1).
    package var host: String
    /// Three CPUs there: that of the main lcore, and one for each port.
    package var cpus: CPUSet
    /// Hugepage memory in bytes; 0 for none.
    package var memory: UInt64
    /// PCI addresses and virtual devices.
    package var devices: [String]
}
