extension HostSection {
    /// `[Host]`
    package static let title = "Host"
    /// What `[Host]` is for.
    package static let documentation =
        "Describes the host as a whole: the CPUs reserved for testpmd and guests, the boot, and metrics."
    /// The settings of `[Host]`.
    package static let settings: [Setting<HostSection>] = [
        Setting(
            "Role", \.role, .word(), default: "host",
            summary: "End of the packet path that this machine is: host or guest",
            description:
                "Specifies which end of the packet path this machine is. host: the physical machine with the NICs and "
                + "the guests. guest: a virtual machine whose testpmd sends each packet back; "
                + "such a configuration has no [Guest] section."
        ),
        Setting(
            "IsolatedCPUs", \.isolatedCPUs, .auto(or: .cpus), default: "auto",
            summary: "CPUs isolated from the scheduler, timer ticks and interrupts",
            description:
                "Specifies the isolated CPUs: the CPUs that the kernel keeps free of other processes, timer ticks and "
                + "interrupts (isolcpus=, nohz_full=, rcu_nocbs=). auto: the CPUs of all forwarding lcores and "
                + "vCPUs, with their SMT siblings. Forwarding lcores and vCPUs must be among them."),
        Setting(
            "KernelArguments", \.kernelArguments, .kernelArguments,
            summary: "Kernel arguments in addition to the planned ones",
            description:
                "Specifies kernel arguments that pvpgen install adds to the boot loader's configuration in addition "
                + "to the planned ones."
        ),
        Setting(
            "SMT", \.smt, .word(), default: "idle",
            summary: "Use of the SMT siblings of busy CPUs: idle or use",
            description:
                "Specifies what happens to the SMT siblings of the CPUs of forwarding lcores and vCPUs. "
                + "idle: they stay unused. use: they serve as further lcores or vCPUs of the same testpmd or "
                + "guest."),
        Setting(
            "Autostart", option: \.autostart, .boolean, default: "no",
            summary: "Start pvp.target at boot",
            description: "Takes a boolean. If enabled, pvp.target is started at every boot."),
        Setting(
            "MetricsListen", option: \.metricsListen, .listen,
            summary: "Socket or loopback address that serves metrics",
            description:
                "Specifies where pvp-metrics.socket serves port counters and unit states in the OpenMetrics format. "
                + "Members of group pvp can connect to a socket path below /run, every local user to a loopback "
                + "address. If not set, no metrics are served."
        ),
    ]
}

extension HugepagesSection {
    /// `[Hugepages]`
    package static let title = "Hugepages"
    /// What `[Hugepages]` is for.
    package static let documentation =
        "Describes the hugepages that testpmd and the guests use. pvp-hugepages@NODE.service reserves them on each "
        + "NUMA node."
    /// The settings of `[Hugepages]`.
    package static let settings: [Setting<HugepagesSection>] = [
        Setting(
            "PageSize", \.pageSize, .word(), default: "1G",
            summary: "Size of the hugepages: 2M or 1G",
            description:
                "Specifies the size of the hugepages. 1G: pages of 1 GiB, reserved by kernel arguments at boot. "
                + "2M: pages of 2 MiB, which can also be reserved later."),
        Setting(
            "Pages", \.pages, .auto(or: .pages), default: "auto",
            summary: "Number of hugepages, in total or for each NUMA node",
            description:
                "Specifies the number of hugepages to reserve. A plain number is the total; "
                + "NODE:PAGES sets the number for one NUMA node. auto: as many as the testpmds and guests of each "
                + "node need."),
    ]
}
