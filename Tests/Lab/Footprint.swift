import LabTools

/// What the host has that something started and stopped could leave behind, a line each.
package struct Footprint: Equatable, Sendable {
    /// What there is.
    package let lines: Set<String>

    private static let commands: [(what: String, command: [String])] = [
        ("domain", ["virsh", "list", "--all", "--name"]),
        ("network", ["virsh", "net-list", "--all", "--name"]),
        ("link", ["ls", "/sys/class/net"]),
        ("rule", ["iptables-save"]),
        ("mount", ["findmnt", "--raw", "--noheadings", "--output=TARGET,FSTYPE"]),
        ("hugepages", ["grep", "--no-filename", "^HugePages_", "/proc/meminfo"]),
        (
            "file",
            ["find", "/run/pvp", "/run/dpdk", "/var/lib/pvpgen", "/dev/hugepages1G", "/etc/libvirt", "/run/libvirt"]
        ),
        ("listener", ["sh", "-c", "ss -Hlx | awk '{print $5}'; ss -Hltu | awk '{print $1, $5}'"]),
        ("failed unit", ["systemctl", "--failed", "--no-legend", "--plain"]),
        ("QEMU", ["pgrep", "-a", "qemu-system"]),
        ("testpmd", ["pgrep", "-a", "dpdk-testpmd"]),
    ]

    /// Looks at the machine.
    package init(_ shell: SecureShell) throws {
        var lines: Set<String> = []
        for (what, command) in Self.commands {
            let output = try shell.attempt(command).output
            for line in output.split(separator: "\n") where !line.hasPrefix("#") {
                lines.insert("\(what): \(Self.withoutCounters(line))")
            }
        }
        self.lines = lines
    }

    /// What exists now and did not, and the other way round.
    package func changes(since before: Footprint) -> [String] {
        lines.subtracting(before.lines).sorted().map { "+ " + $0 }
            + before.lines.subtracting(lines).sorted().map { "- " + $0 }
    }

    /// Chains are listed with how many packets they have seen.
    private static func withoutCounters(_ line: Substring) -> Substring {
        line.hasPrefix(":") ? line.prefix { $0 != "[" } : line
    }
}
