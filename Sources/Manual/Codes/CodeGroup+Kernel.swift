import Diagnostics

extension CodeGroup {
    static let kernel = CodeGroup(
        "Kernel and IOMMU",
        [
            CodeDocumentation(
                .notBooted, "Kernel arguments are not in effect",
                """
                Kernel arguments that the plan requires are not on the kernel command line. pvpgen runs, but CPU \
                isolation or hugepages are incomplete. This is a warning.
                'pvpgen install' was not run, the host was not rebooted, or another boot entry was started.
                Run 'pvpgen install' and reboot. 'bootctl status' shows the entry in use.
                """),
            CodeDocumentation(
                .iommuOff, "The kernel does not use the IOMMU",
                """
                The firmware has an IOMMU and the kernel does not use it, so VFIO cannot assign NICs.
                The argument intel_iommu=on is not on the kernel command line.
                Run 'pvpgen install' and reboot.
                """),
            CodeDocumentation(
                .iommuMissing, "The firmware reports no IOMMU",
                """
                The firmware reports no IOMMU, so VFIO cannot assign NICs safely.
                VT-d or AMD-Vi is disabled in the firmware setup, or the virtual machine has no IOMMU.
                Enable it in the firmware setup. For a virtual machine, add a virtual IOMMU.
                """),
            CodeDocumentation(
                .noIOMMU, "A guest forwards packets without an IOMMU",
                """
                testpmd in this guest uses its NICs without an IOMMU. It can write to all memory of the guest. \
                This is a warning.
                The guest was defined with IOMMU=no.
                Set IOMMU=yes in the [Guest] section on the host, or accept the risk.
                """),
            CodeDocumentation(
                .noIOMMUGroup, "A NIC is in no IOMMU group",
                """
                The NIC belongs to no IOMMU group, so VFIO cannot assign it.
                The IOMMU is disabled in the firmware or on the kernel command line, or the device is behind a bridge \
                that the IOMMU does not cover.
                Enable the IOMMU in the firmware, run 'pvpgen install' and reboot. If other NICs have a group, use \
                another slot.
                """),
            CodeDocumentation(
                .interrupts, "Interrupts are delivered to isolated CPUs",
                """
                Interrupts are delivered to isolated CPUs and interrupt forwarding or vCPUs. This is a warning.
                irqaffinity= is not on the kernel command line yet, irqbalance moved interrupts, or a driver \
                manages its own.
                Reboot after 'pvpgen install', or start pvp-tune, which moves interrupts and reports those that \
                cannot be moved.
                """),
            CodeDocumentation(
                .latencyRefused, "The CPU wake-up latency cannot be limited",
                """
                /dev/cpu_dma_latency cannot be opened or written, so idle CPUs may enter deep sleep states.
                The process does not run as root, or the device does not exist in a container.
                Run the command as root, or remove WakeupLatency= in [Tuning].
                """),
            CodeDocumentation(
                .threadNotMoved, "A QEMU thread cannot be moved to other CPUs",
                """
                A thread of QEMU stays on the CPU of a vCPU. The guest runs, and its vCPU may be delayed.
                A cpuset of the slice excludes the housekeeping CPUs.
                Move the thread with the command in the remedy.
                """),
            CodeDocumentation(
                .tuningNotRestored, "Tuned values cannot be restored",
                """
                'pvp-host untune' could not restore some of the values it had changed.
                A file in /proc or /sys is read-only, or its device was removed.
                Run 'pvp-host untune' as root with writable /proc and /sys.
                """),
        ])
}
