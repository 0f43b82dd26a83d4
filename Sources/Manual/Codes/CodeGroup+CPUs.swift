import Diagnostics

extension CodeGroup {
    static let cpus = CodeGroup(
        "CPUs",
        [
            CodeDocumentation(
                .cpuOffline, "A configured CPU is offline",
                """
                A setting names CPUs that are offline or do not exist.
                The machine has fewer CPUs, SMT is disabled, or CPUs were set offline.
                Choose CPUs from the list in the message, or set auto. 'lscpu --extended' shows their state.
                """),
            CodeDocumentation(
                .cpuZero, "A configured CPU belongs to the core of CPU 0",
                """
                The core of CPU 0 handles interrupts and tasks that cannot be moved, so it is reserved for the \
                host.
                CPUs= includes CPU 0 or its SMT sibling.
                Choose other CPUs, or CPUs=auto.
                """),
            CodeDocumentation(
                .cpuInUse, "A configured CPU is already in use",
                """
                CPUs in CPUs= are used by another testpmd or guest, or are SMT siblings of such CPUs.
                Two sections name the same CPUs.
                Choose other CPUs, or CPUs=auto.
                """),
            CodeDocumentation(
                .cpuFar, "A configured CPU is on another NUMA node",
                """
                CPUs in a setting are on another NUMA node than the NICs or the memory they work with. Accesses \
                cross the link between the sockets. This is a warning.
                CPU numbers of the other socket were used. On many machines even and odd numbers belong to \
                different nodes.
                Choose CPUs of the node in the message.
                """),
            CodeDocumentation(
                .cpuSiblings, "Configured CPUs are SMT siblings",
                """
                Several configured CPUs are threads of one core and slow each other down. This is a warning.
                Consecutive CPU numbers were chosen on a machine on which they are siblings.
                Choose one thread of each core, or set SMT=use in [Host] if this is intended.
                """),
            CodeDocumentation(
                .lcoresShort, "A NUMA node has too few cores for the lcores",
                """
                ForwardingLcores= requires more free cores than the NUMA node has.
                Guests or other testpmds use the cores, or the node is small.
                Lower the number to what the remedy suggests, or set SMT=use in [Host].
                """),
            CodeDocumentation(
                .lcoresDiffer, "ForwardingLcores= and CPUs= contradict each other",
                """
                ForwardingLcores= is a number and CPUs= names another number of CPUs.
                One of the two was changed alone.
                Remove one of them.
                """),
            CodeDocumentation(
                .lcoresIdle, "More lcores are configured than queues exist",
                """
                A queue is served by one lcore, so additional lcores have no work. This is a warning.
                ForwardingLcores= or CPUs= has more CPUs than ports times Queues=.
                Lower ForwardingLcores= to the number in the remedy, or raise Queues=.
                """),
            CodeDocumentation(
                .vcpusShort, "A NUMA node has too few cores for the vCPUs",
                """
                VCPUs= requires more free cores than the NUMA node of the guest has.
                testpmd and other guests use the cores, or the node is small.
                Lower VCPUs= to what the remedy suggests, set NUMANode= to another node, or set SMT=use in [Host].
                """),
            CodeDocumentation(
                .vcpusDiffer, "VCPUs= and CPUs= contradict each other",
                """
                VCPUs= is a number and CPUs= names another number of CPUs.
                One of the two was changed alone.
                Remove one of them.
                """),
            CodeDocumentation(
                .noHousekeeping, "No core of a NUMA node is left for housekeeping",
                """
                All cores of a NUMA node are used by forwarding lcores and vCPUs. The main lcore and emulator \
                threads have none.
                CPUs= names all cores of the node.
                Remove one core of the node from CPUs=.
                """),
            CodeDocumentation(
                .housekeepingIsolated, "A housekeeping CPU is isolated",
                """
                MainLcore= or EmulatorCPUs= names a CPU that is isolated for forwarding lcores or vCPUs.
                The same CPU is used in CPUs=, or IsolatedCPUs= contains it.
                Choose CPUs from the list in the remedy.
                """),
            CodeDocumentation(
                .isolatedReserved, "IsolatedCPUs= names CPUs reserved for the host",
                """
                IsolatedCPUs= includes the first core of a node. It runs the host, main lcores and emulator \
                threads.
                A range was written from the first CPU of the node.
                Leave out the CPUs in the message, or set auto.
                """),
            CodeDocumentation(
                .notIsolated, "IsolatedCPUs= lacks CPUs that testpmd or a guest uses",
                """
                CPUs used by testpmd or a guest are missing in IsolatedCPUs=, so other tasks would run on them.
                CPUs= was extended and IsolatedCPUs= was not.
                Set IsolatedCPUs= as the remedy suggests, or to auto.
                """),
        ])
}
