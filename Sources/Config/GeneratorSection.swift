package import Values

/// `[Generator]`: what sends the frames of a measurement.
package struct GeneratorSection: NamedSection {
    /// The name of its unit's instance.
    package var name: String?
    /// Which program it is.
    package var kind = GeneratorKind.builtin
    /// The testpmd whose NICs it is connected to, when there is more than one.
    package var testpmd: String?
    /// The host that it runs on; `nil` for this one.
    package var host: String?
    /// Ports for DPDK that are no `[NIC]` of this host.
    package var devices: [String] = []
    /// CPUs of the lcores that send and receive.
    package var cpus = Auto<CPUSet>.auto
    /// Hugepage memory in bytes; `nil` for what its ports need.
    package var memory: UInt64?
    /// The server of a TRex.
    package var address: String?
    /// The ports of the TRex.
    package var ports = TRexPorts(first: 0, second: 1)
    /// The highest load, in packets per second and port; `nil` for that of the link.
    package var maximumRate: Int?
    /// How late the builtin generator may send a frame, in microseconds.
    package var maximumLag = 1000
    /// Where it was read.
    package var source = SectionSource()
    /// Whether the section has an error.
    package var isWrong = false
    /// The section with every default.
    package init() {}
}

/// A program that sends frames and counts those that return.
package enum GeneratorKind: String, CaseIterable, Hashable, Sendable {
    /// pvp-traffic.
    case builtin
    /// A server of TRex.
    case trex
}

/// The two ports of a TRex.
package struct TRexPorts: Hashable, Sendable {
    package var first: Int
    package var second: Int

    package init(first: Int, second: Int) {
        self.first = first
        self.second = second
    }
}

extension ValueType where Value == TRexPorts {
    static let trexPorts = ValueType("two different numbers of ports, such as 0 1") { text in
        let words = text.split { $0 == " " || $0 == "," }
        let numbers = words.compactMap { Int($0) }.filter { (0...255).contains($0) }
        guard words.count == 2, numbers.count == 2, numbers[0] != numbers[1] else { return nil }
        return TRexPorts(first: numbers[0], second: numbers[1])
    }
}

extension ValueType where Value == String {
    /// A destination of ssh(1). It is an argument of ssh, so it must not look like an option.
    static let sshDestination = ValueType("a host for ssh such as tester or root@192.0.2.1") { text in
        isName(text, "@.:_-%[]") ? text : nil
    }

    static let server = ValueType("a host name or address with an optional port, such as tester:4501") { text in
        isName(text, ".:_-[]") ? text : nil
    }

    private static func isName(_ text: String, _ signs: String) -> Bool {
        guard let first = text.utf8.first, first != UInt8(ascii: "-"), text.utf8.count <= 255 else { return false }
        return text.utf8.allSatisfy { byte in
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || signs.utf8.contains(byte)
        }
    }
}

extension GeneratorSection {
    /// `[Generator]`
    package static let title = "Generator"
    /// What `[Generator]` is for.
    package static let documentation =
        "Describes a traffic generator for pvpgen measure. Its two ports are connected to the two NICs of a testpmd by "
        + "cables; pvpgen measure finds out which port is connected to which NIC. The generator uses the [NIC] "
        + "sections with Generator=, the devices of Device=, or a server of TRex. It runs only during a measurement; "
        + "its CPUs, hugepages and NICs are reserved like those of a testpmd."
    /// generator for the first, generator-1 for the next.
    package static func ordinalName(_ index: Int) -> String { index == 0 ? "generator" : "generator-\(index)" }
    /// A drop-in changes the first.
    package static let isUsuallyOne = true
    /// The settings of `[Generator]`.
    package static let settings: [Setting<GeneratorSection>] = [
        Setting(
            "Name", \.name, .name, default: "generator, generator-1 and so on",
            summary: "Name of the generator, for Generator= of NICs",
            description: "Specifies the name that Generator= in [NIC] refers to, and that of its unit, "
                + "pvp-traffic@NAME.service."),
        Setting(
            "Kind", \.kind, .word(), default: "builtin",
            summary: "Program: builtin or trex",
            description:
                "Specifies the program that sends the frames. builtin: pvp-traffic, on this host or on the host of "
                + "Host=. trex: a running server of TRex, at Address=."),
        Setting(
            "Testpmd", \.testpmd, .testpmdName,
            summary: "testpmd whose NICs the generator is connected to",
            description:
                "Specifies the testpmd that is measured. It must have two NICs. Required if there are several "
                + "testpmds."),
        Setting(
            "Device", \.devices, .arguments,
            summary: "Port that is no [NIC], as a device of DPDK",
            description:
                "Specifies a port for DPDK that is no [NIC] of this host: a virtual device with its arguments, such as "
                + "net_af_packet0,iface=eth2, or with Host= a PCI address that is bound to vfio-pci there. "
                + "Several are separated by spaces."),
        Setting(
            "Host", \.host, .sshDestination,
            summary: "Host that the generator runs on, for ssh",
            description:
                "Specifies another host that the generator runs on, as a destination for ssh(1) that logs in as root "
                + "without a password. pvpgen measure starts pvp-traffic there, so the same version of pvpgen must be "
                + "installed. If not set, the generator runs on this host and shares its memory bandwidth and cache "
                + "with the chain, which each result says."),
        Setting(
            "CPUs", \.cpus, .auto(or: .cpus), default: "auto",
            summary: "CPUs that send and receive, one for each port",
            description:
                "Specifies the CPUs of the two lcores that send and receive, one for each port. auto: free cores of "
                + "the NUMA node of the NICs. With Host=, required, as three CPUs of that host: the first one is "
                + "that of the main lcore."),
        Setting(
            "Memory", \.memory, .size,
            summary: "Hugepage memory of the generator",
            description:
                "Specifies the amount of hugepage memory for packet buffers. If not set, 1G with [NIC] sections, and "
                + "no hugepages with Device= alone. Virtual devices that share memory, such as net_vhost0, require "
                + "hugepages."),
        Setting(
            "Address", \.address, .server,
            summary: "Server of TRex: HOST or HOST:PORT",
            description: "Specifies the server of TRex (Kind=trex). The port defaults to 4501."),
        Setting(
            "Ports", \.ports, .trexPorts, default: "0 1",
            summary: "The two ports of TRex",
            description: "Specifies the two ports of TRex (Kind=trex) that are connected to the NICs."),
        Setting(
            "MaximumRate", \.maximumRate, .integer(1...1_000_000_000, "packets per second"),
            summary: "Highest load in packets per second for each port",
            description:
                "Specifies the highest load that is tried, in packets per second for each port. If not set, what the "
                + "slowest link of the chain carries; 14880952, that of 64-byte frames on a link of 10 Gbps, if the "
                + "links have no speed."),
        Setting(
            "MaximumLag", \.maximumLag, .integer(1...1_000_000, "microseconds"), default: "1000",
            summary: "Time in microseconds that the generator may be late",
            description:
                "Specifies how late the generator (Kind=builtin) may send a frame, in microseconds. Frames that are "
                + "later count as unsent, and the trial is invalid. A generator whose CPUs are shared with other "
                + "processes, as in a virtual machine, needs a higher value; it then sends in larger bursts."),
    ]
}
