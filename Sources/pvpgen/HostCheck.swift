import Config
import Diagnostics
import Glibc
import HostTopology
import Linux
import Plan

/// What must hold on the machine before pvp.target can start.
struct HostCheck {
    let plan: Plan
    let root: Root

    /// Everything that does not hold.
    var problems: [Problem] {
        arguments + nics + pages + programs + images + libvirt
    }

    /// Kernel arguments that are planned and were not there when this kernel was booted.
    var missingArguments: [KernelArgument] {
        let booted = Set(((try? root.text("/proc/cmdline")) ?? "").split(separator: " ").map(String.init))
        return plan.kernelArguments.filter { !booted.contains($0.text) }
    }

    private var arguments: [Problem] {
        let missing = missingArguments
        guard !missing.isEmpty else { return [] }
        return [
            Problem(
                "not-booted", "this kernel was booted without \(missing.map(\.text).joined(separator: " "))",
                remedy: "pvpgen install, then reboot",
                severity: .warning)
        ]
    }

    private var nics: [Problem] {
        plan.nics.compactMap { nic in
            guard root.exists("/sys/bus/pci/devices/\(nic.address)"), !root.exists("/sys/bus/pci/devices/\(nic.address)/iommu_group") else {
                return nil
            }
            let firmware = root.exists("/sys/firmware/acpi/tables/DMAR") || root.exists("/sys/firmware/acpi/tables/IVRS")
            return Problem(
                "no-iommu-group", "NIC \(nic.name): \(nic.address) is in no IOMMU group, VFIO needs one",
                remedy: firmware
                    ? "pvpgen install, then reboot: the kernel does not use the IOMMU yet"
                    : "switch the IOMMU (VT-d, AMD-Vi) on in the firmware")
        }
    }

    private var pages: [Problem] {
        plan.hugepages.compactMap { wanted in
            let pool = "/sys/devices/system/node/node\(wanted.node)/hugepages/hugepages-\(plan.pageSize.bytes / 1024)kB"
            let total = (try? root.text("\(pool)/nr_hugepages")).flatMap { Int($0) } ?? 0
            guard total < wanted.pages else { return nil }
            return Problem(
                "hugepages-short",
                "node \(wanted.node): \(wanted.pages) pages of \(plan.pageSize.rawValue) are planned, the kernel has \(total)",
                remedy: "pvpgen install, then reboot; or lower Memory= in [Guest] or [Testpmd]")
        }
    }

    private var programs: [Problem] {
        plan.testpmds.filter { access(root.path($0.binary), X_OK) != 0 }.map {
            Problem(
                "testpmd-missing", "testpmd \($0.name): no program \($0.binary)",
                remedy: "install the package with dpdk-testpmd, or set Binary= in [Testpmd]")
        }
    }

    private var images: [Problem] {
        plan.guests.flatMap { guest in
            [("Image", guest.image), ("Kernel", guest.kernel), ("Initrd", guest.initrd)].compactMap { key, path in
                path.flatMap { file(key, $0, of: guest.name) }
            }
        }
    }

    /// libvirt gives QEMU the file itself, but QEMU's user must be able to reach it.
    private func file(_ key: String, _ path: String, of guest: String) -> Problem? {
        guard root.exists(path) else {
            return Problem(
                "image-missing", "guest \(guest): \(key)=\(path) is not there", remedy: "put it there, or correct \(key)= in [Guest]")
        }
        var directory = path
        while let slash = directory.lastIndex(of: "/"), slash != directory.startIndex {
            directory = String(directory[..<slash])
            var status = stat()
            guard stat(root.path(directory), &status) == 0, status.st_mode & S_IXOTH == 0 else { continue }
            return Problem(
                "image-unreadable", "guest \(guest): \(key)=\(path) is out of reach for QEMU's user: \(directory) is closed to others",
                remedy: "put it below /var/lib/libvirt/images, or chmod o+x \(directory)")
        }
        return nil
    }

    private var libvirt: [Problem] {
        let sockets = ["/run/libvirt/virtqemud-sock", "/run/libvirt/libvirt-sock"]
        guard !plan.guests.isEmpty, !sockets.contains(where: root.exists) else { return [] }
        return [
            Problem(
                "no-libvirt", "libvirt is not running: no \(sockets.joined(separator: " and no "))",
                remedy: "systemctl start libvirtd, or virtqemud.socket")
        ]
    }
}
