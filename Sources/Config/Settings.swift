extension HostSection {
    /// `[Host]`
    public static let title = "Host"
    /// What `[Host]` is for.
    public static let documentation =
        "The machine as a whole: the CPUs that nothing but testpmd and guests may use, and its boot."
    /// The settings of `[Host]`.
    public static let settings: [Setting<HostSection>] = [
        Setting(
            "Role", \.role, .word(), default: "host",
            "Which end of the chain this machine is: guest in a virtual machine whose testpmd sends back what comes in"),
        Setting(
            "IsolatedCPUs", \.isolatedCPUs, .auto(or: .cpus), default: "auto",
            "CPUs that the scheduler, timer ticks and interrupts keep off"),
        Setting("KernelArguments", \.kernelArguments, .kernelArguments, "Kernel arguments to add to the planned ones"),
        Setting(
            "SMT", \.smt, .word(), default: "idle",
            "Other threads of the cores that lcores and vCPUs are on: idle, or used as more of the same testpmd's or guest's"),
        Setting("Autostart", \.autostart, .boolean, default: "no", "Whether pvp.target is started at boot"),
        Setting("MetricsListen", \.metricsListen, .listen, "Where counters of ports are served as OpenMetrics; nowhere if it is not given"),
    ]
}

extension HugepagesSection {
    /// `[Hugepages]`
    public static let title = "Hugepages"
    /// What `[Hugepages]` is for.
    public static let documentation =
        "The memory that testpmd and the guests live in. It is reserved at boot, node by node, and read back."
    /// The settings of `[Hugepages]`.
    public static let settings: [Setting<HugepagesSection>] = [
        Setting("PageSize", \.pageSize, .word(), default: "1G", "Size of the pages that testpmd and the guests live in"),
        Setting("Pages", \.pages, .auto(or: .pages), default: "auto", "Pages to reserve: in all, or per NUMA node"),
    ]
}

extension NICSection {
    /// `[NIC]`
    public static let title = "NIC"
    /// What `[NIC]` is for.
    public static let documentation =
        "A network card's function that testpmd takes over. There is a section for each; they forward to each other in pairs, through the guest."
    /// nic0, nic1 and so on.
    public static func ordinalName(_ place: Int) -> String { "nic\(place)" }
    /// A drop-in adds NICs.
    public static let isUsuallyOne = false
    /// The settings of `[NIC]`.
    public static let settings: [Setting<NICSection>] = [
        Setting("Name", \.name, .name, default: "nic0, nic1 and so on", "Name of the NIC in messages and tables"),
        Setting("PCIAddress", \.pciAddress, .pciAddress, "Its PCI address, as lspci -D prints it; this, MACAddress= or Path= is needed"),
        Setting(
            "MACAddress", \.macAddress, .macAddress, "Its permanent MAC address; pvpgen install looks where it is and which card it is on"),
        Setting("Path", \.path, .pciPath, "The way to it through bridges, as lspci -DP prints it: stays when buses are renumbered"),
        Setting(
            "Driver", \.driver, .word(), default: "vfio-pci",
            "Who drives it: none for one that stays with its kernel driver (mlx4, mlx5, mana)"),
        Setting(
            "VirtualFunctions", \.virtualFunctions, .integer(0...256), default: "0",
            "Virtual functions to make on it; these are the NICs then, NAME-vf0 and so on, and it stays with its kernel driver"),
        Setting(
            "Testpmd", \.testpmd, .testpmdName, "The testpmd that it belongs to, where pairs of NICs are not simply one for each testpmd"),
        Setting(
            "Force", \.force, .boolean, default: "no",
            "Takes the NIC although the host's own network uses it: an address or a route now, or when pvpgen install recorded the network"),
    ]
}

