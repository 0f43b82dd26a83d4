import Config
import Diagnostics
import Glibc
import HostTopology
import Linux
import Plan
import Units

/// What must hold on the machine before pvp.target can start.
struct HostCheck {
    let plan: Plan
    let root: Root

    /// Everything that does not hold.
    var problems: [Problem] {
        arguments + nics + pages + mount + programs + devices + images + libvirt
    }

    /// EAL's own parsers look at the devices before a boot does.
    var devices: [Problem] {
        guard root.prefix.isEmpty else { return [] }
        return plan.testpmds.compactMap { testpmd in
            let arguments = testpmd.nics.flatMap { ["-a", "\($0)"] } + testpmd.devices.flatMap { ["--vdev", $0] }
            do throws(Problem) {
                let result = try Command(["\(Layout.own.programs)/pvp-dpdk", "check"] + arguments).run()
                guard result.status == 1 else { return result.status == 0 ? nil : Self.unchecked(testpmd, "\(result.output)") }
                return Problem("devices", "testpmd \(testpmd.name): \(result.output)", remedy: "correct [NIC] or [Testpmd]")
            } catch {
                return Self.unchecked(testpmd, error.message)
            }
        }
    }

    /// pvp-dpdk is built for one release of DPDK; without it the chain runs all the same.
    private static func unchecked(_ testpmd: TestpmdPlan, _ reason: String) -> Problem {
        Problem(
            "devices-unchecked", "testpmd \(testpmd.name): its devices were not checked by DPDK: \(reason.prefix { $0 != "\n" })",
            remedy: "install pvpgen as built for the DPDK of this machine", severity: .warning)
    }

    /// libvirt and DPDK look for hugetlbfs with the plan's page size; the kernel prints 1 GiB as `pagesize=1024M`.
    private var mount: [Problem] {
        let size = plan.pageSize == .gigabyte ? "pagesize=1024M" : "pagesize=2M"
        let mounts = ((try? root.text("/proc/mounts")) ?? "").split(separator: "\n")
        guard !plan.hugepages.isEmpty, !mounts.contains(where: { $0.contains(" hugetlbfs ") && $0.contains(size) }) else { return [] }
        return [
            Problem(
                "not-mounted", "no hugetlbfs with pages of \(plan.pageSize.rawValue) is mounted",
                remedy: "systemctl start dev-hugepages\(plan.pageSize.rawValue).mount, then restart libvirt")
        ]
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
        if key == "Image", (try? root.bytes(path, limit: 4)) != [0x51, 0x46, 0x49, 0xfb] {
            return Problem(
                "image-format", "guest \(guest): Image=\(path) is no qcow2 image",
                remedy: "qemu-img convert -O qcow2, or correct Image= in [Guest]")
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
        let answers = sockets.contains { (try? UnixSocket.connect(root.path($0), .stream)) != nil }
        guard !plan.guests.isEmpty, !answers else { return [] }
        return [
            Problem(
                "no-libvirt", "libvirt is not running: nobody listens on \(sockets.joined(separator: " or "))",
                remedy: "systemctl start libvirtd, or virtqemud.socket")
        ]
    }
}
