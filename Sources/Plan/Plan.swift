public import Config
public import HostTopology
public import Tuning

/// Who gets which CPUs, memory and ports: a pure function of a configuration and a machine.
public struct Plan: Hashable, Sendable {
    /// Hugepages on one node.
    public struct Hugepages: Hashable, Sendable {
        /// NUMA node.
        public var node: Int
        /// How many.
        public var pages: Int
    }

    /// A NIC that testpmd takes over.
    public struct NIC: Hashable, Sendable {
        /// `Name=` or its place.
        public var name: String
        /// Where it is.
        public var address: PCIAddress
        /// The testpmd that it belongs to; empty when its place is not known.
        public var testpmd = ""
        /// testpmd's number for it: EAL probes PCI functions by address, before anything else.
        public var port = 0
        /// Who drives it.
        public var driver: NICDriver
        /// Its NUMA node; `nil` when the firmware does not say.
        public var node: Int?
        /// Whether the kernel shows no such device. A virtual function is never missing: its parent makes it.
        public var isMissing = false
        /// For a virtual function: the NIC that it is made on.
        public var parent: PCIAddress?
        /// The other NICs of the plan in its IOMMU group.
        public var group: [PCIAddress] = []
        /// Whether VFIO has to do without an IOMMU.
        public var hasNoIOMMU = false
        /// Whether it is taken although the host's network uses it.
        package var isForced = false
        /// Whether it is a guest's, which the guest's host has placed and no `pvpgen install` has seen.
        package var isInGuest = false
    }

    /// A NIC that is used through virtual functions, and stays with its kernel driver.
    public struct Parent: Hashable, Sendable {
        /// `Name=` or its place.
        public var name: String
        /// Where it is.
        public var address: PCIAddress
        /// How many it gets.
        public var virtualFunctions: Int
    }

    /// The file from which all this comes.
    public var source: String
    /// Size of all hugepages.
    public var pageSize: PageSize
    /// Hugepages by node.
    public var hugepages: [Hugepages]
    /// The NICs in the order of their addresses.
    public var nics: [NIC]
    /// The NICs that some of them are virtual functions of.
    public var parents: [Parent]
    /// The testpmds.
    public var testpmds: [TestpmdPlan]
    /// The guests.
    public var guests: [GuestPlan]
    /// The guests' management network; `nil` when none is on it.
    public var network: NetworkPlan?
    /// CPUs of lcores and vCPUs, with the other threads of their cores.
    public var isolated: CPUSet
    /// All other CPUs that are online.
    public var housekeeping: CPUSet
    /// What of the host is changed while pvp.target is up.
    public var tuning: Tuning
    /// What belongs on the kernel's command line.
    public var kernelArguments: [KernelArgument]
    /// Whether pvp.target is started at boot.
    public var autostart: Bool
    /// Where metrics are served, as a socket unit has it; `nil` for nowhere.
    public var metricsListen: String?
}

/// One testpmd.
public struct TestpmdPlan: Hashable, Sendable {
    /// The unit's name without `.service`, also `--file-prefix`.
    public var name: String
    /// The program.
    public var binary: String
    /// A housekeeping CPU, for the command line and statistics.
    public var mainLcore: Int
    /// CPUs of the forwarding lcores.
    public var forwardingLcores: CPUSet
    /// The node of its memory and its forwarding lcores.
    public var node: Int
    /// Memory in bytes.
    public var memory: UInt64
    /// How much of each node's memory it may take, in MiB, by the node's number; 0 is no limit. Empty on a host with one node.
    package var memoryLimits: [Int]
    /// PCI functions it may use.
    public var nics: [PCIAddress]
    /// Whether one of them stays with its kernel driver.
    public var isBifurcated: Bool
    /// Whether it runs in a guest, on the interfaces that the host made for it.
    public var isInGuest: Bool
    /// Whether its NICs are given to it with no IOMMU between them and memory (kernel: drivers/vfio/Kconfig, VFIO_NOIOMMU).
    public var hasNoIOMMU: Bool
    /// Its vhost-user ports.
    public var vhosts: [VhostPort]
    /// Ports in forwarding order: each pair of neighbours forwards to each other.
    public var portList: [Int]
    /// What is done with each packet.
    public var forwardMode: ForwardMode
    /// Queues of each port.
    public var queues: Int
    /// Descriptors in each queue.
    public var descriptors: Int
    /// How long it may take to stop, in seconds.
    public var stopTimeout: Int
    /// Whose members may look at its console.
    public var readOnlyGroup: String?

