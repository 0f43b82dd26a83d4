/// The parts of a machine that a plan is made of: CPUs, cores, NUMA nodes, memory, and the PCI functions that were asked for.
public struct HostTopology: Hashable, Sendable {
    /// A NUMA node.
    public struct Node: Hashable, Sendable {
        /// The kernel's number for it.
        public var id: Int
        /// Its CPUs that are online.
        public var cpus: CPUSet
        /// All of its memory in bytes; 0 for a node without memory.
        public var memory: UInt64
        /// Makes a node.
        public init(id: Int, cpus: CPUSet, memory: UInt64) {
            self.id = id
            self.cpus = cpus
            self.memory = memory
        }
    }

    /// A PCI function that is there.
    public struct PCIDevice: Hashable, Sendable {
        /// Where it is.
        public var address: PCIAddress
        /// Its NUMA node; `nil` when the firmware does not say.
        public var node: Int?
        /// The kernel driver that it is bound to.
        public var driver: String?
        /// Its IOMMU group; `nil` while no IOMMU is in use.
        public var iommuGroup: String?
        /// The virtual functions that it can have; read only when some are asked for.
        public var sriov: SRIOV?
        /// Makes a function.
        public init(address: PCIAddress, node: Int?, driver: String? = nil, iommuGroup: String? = nil, sriov: SRIOV? = nil) {
            self.address = address
            self.node = node
            self.driver = driver
            self.iommuGroup = iommuGroup
            self.sriov = sriov
        }
    }

    /// What kind of IOMMU the firmware announces.
    public enum IOMMU: String, Hashable, Sendable {
        /// Intel VT-d (ACPI table DMAR); off unless the kernel is told `intel_iommu=on`.
        case intel
        /// AMD-Vi (ACPI table IVRS); on by itself.
        case amd
        /// Another kind that the kernel is using.
        case other
        /// None, or switched off in the firmware.
        case none
    }

    /// Online CPUs.
    public var online: CPUSet
    /// NUMA nodes that have CPUs or memory; a machine without NUMA has one, number 0.
    public var nodes: [Node]
    /// Physical cores, each the set of its threads that are online, by lowest CPU.
    public var cores: [CPUSet]
    /// The PCI functions that were asked for and are there.
    public var devices: [PCIDevice]
    /// What came of looking for those that were not asked for by address.
    public var findings: [NICPlace: NICFinding]
    /// What kind of IOMMU the firmware announces.
    public var iommu: IOMMU
    /// The machine's own id (machine-id(5)); `nil` when it has none yet.
    public var machineID: String?

    /// Makes a topology by hand, for tests.
    public init(
        online: CPUSet, nodes: [Node], cores: [CPUSet], devices: [PCIDevice] = [], findings: [NICPlace: NICFinding] = [:],
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
    public func node(_ id: Int) -> Node? { nodes.first { $0.id == id } }

    /// The PCI function at that address.
    public func device(_ address: PCIAddress) -> PCIDevice? { devices.first { $0.address == address } }

    /// Where a NIC is; `nil` when it was not found.
    public func address(of place: NICPlace) -> PCIAddress? {
        if case .address(let address) = place { return address }
        if case .found(let address) = findings[place] { return address }
        return nil
    }

    /// The core that a CPU is a thread of; the CPU alone when it is offline.
    public func core(of cpu: Int) -> CPUSet { cores.first { $0.contains(cpu) } ?? CPUSet([cpu]) }

    /// The number of the node that a CPU is on.
    public func node(of cpu: Int) -> Int? { nodes.first { $0.cpus.contains(cpu) }?.id }
}
