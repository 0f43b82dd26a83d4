public import HostTopology

/// A section of the configuration: its name there and its settings.
public protocol ConfigSection: Hashable, Sendable {
    /// The name between the brackets.
    static var title: String { get }
    /// Its settings, in the order of the documentation.
    static var settings: [Setting<Self>] { get }
    /// What it is for: a paragraph of the manual.
    static var documentation: String { get }
    /// Where it was read.
    var source: SectionSource { get set }
    /// The section with every default.
    init()
}

/// A section that may be there many times, told apart by `Name=`.
public protocol NamedSection: ConfigSection {
    /// `Name=`, or the name that it gets for its place.
    var name: String? { get set }
    /// The name of the unnamed one at a place, counted from 0.
    static func ordinalName(_ place: Int) -> String
    /// Whether an unnamed one in a drop-in means the first, as where there is usually one, or adds another.
    static var isUsuallyOne: Bool { get }
    /// Whether there is a mistake in it: it keeps its place, and is not to be used.
    var isWrong: Bool { get set }
}

/// `[Host]`: the machine as a whole.
public struct HostSection: ConfigSection {
    /// Which end of the chain this machine is.
    public var role = Role.host
    /// CPUs that nothing but testpmd and guests may use.
    public var isolatedCPUs = Auto<CPUSet>.auto
    /// Arguments to add to the planned ones on the kernel command line.
    public var kernelArguments: [String] = []
    /// What becomes of the other threads of a core that a lcore or vCPU is on.
    public var smt = SMT.idle
    /// Whether pvp.target is started at boot.
    public var autostart = false
    /// Where metrics are served: a path below `/run`, or a loopback address and port.
    public var metricsListen: String?
    /// Where it was read.
    public var source = SectionSource()
    /// The section with every default.
    public init() {}
}

/// Which end of the chain a machine is.
public enum Role: String, CaseIterable, Hashable, Sendable {
    /// It has the NICs, and the guests.
    case host
    /// It is such a guest, and its NICs are the vhost-user interfaces: what comes in on one goes out on the next.
    case guest
}

/// What becomes of the other threads of a core that a lcore or vCPU is on.
public enum SMT: String, CaseIterable, Hashable, Sendable {
    /// They are isolated and have nothing to do: each lcore and vCPU has a core of its own.
    case idle
    /// They are lcores or vCPUs of the same testpmd or guest.
    case use
}

/// `[Hugepages]`: the memory of testpmd and the guests.
public struct HugepagesSection: ConfigSection {
    /// The size of one page.
    public var pageSize = PageSize.gigabyte
    /// Pages in all or per node.
    public var pages = Auto<PageCounts>.auto
    /// Where it was read.
    public var source = SectionSource()
    /// The section with every default.
    public init() {}
}

/// A size of hugepages.
public enum PageSize: String, CaseIterable, Hashable, Sendable {
    /// 2 MiB.
    case megabytes = "2M"
    /// 1 GiB.
    case gigabyte = "1G"

    /// The size in bytes.
    public var bytes: UInt64 { self == .gigabyte ? 1 << 30 : 2 << 20 }
}

/// How many hugepages: in all, or per NUMA node.
public enum PageCounts: Hashable, Sendable {
    /// In all, on the node that needs them.
    case total(Int)
    /// Node number to pages.
    case perNode([Int: Int])
}

/// `[NIC]`: a network function that testpmd takes over.
public struct NICSection: NamedSection {
    /// Its name in messages and in `pvpgen plan`.
    public var name: String?
    /// Where it is.
    public var pciAddress: PCIAddress?
    /// Its permanent MAC address.
    public var macAddress: MACAddress?
    /// The way to it through bridges.
    public var path: PCIPath?
    /// Who drives it.
    public var driver = NICDriver.vfioPCI
    /// How many virtual functions are made and used in its place; 0 for the NIC itself.
    public var virtualFunctions = 0
    /// The testpmd that it belongs to, when there is more than one.
    public var testpmd: String?
    /// Whether it is taken although the host's network uses it.
    package var force = false
    /// Where it was read.
    public var source = SectionSource()
    /// Whether there is a mistake in it.
    public var isWrong = false
    /// The section with every default.
    public init() {}

    /// All that it is named by; a sound section has one.
    public var places: [NICPlace] {
        var places: [NICPlace] = []
        if let pciAddress { places.append(.address(pciAddress)) }
        if let macAddress { places.append(.mac(macAddress)) }
        if let path { places.append(.path(path)) }
        return places
    }
}

/// Who drives a NIC while testpmd uses it.
public enum NICDriver: String, CaseIterable, Hashable, Sendable {
    /// User space, through VFIO.
    case vfioPCI = "vfio-pci"
    /// Its kernel driver, beside a bifurcated driver of DPDK's such as mlx5 (DPDK: doc/guides/linux_gsg/linux_drivers.rst).
    case none
}

