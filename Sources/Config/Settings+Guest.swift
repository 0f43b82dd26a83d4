extension GuestSection {
    /// `[Guest]`
    package static let title = "Guest"
    /// What `[Guest]` is for.
    package static let documentation =
        "Describes a libvirt guest with vhost-user interfaces to a testpmd. Each runs as pvp-guest@NAME.service."
    /// guest for the first, guest-1 for the next.
    package static func ordinalName(_ index: Int) -> String { index == 0 ? "guest" : "guest-\(index)" }
    /// A drop-in changes the first.
    package static let isUsuallyOne = true
    /// The settings of `[Guest]`.
    package static let settings: [Setting<GuestSection>] = [
        Setting(
            "Name", \.name, .name, default: "guest",
            summary: "Name of the libvirt domain and of its unit",
            description: "Specifies the name of the libvirt domain and of its unit, pvp-guest@NAME.service."),
        Setting(
            "Image", \.image, .image,
            summary: "Backing image (qcow2 or raw): a path or a URL",
            description:
                "Specifies the backing image of the guest's disk, in qcow2 or raw format: a path on this host, "
                + "or a URL. The image is only read and can be shared; the guest writes to an overlay disk in "
                + "/var/lib/pvpgen/guests/NAME/.",
            need: .unless("Kernel")),
        Setting(
            "ImageChecksum", \.imageChecksum, .checksum,
            summary: "Checksum of the image",
            description: "Specifies the expected checksum of the image. An image with another checksum is not used."),
        Setting(
            "ImageFile", \.imageFile, .path,
            summary: "File that an image from a URL is stored in",
            description:
                "Specifies the file in which an image from a URL is stored. If not set, the file is in "
                + "/var/lib/pvpgen/images/, with a name derived from the URL."),
        Setting(
            "SSHKey", \.sshKey, .path,
            summary: "File with the public key that can log in as root",
            description: "Specifies a file on this host with the SSH public key that can log in as root in the guest."),
        Setting(
            "Prepare", \.prepare, .auto(or: .word()), default: "auto",
            summary: "Way in which SSHKey= reaches the guest",
            description:
                "Specifies how the SSH key and the host key reach the guest. credentials: as systemd credentials at "
                + "each boot (systemd 252 or later in the guest). cloud-init: through a cloud-init seed. "
                + "sysprep: virt-sysprep writes them to the disk before the first boot. none: not at all. "
                + "auto: credentials if SSHKey= is set, otherwise none."),
        Setting(
            "RootPasswordFile", \.rootPasswordFile, .path,
            summary: "File with the hash of the root password, for Prepare=sysprep",
            description:
                "Specifies a file on this host with the hash of the root password, in the format of crypt(3). "
                + "Requires Prepare=sysprep. If not set, no password is set."),
        Setting(
            "Uninstall", \.uninstall, .word(),
            summary: "Package to remove from the guest's disk, for Prepare=sysprep",
            description:
                "Specifies a package to remove from the guest's disk. Requires Prepare=sysprep. "
                + "cloud-init: the package cloud-init."
        ),
        Setting(
            "Kernel", option: \.kernel, .path,
            summary: "Kernel to boot instead of the image's boot loader",
            description:
                "Specifies a kernel on this host that the guest boots directly, instead of the boot loader of the "
                + "image."
        ),
        Setting(
            "Initrd", option: \.initrd, .path,
            summary: "Initial RAM disk for Kernel=",
            description: "Specifies the initial RAM disk for the kernel of Kernel=."),
        Setting(
            "KernelCommandLine", option: \.kernelCommandLine, .text,
            summary: "Kernel command line for Kernel=",
            description: "Specifies the kernel command line for the kernel of Kernel=."),
        Setting(
            "CPUs", \.cpus, .auto(or: .cpus), default: "auto",
            summary: "CPUs of the vCPUs, in ascending order",
            description:
                "Specifies the CPUs that the vCPUs are pinned to, in ascending order. auto: free cores of the NUMA "
                + "node."
        ),
        Setting(
            "VCPUs", \.vCPUs, .auto(or: .integer(1...128, "vCPUs")), default: "auto",
            summary: "Number of vCPUs",
            description: "Specifies the number of vCPUs. auto: as many as CPUs= names, otherwise 3."),
        Setting(
            "Memory", \.memory, .size, default: "4G",
            summary: "Memory, in hugepages on the NUMA node",
            description: "Specifies the memory of the guest, in hugepages on its NUMA node."),
        Setting(
            "RingSize", \.ringSize, .integer(64...1024, "descriptors"), default: "1024",
            summary: "Descriptors in each virtqueue, a power of two",
            description:
                "Specifies the number of descriptors in each virtqueue of the guest's interfaces. Takes a power of two."
        ),
        Setting(
            "Queues", \.queues, .auto(or: .integer(1...64, "queues")), default: "auto",
            summary: "Queue pairs of each interface",
            description: "Specifies the number of queue pairs of each interface. auto: the queues of the testpmd."),
        Setting(
            "IOMMU", option: \.hasIOMMU, .boolean, default: "no",
            summary: "Virtual IOMMU with the interfaces behind it",
            description:
                "Takes a boolean. If enabled, the guest has a virtual IOMMU with its interfaces behind it, "
                + "so that vfio-pci in the guest protects the guest's memory. The first use of each packet buffer "
                + "can lose a packet, so send warm-up traffic before a measurement."),
        Setting(
            "PackedRing", \.packedRing, .boolean, default: "no",
            summary: "Offer packed virtqueues",
            description:
                "Takes a boolean. If enabled, the interfaces offer packed virtqueues; the driver in the guest "
                + "decides."),
        Setting(
            "Machine", option: \.machine, .machine, default: "q35",
            summary: "QEMU machine type: q35 or a version of it",
            description:
                "Specifies the QEMU machine type. A versioned type, such as pc-q35-7.2, stays the same when QEMU is "
                + "upgraded."
        ),
        Setting(
            "DomainXML", \.domainXML, .domainXML,
            summary: "File with XML to add to the libvirt domain",
            description:
                "Specifies a file with XML elements to add to the libvirt domain: elements for <devices>, "
                + "or a <domain> element whose children are added to <domain>."),
        Setting(
            "Emulator", option: \.emulatorPath, .path,
            summary: "Path of the QEMU program",
            description: "Specifies the path of the QEMU program. If not set, libvirt selects it."),
        Setting(
            "Build", option: \.build, .name,
            summary: "Build of QEMU that provides the program, instead of Emulator=",
            description:
                "Specifies the name of a [Build] section with Project=qemu, whose result provides the program "
                + "instead of Emulator=. 'pvpgen build' creates the result."),
        Setting(
            "GuestTestpmd", option: \.guestTestpmd, .boolean, default: "no",
            summary: "Run testpmd in the guest",
            description:
                "Takes a boolean. If enabled, the guest receives a configuration as a systemd credential and runs a "
                + "testpmd on its interfaces that exchanges MAC addresses and sends each packet back. "
                + "pvpgen and DPDK must be installed in the guest."
        ),
        Setting(
            "Testpmd", \.testpmd, .testpmdName,
            summary: "testpmd that the interfaces are connected to",
            description:
                "Specifies the testpmd that the interfaces are connected to. If not set in any [Guest] section, "
                + "the only testpmd, or the testpmds in the order of the sections."),
        Setting(
            "EmulatorCPUs", \.emulatorCPUs, .auto(or: .cpus), default: "auto",
            summary: "CPUs of QEMU's own threads, housekeeping CPUs",
            description:
                "Specifies the CPUs of QEMU's own threads, which must be housekeeping CPUs. "
                + "auto: the first core of the NUMA node."
        ),
        Setting(
            "NUMANode", \.numaNode, .auto(or: .integer(0...1023)), default: "auto",
            summary: "NUMA node of the CPUs and the memory",
            description: "Specifies the NUMA node of the CPUs and the memory. auto: the NUMA node of the testpmd."),
        Setting(
            "ReadyWhen", option: \.readyWhen, .word(), default: "vhost",
            summary: "Condition for a started guest: running, vhost, agent or ssh",
            description:
                "Specifies when the guest is considered started. running: the domain is running. "
                + "vhost: the driver in the guest has set up all vhost-user interfaces. "
                + "agent: qemu-guest-agent is connected. ssh: the SSH server on the management address responds."),
        Setting(
            "StartTimeout", option: \.startTimeout, .timeSpan(1...3600), default: "3min",
            summary: "Time to meet ReadyWhen= before the start fails",
            description:
                "Specifies how long the guest may take to meet the condition of ReadyWhen=. "
                + "After that, the start fails and is not retried. Half of it is for the creation of the domain."),
        Setting(
            "StopTimeout", option: \.stopTimeout, .timeSpan(1...3600), default: "60s",
            summary: "Time to shut down before the guest is destroyed",
            description: "Specifies how long the guest may take to shut down before it is destroyed."),
        Setting(
            "Network", \.network, .boolean, default: "yes",
            summary: "Connect the guest to the management network",
            description:
                "Takes a boolean. If enabled, the guest has an interface on the management network of [Network]."),
        Setting(
            "MACAddress", \.managementMAC, .auto(or: .macAddress), default: "auto",
            summary: "MAC address on the management network",
            description:
                "Specifies the MAC address on the management network. auto: derived from the name of the guest and "
                + "the machine ID."
        ),
        Setting(
            "Address", \.address, .auto(or: .ipv4Address), default: "auto",
            summary: "Address on the management network, assigned by DHCP",
            description:
                "Specifies the address on the management network, assigned by DHCP. auto: the next free address."),
        Setting(
            "SSHPort", \.sshPort, .auto(or: .integer(0...65535)), default: "auto",
            summary: "Port of this host that is forwarded to the guest's SSH port",
            description:
                "Specifies the port of this host that pvp-ssh@NAME.socket forwards to port 22 of the guest. "
                + "0: no port. auto: 2222 if there is one guest, no port if there are more."),
        Setting(
            "SSHListen", \.sshListen, .listenAddress,
            summary: "Address of this host for SSHPort=",
            description: "Specifies the address of this host that SSHPort= listens on. If not set, all addresses."),
    ]
}
