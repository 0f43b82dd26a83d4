import Diagnostics

extension CodeGroup {
    static let vfio = CodeGroup(
        "NICs and VFIO",
        [
            CodeDocumentation(
                .vfioMissing, "The driver vfio-pci is missing",
                """
                The kernel has no driver vfio-pci: it is not loaded, and no module exists for this kernel.
                The kernel was updated without its modules, or the module package is not installed.
                Install the modules of the running kernel and run 'modprobe vfio-pci'.
                """),
            CodeDocumentation(
                .vfioWithoutIOMMU, "VFIO cannot work without an IOMMU",
                """
                The machine has no IOMMU, and the kernel was built without CONFIG_VFIO_NOIOMMU.
                This is a guest without a virtual IOMMU.
                Set IOMMU=yes in the [Guest] section on the host.
                """),
            CodeDocumentation(
                .nicGroupShared, "Other devices are in the IOMMU group of a NIC",
                """
                An IOMMU group is assigned as a whole. Other devices of the NIC's group are bound to kernel \
                drivers.
                The slot has no access control (ACS), so the NIC shares its group with its neighbors.
                Use another slot, or unbind the devices in the message from their drivers.
                """),
            CodeDocumentation(
                .nicNetwork, "The host's network uses a NIC",
                """
                The NIC has an address or a route of the host's network. pvpgen does not bind it, because the host \
                could become unreachable.
                The management NIC was configured in error, or the host configures an address on each NIC.
                Choose another NIC, or remove its addresses and routes.
                """),
            CodeDocumentation(
                .nicNetworkRecorded, "The host's network used a NIC when it was recorded",
                """
                The NIC had an address or a route when 'pvpgen install' recorded the network of the host. It is \
                not bound.
                The management NIC was configured in error, or the NIC has left the host's network since.
                Choose another NIC. If the NIC is free now, run 'pvpgen install' again.
                """),
            CodeDocumentation(
                .nicNetworkUnknown, "No record of the host's network exists",
                """
                Before the network is up, only the record of 'pvpgen install' shows which NICs the host requires, \
                and no record exists.
                'pvpgen install' was not run, or it ran before the network was up.
                Run 'pvpgen install' while the network is up.
                """),
            CodeDocumentation(
                .nicInUse, "A process uses a NIC through VFIO",
                """
                A process has the VFIO group of the NIC open. The NIC cannot return to its driver.
                A testpmd of a shell or another service uses the NIC.
                Stop the process. 'fuser' with the path in the message names it.
                """),
            CodeDocumentation(
                .nicNotBound, "vfio-pci did not bind a NIC",
                """
                The NIC was offered to vfio-pci, and it is not bound to vfio-pci, or its VFIO device is missing in \
                /dev.
                The driver refused the device, or /dev is not a devtmpfs.
                Read 'journalctl -k' for the reason.
                """),
            CodeDocumentation(
                .nicNotRestored, "The former driver did not bind a NIC",
                """
                The NIC was released from vfio-pci, and its former driver did not bind it.
                The module of the driver is not loaded, or the driver failed to initialize the NIC.
                Load the driver with modprobe, and read 'journalctl -k'.
                """),
            CodeDocumentation(
                .nicUnwritable, "A sysfs file of a NIC cannot be written",
                """
                A file of the NIC in /sys cannot be written.
                The process does not run as root, or /sys is read-only.
                Run the command as root with a writable /sys.
                """),
            CodeDocumentation(
                .vfInUse, "Virtual functions are in use",
                """
                The virtual functions cannot be removed, because they are bound to vfio-pci.
                testpmd or another program still uses them.
                Stop the chain with 'systemctl stop pvp.target'. 'pvpgen status' shows what runs.
                """),
            CodeDocumentation(
                .vfsExist, "Virtual functions of another process exist",
                """
                The NIC has virtual functions that pvpgen did not create. The kernel does not change their number \
                while some exist.
                Another tool, a udev rule or the driver's option max_vfs created them.
                Disable the other tool, then write 0 to sriov_numvfs of the NIC.
                """),
            CodeDocumentation(
                .vfsShort, "The kernel did not create or remove virtual functions",
                """
                The kernel created fewer virtual functions than requested, or did not remove them.
                The driver of the NIC does not support SR-IOV, or PCI resources are exhausted.
                Read 'journalctl -k' for the reason.
                """),
            CodeDocumentation(
                .vfAddress, "A virtual function has an unexpected address",
                """
                A virtual function has another PCI address than the plan, which computes addresses before the \
                functions exist.
                The card numbers its functions differently than its SR-IOV capability states at boot.
                Run 'systemctl daemon-reload', which reads the real addresses, and start pvp.target again.
                """),
            CodeDocumentation(
                .pciLink, "The PCI Express link is too slow for the NIC",
                """
                The PCI Express link carries less than the NIC or its line rate requires. This is a warning.
                The card is in a slot with fewer lanes or of an older generation.
                Move the card to another slot.
                """),
            CodeDocumentation(
                .driverMismatch, "Driver= does not match DPDK's driver",
                """
                Driver= contradicts what DPDK's driver of the card requires. Some drivers require vfio-pci, others \
                the kernel driver.
                Mellanox cards are used with vfio-pci, or other cards with Driver=none.
                Set Driver= as the remedy says.
                """),
            CodeDocumentation(
                .pmdMissing, "DPDK has no driver for a NIC",
                """
                The DPDK of testpmd has no driver (PMD) for the NIC.
                The package with network drivers is not installed, or DPDK is older than the card.
                Install the package with DPDK's network drivers, or a DPDK that supports the card.
                """),
            CodeDocumentation(
                .pmdUnchecked, "The drivers of a DPDK program were not checked",
                """
                Binary= is not an ELF program, so pvpgen cannot find the drivers of its DPDK. This is a warning.
                Binary= names a script.
                Set Binary= to the program itself, or ignore the warning.
                """),
        ])
}
