import BuildActions
import Builds
import Config
import Diagnostics
import HostActions
import JSON
import Linux
import Plan
import Reports
import SystemdBus
import Telemetry

extension HostReport {
    /// Versions: of DPDK for each testpmd, of QEMU for each guest, because each may have its own.
    var software: [Report.Field] {
        [Field("pvpgen", pvpgenVersion)]
            + plan.testpmds.map { Field("DPDK (\($0.name))", dpdk($0)) }
            + plan.guests.map { Field("QEMU (\($0.name))", qemu($0)) }
            + builds
            + [Field("libvirt", version(["virsh", "--version"])), Field("systemd", systemd)]
    }

    /// The build of each process that runs, or would, one of pvpgen's own.
    private var builds: [Report.Field] {
        let testpmds = plan.testpmds.map { testpmd in
            (testpmd.name, testpmd.build, TestpmdProcess(named: testpmd.name, in: root)?.id, testpmd.binary)
        }
        let guests = plan.guests.map { guest in
            (guest.name, guest.build, QEMUProcess(guest: guest.name, in: root)?.id, guest.emulatorPath ?? "")
        }
        let store = BuildStore(root)
        return (testpmds + guests).compactMap { name, build, process, file in
            let identity =
                process.flatMap { ProgramIdentity(process: $0, in: root) } ?? ProgramIdentity(file: file, in: root)
            guard let record = store.record(ofProgram: identity.path) else {
                return build.map { Field("Build (\(name))", process == nil ? "\($0), not built" : "\(identity)") }
            }
            let isOther = record.buildID != identity.buildID
            return Field(
                "Build (\(name))",
                isOther
                    ? "\(identity), which is not \(record.result.name)" : "\(record.summary), \(identity.buildIDText)")
        }
    }

    /// The version of the systemd that runs, as `systemctl --version` prints it: the release, and
    /// the package's version.
    private var systemd: String {
        guard root.prefix.isEmpty, let version = try? ServiceManager().version() else { return Self.unknown }
        return "systemd \(version.prefix { $0.isNumber }) (\(version))"
    }

    /// The version of the process that runs, from telemetry's greeting; otherwise that of the
    /// program.
    private func dpdk(_ testpmd: TestpmdPlan) -> String {
        if let connection = try? TelemetryConnection(root.path(testpmd.telemetry)),
            let greeting = try? connection.greeting(timeout: 1000),
            let version = greeting["version"]?.string
        {
            return version
        }
        // EAL has no option that ends it after the version: an unknown process type does, in all
        // releases.
        guard let result = answer([testpmd.binary, "-v", "--proc-type=none"]) else { return Self.unknown }
        return Self.version(inLog: result.output) ?? Self.unknown
    }

    /// The version in a line such as `EAL: RTE Version: 'DPDK 22.11.11'`.
    static func version(inLog log: String) -> String? {
        let start = "EAL: RTE Version: '"
        return log.split(separator: "\n").first { $0.hasPrefix(start) }.map {
            String($0.dropFirst(start.count).prefix { $0 != "'" })
        }
    }

    /// The version of the process that runs; otherwise that of the emulator which the guest would
    /// get.
    private func qemu(_ guest: GuestPlan) -> String {
        if let process = QEMUProcess(guest: guest.name, in: root) {
            return version(["/proc/\(process.id)/exe", "--version"])
        }
        guard
            let emulator = guest.emulatorPath
                ?? answer(HostCheck.capabilities(of: guest)).flatMap({ Self.emulator(in: $0.output) })
        else {
            return Self.unknown
        }
        return version([emulator, "--version"])
    }

    /// The emulator that libvirt chooses, from the XML of `virsh domcapabilities`.
    static func emulator(in capabilities: String) -> String? {
        capabilities.split(separator: "\n").lazy.compactMap { line -> String? in
            let text = line.drop { $0 == " " }
            guard text.hasPrefix("<path>"), text.hasSuffix("</path>") else { return nil }
            return String(text.dropFirst("<path>".count).dropLast("</path>".count))
        }.first
    }

    /// A tree of files has no programs that could be run.
    private func answer(_ command: [String]) -> Command.Result? {
        root.prefix.isEmpty ? try? Command(command).run() : nil
    }

    /// The first line of what a program says of its version.
    private func version(_ command: [String]) -> String {
        guard let result = answer(command), result.status == 0 else { return Self.unknown }
        return Self.known(result.output.split(separator: "\n").first.map(String.init) ?? "")
    }
}