extension TestpmdSection {
    /// `[Testpmd]`
    public static let title = "Testpmd"
    /// What `[Testpmd]` is for.
    public static let documentation =
        "DPDK's testpmd, which forwards between the NICs and the guest's vhost-user interfaces. It is a service of its own."
    /// testpmd for the first, testpmd-1 for the next.
    public static func ordinalName(_ place: Int) -> String { place == 0 ? "testpmd" : "testpmd-\(place)" }
    /// A drop-in changes the first.
    public static let isUsuallyOne = true
    /// The settings of `[Testpmd]`.
    public static let settings: [Setting<TestpmdSection>] = [
        Setting("Name", \.name, .testpmdName, default: "testpmd", "Name of its unit, without .service: testpmd, or testpmd- and more"),
        Setting(
            "CPUs", \.cpus, .auto(or: .cpus), default: "auto", "CPUs of the forwarding lcores; the main lcore stays on a housekeeping CPU"),
        Setting(
            "ForwardingLcores", \.forwardingLcores, .auto(or: .integer(1...128, "lcores")), default: "auto",
            "How many lcores forward; auto is one for each queue of each port"),
        Setting("ForwardMode", \.forwardMode, .word(), default: "io", "What is done with each packet"),
        Setting("Queues", \.queues, .integer(1...64, "queues"), default: "1", "Receive and transmit queues of each port"),
        Setting(
            "Descriptors", \.descriptors, .integer(64...4096, "descriptors"), default: "1024", "Descriptors in each queue of each port"),
        Setting("Memory", \.memory, .size, default: "1G", "Memory for its packet buffers, on its NUMA node"),
        Setting("Binary", \.binary, .path, default: "/usr/bin/dpdk-testpmd", "The program"),
        Setting(
            "MainLcore", \.mainLcore, .auto(or: .integer(0...8191)), default: "auto",
            "CPU of the main lcore, a housekeeping one; auto is the first of its NUMA node"),
        Setting(
            "NUMANode", \.numaNode, .auto(or: .integer(0...1023)), default: "auto",
            "NUMA node of its CPUs and memory; auto is that of its NICs"),
        Setting("StopTimeout", \.stopTimeout, .timeSpan(1...3600), default: "30s", "How long it may take to stop before it is killed"),
        Setting("ReadOnlyGroup", \.readOnlyGroup, .name, "Group of /etc/group whose members may look at its console, without typing"),
    ]
}