    /// Where its console listens for those who may type.
    public var consoleSocket: String { "/run/pvp/\(name).sock" }
    /// Where its console listens for those who may only look.
    public var viewSocket: String { "/run/pvp/\(name).view.sock" }

    /// How many ports there will be.
    public var portCount: Int { nics.count + vhosts.count }

    /// The socket of its telemetry: DPDK makes it below the unit's runtime directory (DPDK: lib/eal/unix/eal_filesystem.c, `eal_create_runtime_dir`), which is root's.
    public var telemetry: String { Self.telemetry(of: name) }

    /// The same for a testpmd of that name.
    public static func telemetry(of name: String) -> String { ("/run/pvp-\(name)/dpdk/\(name)/dpdk_telemetry.v2" as Text).string }
}

/// A vhost-user port: testpmd on one end, a guest's interface on the other.
public struct VhostPort: Hashable, Sendable {
    /// The interface's name.
    public var name: String
    /// The guest that it is in.
    public var guest: String
    /// The testpmd that it is connected to.
    public var testpmd: String
    /// testpmd's number for it: virtual devices come after the NICs, in the order of the command line.
    public var port = 0
    /// The unix socket; QEMU listens, testpmd connects.
    public var socket: String
    /// Queue pairs.
    public var queues: Int
    /// Descriptors in each of the guest's rings.
    public var ringSize: Int
    /// The guest's MAC address on it.
    public var mac: MACAddress
    /// Whether it is behind the guest's IOMMU: then testpmd has to know.
    public var hasIOMMU: Bool
    /// Whether it offers packed rings.
    public var hasPackedRing: Bool
}

/// One guest.
public struct GuestPlan: Hashable, Sendable {
    /// The domain's name.
    public var name: String
    /// The domain's UUID; `nil` for libvirt's choice.
    public var uuid: String?
    /// Its disk.
    public var disk: DiskPlan?
    /// Kernel to boot.
    public var kernel: String?
    /// Its initial RAM disk.
    public var initrd: String?
    /// Its command line.
    public var kernelCommandLine: String?
    /// The CPU of each vCPU.
    public var vCPUs: [Int]
    /// Housekeeping CPUs for QEMU's other threads.
    public var emulator: CPUSet
    /// The node of its CPUs and memory.
    public var node: Int
    /// Memory in bytes.
    public var memory: UInt64
    /// Size of the pages that the memory is in.
    public var pageSize: PageSize
    /// QEMU's machine type.
    public var machine: String
    /// The QEMU to use; `nil` for libvirt's choice.
    public var emulatorPath: String?
    /// Whether it has an IOMMU.
    public var hasIOMMU: Bool
    /// What its domain gets as well.
    public var fragment: DomainFragment
    /// What pvpgen in the guest is told to do there, as a `pvp.conf`; `nil` for nothing.
    public var inside: String?
    /// Its vhost-user interfaces.
    public var vhosts: [VhostPort]
    /// Its interface on the management network.
    public var management: Management?
    /// When it counts as started.
    public var readyWhen: ReadyWhen
    /// How long that may take, in seconds.
    public var startTimeout: Int
    /// How long it may take to shut down, in seconds.
    public var stopTimeout: Int

    /// How many interfaces there is room for on its buses.
    public static let interfaceLimit = 128

    /// The testpmds that its interfaces are connected to, each once.
    public var testpmds: [String] {
        vhosts.reduce(into: []) { if !$0.contains($1.testpmd) { $0.append($1.testpmd) } }
    }
}

/// One kernel argument, and why it is there.
public struct KernelArgument: Hashable, Sendable {
    /// As it stands on the command line.
    public var text: String
    /// In a few words.
    public var reason: String
}
