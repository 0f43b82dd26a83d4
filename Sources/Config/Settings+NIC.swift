extension ValueType where Value == String {
    /// One argument of EAL: printable, without spaces, and without a comma that separates nothing.
    static let deviceArguments = ValueType(
        "KEY=VALUE, several separated by commas, such as mprq_en=1,rxq_cqe_comp_en=0"
    ) { text in
        let items = text.split(separator: ",", omittingEmptySubsequences: false)
        let isClean = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && !"\"'\\".utf8.contains($0) }
        return isClean && items.allSatisfy { !$0.isEmpty && $0.first != "=" } ? text : nil
    }
}

extension NICSection {
    /// `[NIC]`
    package static let title = "NIC"
    /// What `[NIC]` is for.
    package static let documentation =
        "Describes a NIC that testpmd uses. One section for each NIC; NICs form pairs in the order of their sections. "
        + "PCIAddress=, MACAddress= or Path= identifies the NIC."
    /// nic0, nic1 and so on.
    package static func ordinalName(_ index: Int) -> String { "nic\(index)" }
    /// A drop-in adds NICs.
    package static let isUsuallyOne = false
    /// The settings of `[NIC]`.
    package static let settings: [Setting<NICSection>] = [
        Setting(
            "Name", \.name, .name, default: "nic0, nic1 and so on",
            summary: "Name of the NIC",
            description: "Specifies the name of the NIC in messages, tables and Peer=."),
        Setting(
            "PCIAddress", \.pciAddress, .pciAddress,
            summary: "PCI address of the NIC, as printed by 'lspci -D'",
            description:
                "Specifies the PCI address of the NIC, as printed by 'lspci -D'. PCIAddress=, MACAddress= or Path= is "
                + "required."
        ),
        Setting(
            "MACAddress", \.macAddress, .macAddress,
            summary: "Permanent MAC address of the NIC",
            description:
                "Specifies the permanent MAC address of the NIC. pvpgen install looks up the PCI address and the "
                + "serial number of the card while the kernel driver is bound, and records them in "
                + "/var/lib/pvpgen/nics. If the card is moved or replaced, run pvpgen install again."),
        Setting(
            "Path", \.path, .pciPath,
            summary: "PCI path of the NIC, as printed by 'lspci -DP'",
            description:
                "Specifies the path to the NIC through PCI bridges, as printed by 'lspci -DP'. "
                + "The path stays the same when bus numbers change."),
        Setting(
            "Driver", option: \.driver, .word(), default: "vfio-pci",
            summary: "Driver while testpmd uses the NIC: vfio-pci or none",
            description:
                "Specifies the driver of the NIC while testpmd uses it. vfio-pci: pvp-vfio@.service binds the NIC to "
                + "vfio-pci and restores the previous driver on stop. none: the NIC stays bound to its kernel "
                + "driver, as bifurcated DPDK drivers require (mlx4, mlx5, mana)."),
        Setting(
            "DeviceArguments", option: \.deviceArguments, .deviceArguments,
            summary: "Arguments for the driver of the NIC in DPDK, such as mprq_en=1",
            description:
                "Specifies arguments for the driver of the NIC in DPDK (devargs), which follow its address in -a. "
                + "pvpgen check has EAL's parser read them; the driver checks names and values when testpmd starts. "
                + "An argument that adds ports, such as representor=, is refused."),
        Setting(
            "VirtualFunctions", \.virtualFunctions, .integer(0...256), default: "0",
            summary: "Number of virtual functions to create on the NIC",
            description:
                "Specifies the number of virtual functions (VFs) that pvp-vfs@.service creates on the NIC and removes "
                + "on stop. If not 0, testpmd uses the VFs, named NAME-vf0, NAME-vf1 and so on, and the physical "
                + "function stays bound to its kernel driver."
        ),
        Setting(
            "Testpmd", \.testpmd, .testpmdName,
            summary: "testpmd that uses the NIC",
            description:
                "Specifies the testpmd that uses the NIC. If not set in any [NIC] section, the pairs of NICs are "
                + "assigned to the testpmds in the order of the sections."),
        Setting(
            "Generator", \.generator, .name,
            summary: "Traffic generator that uses the NIC, instead of a testpmd",
            description:
                "Specifies the name of a [Generator] section that uses the NIC for pvpgen measure, instead of a "
                + "testpmd."),
        Setting(
            "Force", option: \.isForced, .boolean, default: "no",
            summary: "Take the NIC although the host's network uses it",
            description:
                "Takes a boolean. If enabled, the NIC is bound to vfio-pci although it carries an address or a route "
                + "of the host, now or when pvpgen install recorded the network."),
    ]
}
