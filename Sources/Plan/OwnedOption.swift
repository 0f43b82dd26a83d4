/// An option of testpmd's command line that the plan decides on, or that contradicts it.
struct OwnedOption {
    /// Its long names; DPDK's releases differ.
    var names: [String]
    /// Its letter, if it has one.
    var letter: Character?
    /// What to do instead: "set Memory= in [Testpmd]".
    var remedy: String

    init(_ names: String..., letter: Character? = nil, instead remedy: String) {
        self.names = names
        self.letter = letter
        self.remedy = remedy
    }

    /// Options of EAL (DPDK: doc/guides/linux_gsg/linux_eal_parameters.rst,
    /// lib/eal/common/eal_option_list.h).
    static let eal = [
        OwnedOption("lcores", letter: "l", instead: "set CPUs= or ForwardingLcores= in [Testpmd]"),
        OwnedOption("coremask", letter: "c", instead: "set CPUs= or ForwardingLcores= in [Testpmd]"),
        OwnedOption("remap-lcore-ids", letter: "R", instead: "set CPUs= or ForwardingLcores= in [Testpmd]"),
        OwnedOption("service-corelist", letter: "S", instead: "set CPUs= or ForwardingLcores= in [Testpmd]"),
        OwnedOption("service-coremask", letter: "s", instead: "set CPUs= or ForwardingLcores= in [Testpmd]"),
        OwnedOption("main-lcore", instead: "set MainLcore= in [Testpmd]"),
        OwnedOption("allow", letter: "a", instead: "add a [NIC] section, or set DeviceArguments= in [NIC]"),
        OwnedOption("block", letter: "b", instead: "remove the [NIC] section of the device"),
        OwnedOption("auto-probing", instead: "add a [NIC] section"),
        OwnedOption("no-auto-probing", letter: "A", instead: "remove it"),
        OwnedOption("no-pci", instead: "remove it"), OwnedOption("vdev", instead: "add an [Interface] section"),
        OwnedOption("memory-size", letter: "m", instead: "set Memory= in [Testpmd]"),
        OwnedOption("socket-mem", "numa-mem", "pagesz-mem", instead: "set Memory= in [Testpmd]"),
        OwnedOption("socket-limit", "numa-limit", instead: "set Memory= and NUMANode= in [Testpmd]"),
        OwnedOption(
            "no-huge", "huge-dir", "huge-unlink", "legacy-mem", "in-memory", instead: "set PageSize= in [Hugepages]"),
        OwnedOption("file-prefix", instead: "set Name= in [Testpmd]"),
        OwnedOption("proc-type", "no-telemetry", instead: "remove it"),
        OwnedOption("help", letter: "h", instead: "remove it"),
    ]

    /// Options of testpmd itself (DPDK: doc/guides/testpmd_app_ug/run_app.rst).
    static let testpmd = [
        OwnedOption("interactive", letter: "i", instead: "remove it"),
        OwnedOption("auto-start", letter: "a", instead: "remove it"),
        OwnedOption("tx-first", instead: "remove it"), OwnedOption("help", letter: "h", instead: "remove it"),
        OwnedOption("nb-cores", "coremask", instead: "set CPUs= or ForwardingLcores= in [Testpmd]"),
        OwnedOption("portlist", "portmask", "nb-ports", "port-topology", instead: "set Peer= in [Interface]"),
        OwnedOption("rxq", "txq", instead: "set Queues= in [Testpmd]"),
        OwnedOption("rxd", "txd", instead: "set Descriptors= in [Testpmd]"),
        OwnedOption("forward-mode", instead: "set ForwardMode= in [Testpmd]"),
        OwnedOption("burst", instead: "set BurstSize= in [Testpmd]"),
        OwnedOption("total-num-mbufs", instead: "set MbufCount= in [Testpmd]"),
        OwnedOption("mbuf-size", instead: "set MbufSize= in [Testpmd]"),
        OwnedOption("disable-rss", "rss-ip", "rss-udp", instead: "set RSS= in [Testpmd]"),
        OwnedOption("socket-num", "port-numa-config", "ring-numa-config", instead: "set NUMANode= in [Testpmd]"),
    ]

    /// Letters of EAL that take a value: what follows one in the same word is that value.
    private static let valued: Set<Character> = ["a", "b", "c", "d", "l", "m", "n", "r", "R", "s", "S"]

    /// Returns the first of the options that an argument gives, as getopt_long(3) reads it:
    /// `--NAME`, `--NAME=VALUE`, each beginning of a name that could be meant, and letters in one
    /// word, the last of them with its value. A word that is the value of the option before it is
    /// taken for an option if it looks like one.
    static func first(_ options: [OwnedOption], in argument: String) -> OwnedOption? {
        if argument.hasPrefix("--") {
            let name = argument.dropFirst(2).prefix { $0 != "=" }
            return name.isEmpty ? nil : options.first { $0.names.contains { $0.hasPrefix(name) } }
        }
        guard argument.hasPrefix("-") else { return nil }
        for letter in argument.dropFirst() {
            if let owned = options.first(where: { $0.letter == letter }) { return owned }
            if valued.contains(letter) { return nil }
        }
        return nil
    }
}
