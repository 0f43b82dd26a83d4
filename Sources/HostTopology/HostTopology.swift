package import Values

/// The parts of a machine that a plan uses: CPUs, cores, NUMA nodes, memory, and the PCI functions
/// that were asked for.
package struct HostTopology: Hashable, Sendable {
    /// A NUMA node.
    package struct Node: Hashable, Sendable {
        /// The kernel's number for it.
        package var id: Int
        /// Its CPUs that are online.
        package var cpus: CPUSet
        /// All of its memory in bytes; 0 for a node without memory.
        package var memory: UInt64
        /// Creates a node.
        package init(id: Int, cpus: CPUSet, memory: UInt64) {
            self.id = id
            self.cpus = cpus
            self.memory = memory
        }
    }

    /// An existing PCI function.
    package struct PCIDevice: Hashable, Sendable {
        /// Where it is.
        package var address: PCIAddress
        /// Its NUMA node; `nil` when the firmware does not say.
        package var node: Int?
        /// The kernel driver that it is bound to.
        package var driver: String?
        /// Its IOMMU group; `nil` while no IOMMU is in use.
        package var iommuGroup: String?
        /// The virtual functions that it can have; read only when some are asked for.
        package var sriov: SRIOV?
        /// Creates a function.
        package init(
            address: PCIAddress, node: Int?, driver: String? = nil, iommuGroup: String? = nil, sriov: SRIOV? = nil
        ) {
            self.address = address
            self.node = node
            self.driver = driver
            self.iommuGroup = iommuGroup
            self.sriov = sriov
        }
    }

    /// What kind of IOMMU the firmware announces.
    package enum IOMMU: String, Hashable, Sendable {
        /// Intel VT-d (ACPI table DMAR); off unless the kernel command line has `intel_iommu=on`.
        case intel
        /// AMD-Vi (ACPI table IVRS); on by itself.
        case amd
        /// Another kind that the kernel is using.
        case other
        /// None, or switched off in the firmware.
        case none
    }

    /// Online CPUs.
    package var online: CPUSet
    /// NUMA nodes that have CPUs or memory; a machine without NUMA has one, number 0.
    package var nodes: [Node]
    /// Physical cores, each the set of its threads that are online, by lowest CPU.
    package var cores: [CPUSet]
    /// The requested PCI functions that exist.
    package var devices: [PCIDevice]
    /// What came of looking for those that were not asked for by address.
    package var findings: [NICSelector: NICLookupResult]
    /// What kind of IOMMU the firmware announces.
    package var iommu: IOMMU
    /// The machine's own id (machine-id(5)); `nil` when it has none yet.
    package var machineID: String?

    /// Creates a topology, for tests.
    package init(
        online: CPUSet, nodes: [Node], cores: [CPUSet], devices: [PCIDevice] = [],
        findings: [NICSelector: NICLookupResult] = [:],
        iommu: IOMMU = .none, machineID: String? = nil
    ) {
        self.online = online
        self.nodes = nodes
        self.cores = cores
        self.devices = devices
        self.findings = findings
        self.iommu = iommu
        self.machineID = machineID
    }

    /// The node with that number.
    package func node(_ id: Int) -> Node? { nodes.first { $0.id == id } }

    /// The PCI function at that address.
    package func device(_ address: PCIAddress) -> PCIDevice? { devices.first { $0.address == address } }

    /// Where a NIC is; `nil` when it was not found.
    package func address(of selector: NICSelector) -> PCIAddress? {
        if case .address(let address) = selector { return address }
        if case .found(let address) = findings[selector] { return address }
        return nil
    }

    /// The core that a CPU is a thread of; the CPU alone when it is offline.
    package func core(of cpu: Int) -> CPUSet { cores.first { $0.contains(cpu) } ?? CPUSet([cpu]) }

    /// The number of the node that a CPU is on.
    package func node(of cpu: Int) -> Int? { nodes.first { $0.cpus.contains(cpu) }?.id }
}
