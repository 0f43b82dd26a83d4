package import Config
package import Tuning
package import Values

/// Who gets which CPUs, memory and ports: a pure function of a configuration and a machine.
package struct Plan: OptionHolder, Hashable, Sendable {
    /// Hugepages on one node.
    package struct Hugepages: Hashable, Sendable {
        /// NUMA node.
        package var node: Int
        /// How many.
        package var pages: Int
    }

    /// A NIC that testpmd takes over.
    package struct NIC: OptionHolder, Hashable, Sendable {
        /// `Name=` or its place.
        package var name: String
        /// Where it is.
        package var address: PCIAddress
        /// The testpmd that it belongs to; empty when its place is not known.
        package var testpmd = ""
        /// The generator that it belongs to, instead of a testpmd; empty for none.
        package var generator = ""
        /// The number that testpmd or the generator has for it: EAL probes PCI functions by
        /// address, before anything else.
        package var port = 0
        /// What needs no planning.
        package var options: NICOptions
        /// Its NUMA node; `nil` when the firmware does not say.
        package var node: Int?
        /// Whether the kernel shows no such device. A virtual function is never missing: its parent
        /// creates it.
        package var isMissing = false
        /// For a virtual function: its physical function.
        package var parent: PCIAddress?
        /// The other NICs of the plan in its IOMMU group.
        package var group: [PCIAddress] = []
        /// Whether VFIO has to do without an IOMMU.
        package var hasNoIOMMU = false
        /// Whether it is a guest's, which the guest's host has placed and no `pvpgen install` has
        /// seen.
        package var isInGuest = false
    }

    /// A NIC that is used through virtual functions, and stays with its kernel driver.
    package struct Parent: Hashable, Sendable {
        /// `Name=` or its place.
        package var name: String
        /// Where it is.
        package var address: PCIAddress
        /// How many it gets.
        package var virtualFunctions: Int
    }

    /// The file from which all this comes.
    package var source: String
    /// Size of all hugepages.
    package var pageSize: PageSize
    /// Hugepages by node.
    package var hugepages: [Hugepages]
    /// The NICs in the order of their addresses.
    package var nics: [NIC]
    /// The NICs that some of them are virtual functions of.
    package var parents: [Parent]
    /// The testpmds.
    package var testpmds: [TestpmdPlan]
    /// The guests.
    package var guests: [GuestPlan]
    /// The guests' management network; `nil` when none is on it.
    package var network: NetworkPlan?
    /// CPUs of lcores and vCPUs, with the other threads of their cores.
    package var isolated: CPUSet
    /// All other CPUs that are online.
    package var housekeeping: CPUSet
    /// What of the host is changed while pvp.target is up.
    package var tuning: Tuning
    /// What belongs on the kernel's command line.
    package var kernelArguments: [KernelArgument]
    /// What can be built from source.
    package var builds: [BuildPlan]
    /// What can measure the chain.
    package var generators: [GeneratorPlan]
    /// What needs no planning.
    package var options: HostOptions
}