/// `[Testpmd]`: a testpmd that forwards between the NICs and the guest.
public struct TestpmdSection: NamedSection {
    /// The unit's name without `.service`.
    public var name: String?
    /// CPUs of the forwarding lcores.
    public var cpus = Auto<CPUSet>.auto
    /// How many forwarding lcores.
    public var forwardingLcores = Auto<Int>.auto
    /// What is done with each packet.
    public var forwardMode = ForwardMode.io
    /// Receive and transmit queues of each port.
    public var queues = 1
    /// Descriptors in each queue.
    public var descriptors = 1024
    /// Memory in bytes.
    public var memory: UInt64 = 1 << 30
    /// The program.
    public var binary: String? = "/usr/bin/dpdk-testpmd"
    /// CPU of the main lcore.
    public var mainLcore = Auto<Int>.auto
    /// NUMA node of its CPUs and memory.
    public var numaNode = Auto<Int>.auto
    /// How long it may take to stop, in seconds.
    public var stopTimeout = 30
    /// Whose members may look at its console.
    public var readOnlyGroup: String?
    /// Where it was read.
    public var source = SectionSource()
    /// Whether there is a mistake in it.
    public var isWrong = false
    /// The section with every default.
    public init() {}
}

/// Forwarding modes that a chain through a guest can use (DPDK: doc/guides/testpmd_app_ug/run_app.rst).
public enum ForwardMode: String, CaseIterable, Hashable, Sendable {
    /// As it came.
    case io
    /// With the port's own MAC addresses.
    case mac
    /// With source and destination MAC swapped.
    case macswap
}

/// When a guest counts as started.
public enum ReadyWhen: String, CaseIterable, Hashable, Sendable {
    /// It runs.
    case running
    /// Its driver has set up the rings of all its vhost-user interfaces.
    case vhost
    /// Its agent has told libvirt that it is there.
    case agent
    /// Its SSH server answers at its management address.
    case ssh
}

/// `[Guest]`: a virtual machine on testpmd's vhost-user ports.
public struct GuestSection: NamedSection {
    /// The domain's name, and that of its unit's instance.
    public var name: String?
    /// A disk image: a path, or a URL.
    public var image: String?
    /// What its checksum must be.
    public var imageChecksum: Checksum?
    /// Where an image from a URL lies.
    public var imageFile: String?
    /// A public key for root in the guest.
    public var sshKey: String?
    /// How the key gets there.
    public var prepare = Auto<Preparation>.auto
    /// A file with the hash of root's password.
    public var rootPasswordFile: String?
    /// What is taken out of the image.
    public var uninstall: Unwanted?
    /// A kernel to boot instead of what the image has.
    public var kernel: String?
    /// Its initial RAM disk.
    public var initrd: String?
    /// Its command line.
    public var kernelCommandLine: String?
    /// CPUs for the vCPUs, in ascending order.
    public var cpus = Auto<CPUSet>.auto
    /// How many vCPUs.
    public var vCPUs = Auto<Int>.auto
    /// Memory in bytes.
    public var memory: UInt64 = 4 << 30
    /// Descriptors in each ring of its interfaces.
    public var ringSize = 1024
    /// Queue pairs of each of its interfaces.
    public var queues = Auto<Int>.auto
    /// Whether it has an IOMMU, and its interfaces are behind it.
    public var iommu = false
    /// Whether the rings of its interfaces may be packed ones.
    public var packedRing = false
    /// QEMU's machine type.
    public var machine = "q35"
    /// The QEMU to use.
    public var emulator: String?
    /// Whether it is told to run a testpmd on its interfaces.
    public var testpmdInside = false
    /// Files with XML for its domain.
    public var domainXML: [String] = []
    /// The testpmd that its interfaces are connected to, when there is more than one.
    public var testpmd: String?
    /// CPUs of QEMU's own threads.
    public var emulatorCPUs = Auto<CPUSet>.auto
    /// NUMA node of its CPUs and memory.
    public var numaNode = Auto<Int>.auto
    /// When it counts as started.
    public var readyWhen = ReadyWhen.vhost
    /// How long that may take, in seconds.
    public var startTimeout = 180
    /// How long it may take to shut down, in seconds.
    public var stopTimeout = 60
    /// Whether it is on the management network.
    public var network = true
    /// Its MAC address there.
    public var managementMAC = Auto<MACAddress>.auto
    /// Its address there.
    public var address = Auto<IPv4Address>.auto
    /// The host's port that leads to its ssh; 0 for none.
    public var sshPort = Auto<Int>.auto
    /// The host's address that the port is on; all of them if it is not given.
    public var sshListen: String?
    /// Where it was read.
    public var source = SectionSource()
    /// Whether there is a mistake in it.
    public var isWrong = false

    /// A guest of which nothing is set.
    public static let defaults = GuestSection()

    /// The section with every default.
    public init() {}
}