extension GuestSection {
    /// `[Guest]`
    public static let title = "Guest"
    /// What `[Guest]` is for.
    public static let documentation = "A virtual machine of libvirt, with vhost-user interfaces to a testpmd."
    /// guest for the first, guest-1 for the next.
    public static func ordinalName(_ place: Int) -> String { place == 0 ? "guest" : "guest-\(place)" }
    /// A drop-in changes the first.
    public static let isUsuallyOne = true
    /// The settings of `[Guest]`.
    public static let settings: [Setting<GuestSection>] = [
        Setting("Name", \.name, .name, default: "guest", "Name of the libvirt domain, and of its unit: pvp-guest@NAME.service"),
        Setting(
            "Image", \.image, .image,
            "Disk image (qcow2 or raw): a path on this host or a URL; the guest writes to a disk of its own over it",
            need: .unless("Kernel")),
        Setting("ImageChecksum", \.imageChecksum, .checksum, "Checksum that the image must have"),
        Setting(
            "ImageFile", \.imageFile, .path,
            "Where an image from a URL is put; in /var/lib/pvpgen/images, by the last part of the URL, if it is not given"),
        Setting("SSHKey", \.sshKey, .path, "File on this host with the public key that may log in as root in the guest"),
        Setting(
            "Prepare", \.prepare, .auto(or: .word()), default: "auto",
            "How the key gets into the guest: as a systemd credential (252 or later), by cloud-init or by virt-sysprep; auto is credentials if there is a key"
        ),
        Setting(
            "RootPasswordFile", \.rootPasswordFile, .path,
            "File on this host with the hash of root's password, as crypt(3) makes it; for Prepare=sysprep. No password is set without it"),
        Setting(
            "Uninstall", \.uninstall, .word(), "What is taken out of the guest's disk: a package that the image has; for Prepare=sysprep"),
        Setting("Kernel", \.kernel, .path, "Kernel to boot instead of what the image holds"),
        Setting("Initrd", \.initrd, .path, "Initial RAM disk for Kernel="),
        Setting("KernelCommandLine", \.kernelCommandLine, .text, "Command line for Kernel="),
        Setting("CPUs", \.cpus, .auto(or: .cpus), default: "auto", "CPUs for the vCPUs, in ascending order"),
        Setting(
            "VCPUs", \.vCPUs, .auto(or: .integer(1...128, "vCPUs")), default: "auto", "How many vCPUs; auto is 3, or as many as CPUs= names"
        ),
        Setting("Memory", \.memory, .size, default: "4G", "Memory, in hugepages on its NUMA node"),
        Setting(
            "RingSize", \.ringSize, .integer(64...1024, "descriptors"), default: "1024",
            "Descriptors in each ring of its interfaces; a power of two"),
        Setting(
            "Queues", \.queues, .auto(or: .integer(1...64, "queues")), default: "auto",
            "Queue pairs of each interface; auto is those of its testpmd"),
        Setting(
            "IOMMU", \.iommu, .boolean, default: "no",
            "Whether it has an IOMMU with its interfaces behind it, for a vfio-pci in the guest that protects its memory; a buffer's first use loses a packet, so warm up"
        ),
        Setting("PackedRing", \.packedRing, .boolean, default: "no", "Whether its interfaces offer packed rings"),
        Setting("Machine", \.machine, .machine, default: "q35", "QEMU's machine type; a version of it stays the same with a newer QEMU"),
        Setting(
            "DomainXML", \.domainXML, .domainXML,
            "File of XML that its domain gets as well: elements for <devices>, and inside of a <domain> those for <domain>"),
        Setting("Emulator", \.emulator, .path, "The QEMU to use; libvirt's choice if it is not given"),
        Setting(
            "GuestTestpmd", \.testpmdInside, .boolean, default: "no",
            "Whether it is told to run a testpmd on its interfaces, with MAC addresses swapped; pvpgen has to be installed in it"),
        Setting(
            "Testpmd", \.testpmd, .testpmdName, "The testpmd that its interfaces are connected to, where it is not the only one or its own"),
        Setting(
            "EmulatorCPUs", \.emulatorCPUs, .auto(or: .cpus), default: "auto",
            "CPUs of QEMU's own threads, housekeeping ones; auto is the first core of its NUMA node"),
        Setting(
            "NUMANode", \.numaNode, .auto(or: .integer(0...1023)), default: "auto",
            "NUMA node of its CPUs and memory; auto is that of its testpmd"),
        Setting(
            "ReadyWhen", \.readyWhen, .word(), default: "vhost",
            "When it counts as started: it runs, its driver is on all vhost-user interfaces, its agent is there, its SSH server answers"),
        Setting(
            "StartTimeout", \.startTimeout, .timeSpan(1...3600), default: "3min", "How long that may take before the guest is given up"),
        Setting(
            "StopTimeout", \.stopTimeout, .timeSpan(1...3600), default: "60s", "How long it may take to shut down before it is switched off"
        ),
        Setting("Network", \.network, .boolean, default: "yes", "Whether it is on the management network of [Network]"),
        Setting(
            "MACAddress", \.managementMAC, .auto(or: .macAddress), default: "auto",
            "Its MAC address on the management network; auto is made of its name and the machine's id"),
        Setting(
            "Address", \.address, .auto(or: .ipv4Address), default: "auto",
            "Its address on the management network, by DHCP; auto is the next that is free"),
        Setting(
            "SSHPort", \.sshPort, .auto(or: .integer(0...65535)), default: "auto",
            "Port of this host that leads to its ssh, 0 for none; auto is 2222 for an only guest, and none where there are more"),
        Setting(
            "SSHListen", \.sshListen, .listenAddress, "Address of this host that SSHPort= is on; all of them if it is not given"),
    ]
}
