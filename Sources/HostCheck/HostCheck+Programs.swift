import Config
import Diagnostics
import HelperCalls
import HostActions
import Linux
import Plan
import Units

extension HostCheck {
    /// testpmd and QEMU are installed, and the DPDK is one that the plan is made for.
    var programs: [Problem] {
        testpmds + qemu + dpdk
    }

    private var testpmds: [Problem] {
        plan.testpmds.filter { !root.isExecutable($0.binary) }.map {
            Problem(
                .testpmdMissing, "testpmd \($0.name): program \($0.binary) not found",
                remedy: "install the package with dpdk-testpmd, or set Binary= in [Testpmd]")
        }
    }

    /// Distributions have it in one of two places.
    private var qemu: [Problem] {
        let paths = ["/usr/bin/qemu-system-x86_64", "/usr/libexec/qemu-kvm"]
        guard !plan.guests.isEmpty, !paths.contains(where: root.isExecutable) else { return [] }
        return [
            Problem(
                .emulatorMissing, "QEMU not found: expected \(paths.joined(separator: " or "))",
                remedy: "install the package with qemu-system-x86_64")
        ]
    }

    /// Release 21.11, ABI 22, is the oldest that takes the planned command line. A program that
    /// DPDK is a part of does not say.
    private var dpdk: [Problem] {
        plan.testpmds.compactMap { testpmd in
            guard case .shared(let abi) = DPDKProgram(testpmd.binary, in: root).linkage, abi < 22 else { return nil }
            return Problem(
                .dpdkOld,
                "testpmd \(testpmd.name): \(testpmd.binary): expected DPDK with ABI 22 (release 21.11) or newer, "
                    + "got ABI \(abi)",
                remedy: "install a newer DPDK, or correct Binary= in [Testpmd]")
        }
    }

    /// EAL's own parsers look at the devices before a boot does.
    var devices: [Problem] {
        guard root.prefix.isEmpty else { return [] }
        return plan.testpmds.compactMap { testpmd in
            let devices =
                testpmd.allowedDevices.map { DPDKCall.Device.allowed($0) } + testpmd.devices.map { .virtual($0) }
            do throws(Problem) {
                let result = try Command(
                    ["\(Layout.own.programs)/\(DPDKCall.program)"] + DPDKCall.check(devices).arguments
                ).run()
                guard result.status == 1 else {
                    return result.status == 0 ? nil : Self.unchecked(testpmd, "\(result.output)")
                }
                return Problem(
                    .devices, "testpmd \(testpmd.name): \(result.output)", remedy: "correct [NIC] or [Testpmd]")
            } catch {
                return Self.unchecked(testpmd, error.message)
            }
        }
    }

    /// pvp-dpdk is built for one release of DPDK; without it the chain runs all the same.
    private static func unchecked(_ testpmd: TestpmdPlan, _ reason: String) -> Problem {
        Problem(
            .devicesUnchecked,
            "testpmd \(testpmd.name): its devices were not checked by DPDK: \(reason.prefix { $0 != "\n" })",
            remedy: "install the pvpgen package that is built for the DPDK of this machine", severity: .warning)
    }

    /// Whether libvirt listens.
    var libvirt: [Problem] {
        let sockets = ["/run/libvirt/virtqemud-sock", "/run/libvirt/libvirt-sock"]
        let answers = sockets.contains { (try? UnixSocket.connect(root.path($0), .stream)) != nil }
        guard !plan.guests.isEmpty, !answers else { return [] }
        return [
            Problem(
                .libvirtUnreachable,
                "libvirt is not running: no process listens on \(sockets.joined(separator: " or "))",
                remedy: "run 'systemctl start libvirtd' or 'systemctl start virtqemud.socket'")
        ]
    }
}
