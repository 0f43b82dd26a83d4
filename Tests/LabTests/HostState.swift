import Lab
import LabTools

/// What a host is like that installation and tuning could change, a line for each item.
struct HostState {
    let lines: Set<String>

    /// Without GRUB's own memory of boots, and the backups of user and group files.
    private static let memories = ["-not", "-name", "grubenv", "-not", "-name", "*-"]

    /// By what they are for: from Linux 6.12 on their numbers differ from boot to boot.
    private static let interrupts = """
        cd /proc/irq
        cat default_smp_affinity
        for number in [0-9]*; do
            read -r mask < $number/smp_affinity
            for purpose in $number/*/; do
                purpose=${purpose%/}
                echo "${purpose#*/} $mask"
            done
        done
        """

    private static let commands: [(what: String, command: [String])] = [
        ("argument", ["tr", " ", "\\n", "/proc/cmdline"]),
        ("file", ["find", "/etc", "/boot", "-type", "f"] + memories + ["-exec", "sha256sum", "{}", "+"]),
        ("link", ["find", "/etc", "/boot", "-type", "l", "-printf", "%p %l\\n"]),
        ("unit file", ["systemctl", "list-unit-files", "--no-legend", "--plain"]),
        ("unit", ["systemctl", "list-units", "--all", "--no-legend", "--plain", "pvp*", "testpmd*", "dev-hugepages*"]),
        ("sysctl", ["sysctl", "--all"]),
        ("interrupt", ["sh", "-c", interrupts]),
        (
            "driver",
            ["find", "/sys/bus/pci/devices/", "-follow", "-maxdepth", "2", "-name", "driver", "-printf", "%p %l\\n"]
        ),
        ("override", ["sh", "-c", "grep . /sys/bus/pci/devices/*/driver_override"]),
        ("workqueue", ["grep", "-r", ".", "/sys/devices/virtual/workqueue", "--include=cpumask"]),
        ("memory", ["sh", "-c", "grep . /sys/kernel/mm/transparent_hugepage/enabled /sys/kernel/mm/ksm/run"]),
        ("pages", ["grep", "-r", ".", "/sys/kernel/mm/hugepages", "--include=nr_hugepages"]),
        ("CPU", ["cat", "/sys/devices/system/cpu/online"]),
    ]

    /// What counts what happened since the boot, and limits that the kernel derives from the memory
    /// that the firmware left free at the boot (kernel: kernel/fork.c, set_max_threads()).
    private static let counters = [
        "-nr =", "-state =", "random.", "ns_last_pid", "pty.nr", "_count =", "hostname", "threads-max", "_namespaces =",
        // From the free memory at boot.
        "udp_mem =", "tcp_mem =",
    ]

    init(_ shell: SecureShell) throws {
        var lines: Set<String> = []
        for (what, command) in Self.commands {
            for line in try Self.output(of: command, shell).split(separator: "\n") {
                if what == "sysctl", Self.counters.contains(where: { line.contains($0) }) { continue }
                lines.insert("\(what): \(line)")
            }
        }
        self.lines = lines
    }

    /// What a command prints. find(1) and grep(1) fail when some of many files cannot be read, but
    /// systemctl has then printed nothing: on a busy machine its call of systemd may time out.
    private static func output(of command: [String], _ shell: SecureShell) throws -> String {
        guard command[0] == "systemctl" else { return try shell.attempt(command, within: 180).output }
        for _ in 0..<2 {
            let result = try shell.attempt(command, within: 180)
            if result.status == 0 { return result.output }
        }
        return try shell.run(command, within: 180)
    }

    /// What exists now and did not, and the other way round.
    func changes(since before: HostState) -> [String] {
        lines.subtracting(before.lines).sorted().map { "+ " + $0 }
            + before.lines.subtracting(lines).sorted().map { "- " + $0 }
    }
}
