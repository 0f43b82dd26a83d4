import Config
import Diagnostics
import HostActions
import HostTopology
import Linux
import Plan
import Values

extension HostCheck {
    /// Whether VFIO can have the NICs and DPDK can drive them.
    var nics: [Problem] {
        let toVFIO = plan.nics.filter { $0.driver == .vfioPCI && !$0.hasNoIOMMU }
        let bare = plan.nics.filter(\.hasNoIOMMU)
        return iommu(toVFIO) + vfio(toVFIO + bare) + bare.map(\.warning) + hostNetwork + pollModeDrivers + links
    }

    /// The kernel uses an IOMMU when it shows one there, whatever the firmware announces (kernel:
    /// Documentation/ABI/testing/sysfs-class-iommu).
    private func iommu(_ nics: [Plan.NIC]) -> [Problem] {
        guard !nics.isEmpty else { return [] }
        if !HostTopology.IOMMU.isInUse(in: root) {
            let firmware = HostTopology.IOMMU(firmwareOf: root) != nil
            return [
                Problem(
                    firmware ? .iommuOff : .iommuMissing,
                    "the kernel uses no IOMMU, VFIO needs one for "
                        + "\(nics.map { "NIC \($0.name)" }.joined(separator: ", "))",
                    remedy: firmware
                        ? "run 'pvpgen install' and reboot, because the firmware has an IOMMU that the kernel does "
                            + "not use yet"
                        : "enable the IOMMU (VT-d, AMD-Vi) in the firmware")
            ]
        }
        return nics.compactMap(group)
    }

    /// A group goes to user space whole: what else is in it must have no driver.
    private func group(_ nic: Plan.NIC) -> Problem? {
        let function = PCIFunction(address: nic.address, root: root)
        guard function.exists else { return nil }
        guard let group = function.group else {
            return Problem(
                .noIOMMUGroup, "NIC \(nic.name): \(nic.address) is in no IOMMU group, VFIO needs one",
                remedy: "read 'journalctl -k --grep=iommu' for the reason, or use a NIC in another slot")
        }
        let others = VFIOBinding(nic.address, with: nic.group).boundGroupMembers(in: root)
        guard !others.isEmpty else { return nil }
        return Problem(
            .nicGroupShared,
            "NIC \(nic.name): \(nic.address) shares IOMMU group \(group) with \(others.joined(separator: ", "))",
            remedy:
                "use a NIC in another slot, or unbind these devices from their drivers, because a group is assigned "
                + "as a whole"
        )
    }

    /// The words are those of `pvp-host bind-vfio`, which refuses what the check refuses. Without a
    /// record only a start at boot fails.
    private var hostNetwork: [Problem] {
        let network: NetworkGuard
        do throws(Problem) {
            network = try NetworkGuard(reading: root)
        } catch {
            return [error]
        }
        let taken = plan.nics.filter { PCIFunction(address: $0.address, root: root).driver != "vfio-pci" }
        var problems = taken.compactMap { nic in
            var problem = network.objection(to: nic.address, "NIC \(nic.name): \(nic.address)", needsRecord: false)
            if nic.isForced { problem?.severity = .warning }
            return problem
        }
        if plan.autostart, !network.hasRecord,
            plan.nics.contains(where: { $0.driver == .vfioPCI && !$0.isForced && !$0.isInGuest })
        {
            problems.append(
                Problem(
                    .nicNetworkUnknown,
                    "Autostart=yes, but there is no record of the host's network in \(NetworkRecord.path), "
                        + "and no NIC is taken at boot without one",
                    remedy: "run 'pvpgen install' while the network is up", severity: .warning))
        }
        return problems
    }

    /// vfio-pci is loaded, built in, or a module of this kernel.
    private func vfio(_ nics: [Plan.NIC]) -> [Problem] {
        guard !nics.isEmpty, !root.exists("/sys/module/vfio_pci") else { return [] }
        let file = "/proc/sys/kernel/osrelease"
        guard let release = try? root.text(file), !release.isEmpty else {
            return [
                Problem(
                    .vfioMissing,
                    "\(file): the release of the kernel is unknown, so vfio-pci cannot be found among its modules",
                    remedy: "run 'pvpgen check' on the host itself, or with --config-only")
            ]
        }
        let modules = "/lib/modules/\(release)"
        let isInstalled = ["modules.builtin", "modules.dep"].contains { file in
            (try? root.withBytes("\(modules)/\(file)") { $0[...].range(of: "/vfio-pci.ko") != nil }) ?? false
        }
        guard !isInstalled else { return [] }
        return [
            Problem(
                .vfioMissing,
                "this kernel (\(release)) has no driver vfio-pci: it is not loaded, not built in, and no module in "
                    + "\(modules)",
                remedy: "install the modules of this kernel, then run 'modprobe vfio-pci'")
        ]
    }
}

extension Plan.NIC {
    fileprivate var warning: Problem {
        Problem(
            .noIOMMU, "NIC \(name): this guest has no IOMMU, so its testpmd may write to all of the guest's memory",
            remedy: "set IOMMU=yes in the guest's [Guest] section on the host, or accept the risk", severity: .warning)
    }
}
