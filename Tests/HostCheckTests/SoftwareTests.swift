import Config
import Diagnostics
import Foundation
import Linux
import Plan
import Reports
import TestSupport
import Testing

@testable import HostCheck

@Suite("The versions in a report, and libvirt's word on an emulator")
struct SoftwareTests {
    private static func plan(_ name: String = "01-example") throws -> Plan {
        let host = try HostCase(name)
        return try #require(Plan.read(from: host.root).plan)
    }

    private func software(_ plan: Plan, in root: Root) -> [String: String] {
        let fields = HostReport(plan: plan, root: root, notes: [], version: "1").software
        return Dictionary(uniqueKeysWithValues: fields.map { ($0.name, $0.value) })
    }

    private static let installed = try? Command(["pkg-config", "--modversion", "libdpdk"]).run().output.filter {
        $0 != "\n"
    }

    @Test("The DPDK of a testpmd that does not run is that of its Binary=, each its own")
    func program() throws {
        var plan = try Self.plan("18-two-chains")
        plan.testpmds[1].binary = "/nonexistent"
        let software = software(plan, in: .machine)
        #expect(software["DPDK (testpmd)"] == "DPDK \(Self.installed ?? "")", "\(software)")
        #expect(software["DPDK (testpmd-east)"] == "unknown", "\(software)")
        #expect(software.keys.filter { $0.hasPrefix("QEMU") }.sorted() == ["QEMU (east)", "QEMU (west)"])
    }

    @Test("The DPDK of a testpmd that runs is what its telemetry says, whatever Binary= is now")
    func process() throws {
        let tree = try Tree()
        let testpmd = try Testpmd(in: tree)
        defer { testpmd.kill() }
        var plan = try Self.plan()
        plan.testpmds[0].binary = "/nonexistent"
        #expect(software(plan, in: tree.root)["DPDK (testpmd)"] == "DPDK \(Self.installed ?? "")")
    }

    @Test func versionsInText() {
        #expect(
            HostReport.version(inLog: "EAL: Detected CPU lcores: 2\nEAL: RTE Version: 'DPDK 25.11.2'\nx")
                == "DPDK 25.11.2")
        #expect(
            HostReport.version(inLog: "EAL: RTE Version: ''") == ""
                && HostReport.version(inLog: "EAL: RTE Version") == nil)
        let capabilities = "<domainCapabilities>\n  <path>/usr/libexec/qemu-kvm</path>\n  <domain>kvm</domain>\n"
        #expect(HostReport.emulator(in: capabilities) == "/usr/libexec/qemu-kvm" && HostReport.emulator(in: "") == nil)
    }

    @Test("libvirt is asked about Emulator= and Machine=, and its refusal is an error with its words")
    func emulator() throws {
        var guest = try #require(Self.plan().guests.first)
        #expect(HostCheck.capabilities(of: guest).suffix(2) == ["--machine", "q35"])
        #expect(HostCheck.emulator(of: guest, Command.Result(status: 0, output: "<domainCapabilities>")) == nil)
        guest.emulatorPath = "/opt/qemu/bin/qemu-system-x86_64"
        guest.machine = "pc-q35-99"
        #expect(
            HostCheck.capabilities(of: guest).suffix(4) == [
                "--machine", "pc-q35-99", "--emulatorbin", "/opt/qemu/bin/qemu-system-x86_64",
            ])
        let words = "the machine 'pc-q35-99' is not supported by emulator '/opt/qemu/bin/qemu-system-x86_64'"
        let refused = HostCheck.emulator(
            of: guest,
            Command.Result(
                status: 1, output: "error: failed to get emulator capabilities\nerror: invalid argument: \(words)\n"))
        #expect(refused?.code == .emulatorRefused && refused?.severity == .error)
        #expect(
            refused?.message
                == "guest guest: Machine=pc-q35-99, Emulator=/opt/qemu/bin/qemu-system-x86_64: libvirt does not "
                + "accept them: invalid argument: \(words)"
        )
        let missing = HostCheck.emulator(
            of: guest, Command.Result(status: 127, output: "timeout: failed to run command 'virsh'\n"))
        #expect(missing?.code == .emulatorUnchecked && missing?.severity == .warning)
        let away = HostCheck.emulator(
            of: guest,
            Command.Result(
                status: 1, output: "error: failed to connect to the hypervisor\nerror: Failed to connect socket\n"))
        #expect(away?.code == .emulatorUnchecked && away?.message.hasSuffix(": Failed to connect socket") == true)
    }
}
