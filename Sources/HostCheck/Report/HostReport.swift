import Config
import Diagnostics
import HostActions
import HostTopology
import Installation
import JSON
package import Linux
package import Plan
package import Reports
import Values
import Views

/// A report of a machine: what its files say, what the plan says, and what its user adds.
package struct HostReport {
    let plan: Plan
    let root: Root
    let notes: [String]
    let pvpgenVersion: String

    /// A report of the machine below `root`, by pvpgen of a version; notes are `NAME=VALUE` each.
    package init(plan: Plan, root: Root, notes: [String], version: String) {
        self.plan = plan
        self.root = root
        self.notes = notes
        pvpgenVersion = version
    }

    package var report: Report {
        let host = HostTopology(reading: root, functions: plan.nics.map(\.address))
        return Report(
            [run, result, machine(host), kernel, Report.Section("Software", software + hashes)]
                + plan.nics.map { nic($0) } + plan.report)
    }

    typealias Field = Report.Field

    /// What is of one time and place.
    private var run: Report.Section {
        Report.Section(
            Report.run, [Field("Host", text("/proc/sys/kernel/hostname")), Field("Date", MonotonicClock.date)])
    }

    /// The template of DPDK's PVP reference benchmark, as far as no file knows it (DPDK:
    /// doc/guides/howto/pvp_reference_benchmark.rst, "Results template").
    private var result: Report.Section {
        var given = notes.map { note in
            let parts = note.split(separator: "=", maxSplits: 1).map(String.init)
            return Field(parts[0], parts[1])
        }
        let fields = ["Traffic generator", "Acceptable packet loss", "Validation run time", "Patches", "Mpps"].map {
            name in
            guard let index = given.firstIndex(where: { $0.name == name }) else { return Field(name, "not given") }
            return given.remove(at: index)
        }
        return Report.Section("Result", fields + given)
    }

    private func machine(_ host: HostTopology) -> Report.Section {
        let dmi = "/sys/class/dmi/id/"
        func joined(_ names: String...) -> String {
            Self.known(names.compactMap { try? root.text(dmi + $0) }.joined(separator: " "))
        }
        let cpu = "/sys/devices/system/cpu/"
        return Report.Section(
            "Machine",
            [
                Field("Product", joined("sys_vendor", "product_name")),
                Field("BIOS", joined("bios_vendor", "bios_version", "bios_date")),
                Field("CPU", cpuinfo("model name")),
                Field("Microcode", cpuinfo("microcode")),
                Field("Highest frequency", Self.known(text(cpu + "cpu0/cpufreq/cpuinfo_max_freq"), unit: " kHz")),
                Field("Scaling governor", text(cpu + "cpu0/cpufreq/scaling_governor")),
                Field("Turbo", turbo(cpu)),
                Field("SMT active", text(cpu + "smt/active")),
                Field("CPUs online", host.online.description),
                Field("Physical cores", "\(host.cores.count)"),
            ] + host.nodes.map { Field("NUMA node \($0.id)", "CPUs \($0.cpus), \($0.memory >> 20) MiB") })
    }

    /// Each driver has its own file for it (kernel: Documentation/admin-guide/pm/intel_pstate.rst,
    /// Documentation/ABI/testing/sysfs-devices-system-cpu).
    private func turbo(_ cpu: String) -> String {
        switch text(cpu + "intel_pstate/no_turbo") {
        case "0": "on"
        case "1": "off"
        default:
            switch text(cpu + "cpufreq/boost") {
            case "1": "on"
            case "0": "off"
            default: Self.unknown
            }
        }
    }

    private var kernel: Report.Section {
        let vulnerabilities = "/sys/devices/system/cpu/vulnerabilities"
        let names = ((try? root.list(vulnerabilities)) ?? []).sorted()
        return Report.Section(
            "Kernel",
            [
                Field("Distribution", OperatingSystem.name(in: root) ?? Self.unknown),
                Field("Release", text("/proc/sys/kernel/osrelease")),
                Field("Build", text("/proc/sys/kernel/version")),
                Field("Command line", text("/proc/cmdline")),
            ] + names.map { Field("Vulnerability \($0)", text("\(vulnerabilities)/\($0)")) })
    }

    private func nic(_ nic: Plan.NIC) -> Report.Section {
        let function = PCIFunction(address: nic.address, root: root)
        return Report.Section(
            "NIC \(nic.name)",
            [
                Field("Address", "\(nic.address)"),
                Field("Device", function.id.map { "\($0)" } ?? Self.unknown),
                Field("Subsystem", function.subsystem.map { "\($0)" } ?? Self.unknown),
                Field("Driver", function.driver ?? "none"),
                Field("NUMA node", nic.node.map { "\($0)" } ?? Self.unknown),
                Field("PCI Express link", function.link.map { "\($0)" } ?? Self.unknown),
            ] + Report.Section.fields(NICSection.values(of: nic.options)))
    }

    private var configuration: [UInt8] {
        ConfigFiles(in: root).files.flatMap { Array($0.path.utf8) + [0] + $0.content + [0] }
    }

    private var hashes: [Report.Field] {
        [("Configuration", configuration), ("Plan", Array(plan.json.text.utf8))].map {
            Field($0, "sha256:" + SHA256.hexadecimal($1))
        }
    }

    private func cpuinfo(_ key: String) -> String {
        let line = ((try? root.text("/proc/cpuinfo")) ?? "").split(separator: "\n").first { $0.hasPrefix(key) }
        return Self.known(line.map { String($0.drop { $0 != ":" }.dropFirst().drop { $0 == " " }) } ?? "")
    }

    private func text(_ path: String) -> String { Self.known((try? root.text(path)) ?? "") }

    static let unknown = "unknown"

    static func known(_ text: String, unit: String = "") -> String {
        text.isEmpty || text == unknown ? unknown : text + unit
    }
}
