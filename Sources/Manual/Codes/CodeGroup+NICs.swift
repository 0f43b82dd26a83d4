import Diagnostics

extension CodeGroup {
    static let nics = CodeGroup(
        "NICs in the configuration",
        [
            CodeDocumentation(
                .noNIC, "The configuration has no NIC",
                """
                The configuration has no [NIC] section, so testpmd has no port to forward packets from.
                The file is incomplete, or the drop-in with the NICs was removed.
                Add two [NIC] sections with PCIAddress=. 'lspci -D' lists the addresses.
                """),
            CodeDocumentation(
                .nicAddress, "A NIC has no address or more than one",
                """
                A [NIC] section requires exactly one of PCIAddress=, MACAddress= and Path=.
                None of them is set, or a drop-in sets a second one.
                Set one and remove the others.
                """),
            CodeDocumentation(
                .nicShort, "A host has fewer NICs that can be used than a configuration requires",
                """
                'pvpgen init' looks for two NICs that DPDK can drive and the host's network does not use.
                The other NICs have an address or a route, share an IOMMU group with another device, or are cards \
                without a driver in DPDK.
                Remove the reason that 'pvpgen init' prints for a NIC, or use another card.
                """),
            CodeDocumentation(
                .nicAmbiguous, "More NICs can be used than a configuration requires",
                """
                'pvpgen init' found more than two NICs that can be used and does not choose between them.
                The host has several cards, or a card with four ports.
                Set --nic= twice, to NICs of one NUMA node.
                """),
            CodeDocumentation(
                .nicUnsuitable, "A network card is not a natural choice for a configuration",
                """
                'pvpgen init' does not use virtual functions by itself, because they belong to another NIC.
                SR-IOV is in use on this host.
                Name the virtual function with --nic=, or set VirtualFunctions= for its physical function.
                """),
            CodeDocumentation(
                .nicMissing, "The PCI device of a NIC does not exist",
                """
                The machine has no PCI device at the address or path of a [NIC] section.
                The card was removed or moved, the address is misspelled, or SR-IOV has not created the virtual \
                function.
                Compare with 'lspci -D' (paths: 'lspci -DP') and correct the [NIC] section.
                """),
            CodeDocumentation(
                .nicTwice, "A PCI device is configured as two NICs",
                """
                Two [NIC] sections denote the same PCI device. The later one is ignored.
                The address was copied, or one section names it by MAC address and the other by PCI address.
                Give each [NIC] section its own device.
                """),
            CodeDocumentation(
                .nicTestpmd, "A NIC is not assigned to a testpmd",
                """
                There are several testpmds, and the configuration does not say which one uses this NIC.
                Testpmd= is missing in a [NIC] section, and the number of NICs does not allow an even split.
                Set Testpmd= in each [NIC] section.
                """),
            CodeDocumentation(
                .nicIdle, "No interface forwards to a NIC",
                """
                The interfaces have Peer= settings, and none of them names this NIC. It receives and sends \
                nothing. This is a warning.
                A [NIC] section was added without an interface for it.
                Set Peer= to the NIC in an [Interface] section, or remove the NIC.
                """),
            CodeDocumentation(
                .nicFar, "A NIC is on another NUMA node than its testpmd",
                """
                The NIC and its testpmd are on different NUMA nodes. Each packet crosses the link between the \
                sockets, which costs throughput. This is a warning.
                NICs in slots of different sockets are used together, or NUMANode= names the other node.
                Use NICs of one node and remove NUMANode=.
                """),
            CodeDocumentation(
                .nicUnknownMAC, "The PCI address of a MAC address is not recorded",
                """
                MACAddress= is resolved to a PCI address by 'pvpgen install', because network interfaces do not \
                exist yet when units are generated.
                MACAddress= was added or changed since the last 'pvpgen install'.
                Run 'pvpgen install'.
                """),
            CodeDocumentation(
                .nicMoved, "The card with a recorded MAC address is in another slot",
                """
                The card with the configured MAC address was found in another slot than at the last 'pvpgen \
                install'. pvpgen does not use it without confirmation.
                The card was moved, or PCI buses were renumbered by new hardware or firmware.
                Run 'pvpgen install' if the new slot is intended.
                """),
            CodeDocumentation(
                .nicSwapped, "Another card is in the slot of a recorded MAC address",
                """
                The slot that was recorded for a MAC address has a card of another model or serial number.
                The card was replaced.
                Set MACAddress= to the address of the new card and run 'pvpgen install', or insert the former \
                card.
                """),
            CodeDocumentation(
                .macNotFound, "No NIC has the MAC address",
                """
                No network interface of a PCI device has the permanent MAC address.
                The NIC is bound to vfio-pci and has no network interface, the address is misspelled, or software \
                assigned it to an interface.
                Stop pvp.target so that the NIC returns to its driver, compare with 'ip link' and 'ethtool -P', \
                and correct MACAddress=.
                """),
            CodeDocumentation(
                .macTwice, "A MAC address is used twice",
                """
                Two network cards, or two interfaces of guests, have the same MAC address.
                MACAddress= was copied, or a card has several functions with one address.
                Set a unique MACAddress= for each interface. For a card, use PCIAddress= or Path=.
                """),
            CodeDocumentation(
                .nicWithoutSRIOV, "A NIC without SR-IOV is to have virtual functions",
                """
                VirtualFunctions= is set for a device without the SR-IOV capability.
                SR-IOV is disabled in the firmware or on the card, or the card does not support it.
                Enable SR-IOV, or remove VirtualFunctions=.
                """),
            CodeDocumentation(
                .tooManyVFs, "A NIC supports fewer virtual functions than configured",
                """
                VirtualFunctions= is larger than the number that the card or its PCI bus supports.
                The limit of the card is lower, or it was lowered in the card's firmware.
                Set VirtualFunctions= to the number in the message or less.
                """),
        ])
}
