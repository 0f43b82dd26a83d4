import Diagnostics

extension CodeGroup {
    static let memory = CodeGroup(
        "Memory and hugepages",
        [
            CodeDocumentation(
                .nodeMissing, "A NUMA node does not exist",
                """
                A setting names a NUMA node that the machine does not have.
                The configuration comes from another machine, or the firmware interleaves the nodes.
                Correct NUMANode= or Pages=. 'lscpu' lists the nodes.
                """),
            CodeDocumentation(
                .memoryShort, "A NUMA node has too little memory",
                """
                A NUMA node has too little memory for the hugepages of testpmd and guests, or QEMU could not \
                allocate the memory of a guest.
                Memory= or Pages= is too large, or other guests already use the node.
                Lower Memory= or Pages=, or set NUMANode= to another node.
                """),
            CodeDocumentation(
                .packetBuffers, "The packet buffers of a testpmd do not fit into its memory",
                """
                Memory= in [Testpmd] is less than testpmd needs for its packet buffers, so that it would fail to start.
                MbufCount= or MbufSize= was raised, or there are more than 35 forwarding lcores, which raises \
                testpmd's \
                default number of buffers.
                Set Memory= as the remedy says, or a smaller MbufCount=.
                """),
            CodeDocumentation(
                .pagesShort, "Pages= reserves fewer pages than required",
                """
                Pages= in [Hugepages] reserves fewer pages on a node than testpmd and guests require.
                A guest was added or Memory= was raised without a change of Pages=.
                Raise Pages= as the remedy suggests, or set it to auto.
                """),
            CodeDocumentation(
                .pagesSmall, "Small hugepages reduce performance",
                """
                Hugepages of 2 MiB cause TLB misses when packets are spread over much memory. This is a warning.
                PageSize=2M is set in [Hugepages].
                Set PageSize=1G if the CPU has the flag pdpe1gb.
                """),
            CodeDocumentation(
                .pageSizeMissing, "The kernel does not support the hugepage size",
                """
                The kernel has no hugepages of the size in PageSize=.
                The CPU or the virtual machine does not support pages of 1 GiB.
                Set PageSize= to a size that the message lists.
                """),
            CodeDocumentation(
                .hugepagesShort, "The kernel has fewer hugepages than required",
                """
                The kernel has fewer hugepages on a node than the plan requires.
                The host was not rebooted after 'pvpgen install', or memory is too fragmented to reserve pages at \
                run time.
                Run 'pvpgen install' and reboot so that pages are reserved at boot, or lower Memory= or Pages=.
                """),
            CodeDocumentation(
                .hugepagesUsed, "Other processes use hugepages of the plan",
                """
                The node has enough hugepages, but other processes use some of them. This is a warning if enough \
                memory is free for additional pages.
                Another virtual machine or DPDK program runs on the host.
                Stop the other process, or reserve more pages at boot with KernelArguments= in [Host].
                """),
            CodeDocumentation(
                .hugepagesUnreadable, "The number of hugepages cannot be read",
                """
                The files of the kernel in /sys that describe hugepages cannot be read or have unexpected content.
                /sys is not mounted, or a container hides it.
                Check that /sys is the kernel's sysfs.
                """),
            CodeDocumentation(
                .hugepagesUnwritable, "The number of hugepages cannot be set",
                """
                The number of hugepages in /sys cannot be changed.
                The process does not run as root, or /sys is mounted read-only.
                Run the command as root on a host with a writable /sys.
                """),
            CodeDocumentation(
                .hugepagesUnmounted, "No hugetlbfs of the page size is mounted for libvirt",
                """
                No hugetlbfs with the page size of the plan is mounted, or libvirt did not find it.
                The mount unit has failed, or libvirt was started before. libvirt looks for mounts when it starts.
                Start dev-hugepages1G.mount or dev-hugepages2M.mount, then restart libvirtd or virtqemud.
                """),
        ])
}
