extension ValueType where Value == [Int] {
    /// As many sizes as testpmd takes (DPDK: app/test-pmd/testpmd.h, `MAX_SEGS_BUFFER_SPLIT`), each
    /// in 16 bits and with room behind the headroom.
    static let mbufSizes = ValueType(
        "up to 8 sizes in bytes from 256 to 65535, such as 2176 or 2176,9216", name: "buffer sizes", unit: "bytes",
        syntax: "Numbers, separated by commas or spaces"
    ) { text in
        let words = text.split { $0 == "," || $0 == " " }
        let sizes = words.compactMap { Int($0) }.filter { (256...65535).contains($0) }
        return sizes.count == words.count && (1...8).contains(sizes.count) ? sizes : nil
    }
}

extension TestpmdSection {
    /// `[Testpmd]`
    package static let title = "Testpmd"
    /// What `[Testpmd]` is for.
    package static let documentation =
        "Describes a DPDK testpmd, which forwards packets between NICs and the vhost-user interfaces of guests. "
        + "Each runs as a service."
    /// testpmd for the first, testpmd-1 for the next.
    package static func ordinalName(_ index: Int) -> String { index == 0 ? "testpmd" : "testpmd-\(index)" }
    /// A drop-in changes the first.
    package static let isUsuallyOne = true
    /// The settings of `[Testpmd]`.
    package static let settings: [Setting<TestpmdSection>] = [
        Setting(
            "Name", \.name, .testpmdName, default: "testpmd",
            summary: "Name of the service, without .service",
            description:
                "Specifies the name of the service, without .service: testpmd, or a name that starts with testpmd-."),
        Setting(
            "CPUs", \.cpus, .auto(or: .cpus), default: "auto",
            summary: "CPUs of the forwarding lcores",
            description:
                "Specifies the CPUs of the forwarding lcores. The main lcore is not among them, see MainLcore=. "
                + "auto: free cores of the NUMA node."),
        Setting(
            "ForwardingLcores", \.forwardingLcores, .auto(or: .integer(1...128, "lcores")), default: "auto",
            summary: "Number of forwarding lcores",
            description:
                "Specifies the number of forwarding lcores. auto: one for each queue of each port, or as many as "
                + "CPUs= names."
        ),
        Setting(
            "ForwardMode", option: \.forwardMode, .word(), default: "io",
            summary: "Forwarding mode: io, mac or macswap",
            description:
                "Specifies the forwarding mode of testpmd. io: packets are forwarded unchanged. "
                + "mac: the source and destination MAC addresses are replaced. macswap: the source and destination "
                + "MAC addresses are exchanged."),
        Setting(
            "Queues", option: \.queues, .integer(1...64, "queues"), default: "1",
            summary: "Receive and transmit queues of each port",
            description: "Specifies the number of receive queues and of transmit queues of each port."),
        Setting(
            "Descriptors", option: \.descriptors, .integer(64...4096, "descriptors"), default: "1024",
            summary: "Descriptors in each queue of each port",
            description: "Specifies the number of descriptors in each receive and transmit queue (--rxd=, --txd=)."),
        Setting(
            "BurstSize", option: \.burstSize, .integer(1...512, "packets"),
            summary: "Packets that testpmd receives or sends in one call",
            description:
                "Specifies the highest number of packets that testpmd receives or sends in one call (--burst=). "
                + "If not set, the default of testpmd: 32."),
        Setting(
            "RSS", option: \.rss, .word(), default: "ip",
            summary: "Receive side scaling: ip, udp or none",
            description:
                "Specifies which fields of a packet decide on its receive queue (receive side scaling) if there are "
                + "several. ip: the IP addresses. udp: the IP addresses and the UDP ports (--rss-udp). "
                + "none: receive side scaling is disabled (--disable-rss)."),
        Setting(
            "Memory", \.memory, .size, default: "1G",
            summary: "Hugepage memory for packet buffers, on the NUMA node",
            description: "Specifies the amount of hugepage memory for packet buffers, on the NUMA node of the "
                + "testpmd."),
        Setting(
            "MbufCount", option: \.mbufCount, .integer(1025...1 << 30, "mbufs"),
            summary: "Number of packet buffers (mbufs)",
            description:
                "Specifies the number of packet buffers (--total-num-mbufs=) of each size in MbufSize=. "
                + "They must fit into Memory=. If not set, the default of testpmd, which depends on the number of "
                + "forwarding lcores: 163456 with two."
        ),
        Setting(
            "MbufSize", option: \.mbufSizes, .mbufSizes,
            summary: "Size of a packet buffer in bytes, with its headroom of 128",
            description:
                "Specifies the size of a packet buffer in bytes (--mbuf-size=), including the headroom of 128 bytes. "
                + "Each of several sizes gets a pool of MbufCount= buffers. If not set, the default of testpmd: 2176."),
        Setting(
            "Binary", option: \.binary, .path, default: "/usr/bin/dpdk-testpmd",
            summary: "Path of the testpmd program",
            description: "Specifies the path of the testpmd program."),
        Setting(
            "Build", option: \.build, .name,
            summary: "Build of DPDK that provides the program, instead of Binary=",
            description:
                "Specifies the name of a [Build] section with Project=dpdk, whose result provides the program "
                + "instead of Binary=. 'pvpgen build' creates the result."),
        Setting(
            "EALArguments", option: \.ealArguments, .arguments,
            summary: "Further arguments of DPDK's environment layer (EAL), before --",
            description:
                "Specifies arguments of the Environment Abstraction Layer (EAL), such as --log-level= or --iova-mode=, "
                + "that are appended to the planned ones, before --. What the plan decides is refused. "
                + "pvpgen check has the program of Binary= parse them."
        ),
        Setting(
            "ExtraArguments", option: \.extraArguments, .arguments,
            summary: "Further arguments of testpmd itself, after --",
            description:
                "Specifies arguments of testpmd that are appended to the planned ones, after --. "
                + "What the plan decides is refused. pvpgen check has the program of Binary= parse them."),
        Setting(
            "MainLcore", \.mainLcore, .auto(or: .integer(0...8191)), default: "auto",
            summary: "CPU of the main lcore, a housekeeping CPU",
            description:
                "Specifies the CPU of the main lcore, which runs the command line. It must be a housekeeping CPU. "
                + "auto: the first housekeeping CPU of the NUMA node."),
        Setting(
            "NUMANode", \.numaNode, .auto(or: .integer(0...1023)), default: "auto",
            summary: "NUMA node of the CPUs and the memory",
            description: "Specifies the NUMA node of the CPUs and the memory. auto: the NUMA node of the NICs."),
        Setting(
            "StopTimeout", option: \.stopTimeout, .timeSpan(1...3600), default: "30s",
            summary: "Time to stop before testpmd is killed",
            description: "Specifies how long testpmd may take to stop before it is killed."),
        Setting(
            "ReadOnlyGroup", option: \.readOnlyGroup, .groupName,
            summary: "Group whose members can attach to the console read-only",
            description:
                "Specifies a group of /etc/group whose members can attach to the console as read-only clients. "
                + "Groups of a directory server are not used. If not set, there are no read-only clients."),
    ]
}