/// One testpmd.
package struct TestpmdPlan: OptionHolder, Hashable, Sendable {
    /// A PCI function that it may use.
    package struct Device: OptionHolder, Hashable, Sendable {
        /// Where it is.
        package var address: PCIAddress
        /// What needs no planning of the NIC that it is.
        package var options: NICOptions
    }

    /// The unit's name without `.service`, also `--file-prefix`.
    package var name: String
    /// A housekeeping CPU, for the command line and statistics.
    package var mainLcore: Int
    /// CPUs of the forwarding lcores.
    package var forwardingLcores: CPUSet
    /// The node of its memory and its forwarding lcores.
    package var node: Int
    /// Memory in bytes.
    package var memory: UInt64
    /// How much of each node's memory it may take, in MiB, by the node's number; 0 is no limit.
    /// Empty on a host with one node.
    package var memoryLimits: [Int]
    /// PCI functions it may use.
    package var nics: [Device]
    /// Whether it runs in a guest, on the interfaces that the host created for it.
    package var isInGuest: Bool
    /// Whether its NICs are given to it with no IOMMU between them and memory (kernel:
    /// drivers/vfio/Kconfig, VFIO_NOIOMMU).
    package var hasNoIOMMU: Bool
    /// Its vhost-user ports.
    package var vhosts: [VhostPort]
    /// Ports in forwarding order: each pair of neighbours forwards to each other.
    package var portList: [Int]
    /// What needs no planning.
    package var options: TestpmdOptions
    /// The release of its DPDK, if that is an own build.
    package var release: ReleaseNumber?

    /// Where its console listens for those who may type.
    package var consoleSocket: String { "/run/pvp/\(name).sock" }
    /// Where its console listens for those who may only look.
    package var viewSocket: String { "/run/pvp/\(name)@view.sock" }

    /// Whether one of its NICs stays with its kernel driver.
    package var isBifurcated: Bool { nics.contains { $0.driver == .none } }

    /// How many ports there will be.
    package var portCount: Int { nics.count + vhosts.count }

    /// The socket of its telemetry: DPDK creates it below the unit's runtime directory (DPDK:
    /// lib/eal/unix/eal_filesystem.c, `eal_create_runtime_dir`), which is root's.
    package var telemetry: String { Self.telemetry(of: name) }

    /// The same for a testpmd of that name.
    package static func telemetry(of name: String) -> String {
        ("/run/pvp-\(name)/dpdk/\(name)/dpdk_telemetry.v2" as UTF8StringBuilder).string
    }
}

/// A vhost-user port: testpmd on one end, a guest's interface on the other.
package struct VhostPort: Hashable, Sendable {
    /// The interface's name.
    package var name: String
    /// The guest that it is in.
    package var guest: String
    /// The testpmd that it is connected to.
    package var testpmd: String
    /// testpmd's number for it: virtual devices come after the NICs, in the order of the command
    /// line.
    package var port = 0
    /// The unix socket; QEMU listens, testpmd connects.
    package var socket: String
    /// Queue pairs.
    package var queues: Int
    /// Descriptors in each of the guest's rings.
    package var ringSize: Int
    /// The guest's MAC address on it.
    package var mac: MACAddress
    /// Whether it is behind the guest's IOMMU: then testpmd has to know.
    package var hasIOMMU: Bool
    /// Whether it offers packed rings.
    package var hasPackedRing: Bool
}

/// One guest.
package struct GuestPlan: OptionHolder, Hashable, Sendable {
    /// The domain's name.
    package var name: String
    /// The domain's UUID; `nil` for libvirt's choice.
    package var uuid: String?
    /// Its disk.
    package var disk: DiskPlan?
    /// The CPU of each vCPU.
    package var vCPUs: [Int]
    /// Housekeeping CPUs for QEMU's other threads.
    package var emulator: CPUSet
    /// The node of its CPUs and memory.
    package var node: Int
    /// Memory in bytes.
    package var memory: UInt64
    /// Size of the pages that the memory is in.
    package var pageSize: PageSize
    /// What its domain gets as well.
    package var fragment: DomainFragment
    /// The configuration of pvpgen in the guest, as a `pvp.conf`; `nil` for none.
    package var guestConfiguration: String?
    /// Its vhost-user interfaces.
    package var vhosts: [VhostPort]
    /// Its interface on the management network.
    package var management: Management?
    /// What needs no planning.
    package var options: GuestOptions

    /// How many interfaces there is room for on its buses.
    package static let interfaceLimit = 128

    /// The testpmds that its interfaces are connected to, each once.
    package var testpmds: [String] {
        vhosts.reduce(into: []) { if !$0.contains($1.testpmd) { $0.append($1.testpmd) } }
    }
}

/// One kernel argument, and its reason.
package struct KernelArgument: Hashable, Sendable {
    /// As it stands on the command line.
    package var text: String
    /// In a few words.
    package var reason: String
}

extension Plan {
    /// Each value of `Emulator=` once.
    package var emulatorPaths: [String] { Set(guests.compactMap(\.emulatorPath)).sorted() }
}
