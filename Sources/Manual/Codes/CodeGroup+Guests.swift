import Diagnostics

extension CodeGroup {
    static let guests = CodeGroup(
        "Guests in the configuration",
        [
            CodeDocumentation(
                .guestImage, "A guest has nothing to boot from",
                """
                The guest has neither Image= nor Kernel=, so it cannot boot.
                The [Guest] section is incomplete.
                Set Image= to a disk image or URL, or set Kernel= and Initrd=.
                """),
            CodeDocumentation(
                .guestKernel, "Kernel options are set without Kernel=",
                """
                Initrd= and KernelCommandLine= apply to a kernel that QEMU boots directly. Kernel= is not set.
                Kernel= was removed without the other two.
                Set Kernel=, or remove Initrd= and KernelCommandLine=.
                """),
            CodeDocumentation(
                .guestMemory, "Memory= is not a multiple of the hugepage size",
                """
                The memory of a guest consists of whole hugepages. Memory= is not a multiple of PageSize=.
                PageSize=1G is in effect and Memory= has a fraction of a GiB.
                Use a multiple of PageSize=, or set PageSize=2M.
                """),
            CodeDocumentation(
                .guestName, "The name of a guest is reserved",
                """
                The name is reserved for a testpmd because both would have the same console socket.
                The guest is called testpmd, or has the name of a [Testpmd] section.
                Set another Name= in [Guest].
                """),
            CodeDocumentation(
                .guestFar, "A guest is on another NUMA node than its testpmd",
                """
                The guest and its testpmd are on different NUMA nodes. Each packet crosses the link between the \
                sockets. This is a warning.
                NUMANode= is set in [Guest], or the guest is connected to testpmds of several nodes.
                Use the same node for both, or connect the guest to a testpmd of its node.
                """),
            CodeDocumentation(
                .guestDisk, "Settings of a guest's disk contradict each other",
                """
                Settings of the disk contradict each other or have no effect. A fetch over http:// without a \
                checksum is reported as a warning.
                A setting requires Image= or Prepare=sysprep, ImageFile= is set for a local image, or a key is set \
                with Prepare=none.
                Follow the remedy: set the missing setting, or remove the one without effect.
                """),
            CodeDocumentation(
                .guestTestpmdVCPUs, "A guest has too few vCPUs for its own testpmd",
                """
                GuestTestpmd=yes requires one vCPU for the operating system of the guest and at least one for \
                forwarding.
                VCPUs=1 or CPUs= with one CPU is set.
                Set VCPUs=3: one vCPU for each interface and one more.
                """),
            CodeDocumentation(
                .guestTestpmdMemory, "A guest has too little memory for its own testpmd",
                """
                GuestTestpmd=yes reserves hugepages inside the guest. Memory= leaves too little for its operating \
                system.
                Memory= is smaller than twice the memory of testpmd.
                Set Memory= to the size in the remedy or more.
                """),
            CodeDocumentation(
                .imageTwice, "Images of guests contradict each other",
                """
                Guests use one file for different images, or expect different content of one image.
                ImageFile= is also the path of another image, Image= is the overlay disk of a guest, or a URL has \
                two values of ImageChecksum=.
                Set another path in one of them, or the same ImageChecksum= in both.
                """),
            CodeDocumentation(
                .domainXML, "The domain XML of a guest is invalid",
                """
                The XML for a guest is invalid: the file of DomainXML=, or the domain that pvp-guest passes to \
                libvirt.
                An element is not closed, an element is not allowed, or the unit of the guest was edited.
                Correct the file at the line in the message. 'pvpgen cat pvp-guest@GUEST' prints the domain of the \
                plan.
                """),
            CodeDocumentation(
                .readySSH, "ReadyWhen=ssh is set for a guest without an address",
                """
                ReadyWhen=ssh waits for the SSH server of the guest, but the guest has no address.
                Network=no is set, or the guest has no place on the management network.
                Set ReadyWhen= to vhost, running or agent, or remove Network=no.
                """),
        ])
}
