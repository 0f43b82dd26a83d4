package import Values

/// A section of the configuration: its name there and its settings.
package protocol ConfigSection: Hashable, Sendable {
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

/// A section that may repeat, identified by `Name=`.
package protocol NamedSection: ConfigSection {
    /// `Name=`, or the name that follows from the index of the section.
    var name: String? { get set }
    /// Returns the name of the unnamed section with that index, counted from 0.
    static func ordinalName(_ index: Int) -> String
    /// Whether an unnamed one in a drop-in means the first, as where there is usually one, or adds
    /// another.
    static var isUsuallyOne: Bool { get }
    /// Whether the section has an error: it keeps its index, and is not used.
    var isWrong: Bool { get set }
}

/// `[Host]`: the machine as a whole.
package struct HostSection: OptionSection {
    /// Which end of the chain this machine is.
    package var role = Role.host
    /// CPUs that nothing but testpmd and guests may use.
    package var isolatedCPUs = Auto<CPUSet>.auto
    /// Arguments to add to the planned ones on the kernel command line.
    package var kernelArguments: [String] = []
    /// What becomes of the other threads of a core that a lcore or vCPU is on.
    package var smt = SMT.idle
    /// What needs no planning.
    package var options = HostOptions()
    /// Where it was read.
    package var source = SectionSource()
    /// The section with every default.
    package init() {}
}

/// Which end of the chain a machine is.
package enum Role: String, CaseIterable, Hashable, Sendable {
    /// It has the NICs, and the guests.
    case host
    /// It is such a guest, and its NICs are the vhost-user interfaces: what comes in on one goes
    /// out on the next.
    case guest
}

/// What becomes of the other threads of a core that a lcore or vCPU is on.
package enum SMT: String, CaseIterable, Hashable, Sendable {
    /// They are isolated and have nothing to do: each lcore and vCPU has a core of its own.
    case idle
    /// They are lcores or vCPUs of the same testpmd or guest.
    case use
}

/// `[Hugepages]`: the memory of testpmd and the guests.
package struct HugepagesSection: ConfigSection {
    /// The size of one page.
    package var pageSize = PageSize.gigabyte
    /// Pages in all or per node.
    package var pages = Auto<PageCounts>.auto
    /// Where it was read.
    package var source = SectionSource()
    /// The section with every default.
    package init() {}
}

/// A size of hugepages.
package enum PageSize: String, CaseIterable, Hashable, Sendable {
    /// 2 MiB.
    case megabytes = "2M"
    /// 1 GiB.
    case gigabyte = "1G"

    /// The size in bytes.
    package var bytes: UInt64 { self == .gigabyte ? 1 << 30 : 2 << 20 }
    /// The size as one of those that a kernel may have.
    package var hugepageSize: HugepageSize { HugepageSize(kibibytes: Int(bytes >> 10)) }
}

/// How many hugepages: in all, or per NUMA node.
package enum PageCounts: Hashable, Sendable {
    /// In all, on the node that needs them.
    case total(Int)
    /// Node number to pages.
    case perNode([Int: Int])
}

/// `[NIC]`: a network function that testpmd takes over.
package struct NICSection: NamedSection, OptionSection {
    /// Its name in messages and in `pvpgen plan`.
    package var name: String?
    /// Where it is.
    package var pciAddress: PCIAddress?
    /// Its permanent MAC address.
    package var macAddress: MACAddress?
    /// The way to it through bridges.
    package var path: PCIPath?
    /// Number of virtual functions to create and use in its place; 0 for the NIC itself.
    package var virtualFunctions = 0
    /// The testpmd that it belongs to, when there is more than one.
    package var testpmd: String?
    /// The generator that it belongs to, instead of a testpmd.
    package var generator: String?
    /// What needs no planning.
    package var options = NICOptions()
    /// Where it was read.
    package var source = SectionSource()
    /// Whether the section has an error.
    package var isWrong = false
    /// The section with every default.
    package init() {}

    /// All that it is named by; a sound section has one.
    package var selectors: [NICSelector] {
        var selectors: [NICSelector] = []
        if let pciAddress { selectors.append(.address(pciAddress)) }
        if let macAddress { selectors.append(.mac(macAddress)) }
        if let path { selectors.append(.path(path)) }
        return selectors
    }
}

/// `[Testpmd]`: a testpmd that forwards between the NICs and the guest.
package struct TestpmdSection: NamedSection, OptionSection {
    /// The unit's name without `.service`.
    package var name: String?
    /// CPUs of the forwarding lcores.
    package var cpus = Auto<CPUSet>.auto
    /// How many forwarding lcores.
    package var forwardingLcores = Auto<Int>.auto
    /// Memory in bytes.
    package var memory: UInt64 = 1 << 30
    /// CPU of the main lcore.
    package var mainLcore = Auto<Int>.auto
    /// NUMA node of its CPUs and memory.
    package var numaNode = Auto<Int>.auto
    /// What needs no planning.
    package var options = TestpmdOptions()
    /// Where it was read.
    package var source = SectionSource()
    /// Whether the section has an error.
    package var isWrong = false
    /// The section with every default.
    package init() {}
}

/// `[Guest]`: a virtual machine on testpmd's vhost-user ports.
package struct GuestSection: NamedSection, OptionSection {
    /// The domain's name, and that of its unit's instance.
    package var name: String?
    /// A disk image: a path, or a URL.
    package var image: String?
    /// What its checksum must be.
    package var imageChecksum: Checksum?
    /// Where an image from a URL lies.
    package var imageFile: String?
    /// A public key for root in the guest.
    package var sshKey: String?
    /// How the key gets there.
    package var prepare = Auto<Preparation>.auto
    /// A file with the hash of root's password.
    package var rootPasswordFile: String?
    /// What is taken out of the image.
    package var uninstall: PackageToRemove?
    /// CPUs for the vCPUs, in ascending order.
    package var cpus = Auto<CPUSet>.auto
    /// How many vCPUs.
    package var vCPUs = Auto<Int>.auto
    /// Memory in bytes.
    package var memory: UInt64 = 4 << 30
    /// Descriptors in each ring of its interfaces.
    package var ringSize = 1024
    /// Queue pairs of each of its interfaces.
    package var queues = Auto<Int>.auto
    /// Whether the rings of its interfaces may be packed ones.
    package var packedRing = false
    /// Files with XML for its domain.
    package var domainXML: [String] = []
    /// The testpmd that its interfaces are connected to, when there is more than one.
    package var testpmd: String?
    /// CPUs of QEMU's own threads.
    package var emulatorCPUs = Auto<CPUSet>.auto
    /// NUMA node of its CPUs and memory.
    package var numaNode = Auto<Int>.auto
    /// Whether it is on the management network.
    package var network = true
    /// Its MAC address there.
    package var managementMAC = Auto<MACAddress>.auto
    /// Its address there.
    package var address = Auto<IPv4Address>.auto
    /// The host's port that leads to its ssh; 0 for none.
    package var sshPort = Auto<Int>.auto
    /// The host's address that the port is on; all of them if it is not given.
    package var sshListen: String?
    /// What needs no planning.
    package var options = GuestOptions()
    /// Where it was read.
    package var source = SectionSource()
    /// Whether the section has an error.
    package var isWrong = false

    /// A guest of which nothing is set.
    package static let defaults = GuestSection()

    /// The section with every default.
    package init() {}
}
