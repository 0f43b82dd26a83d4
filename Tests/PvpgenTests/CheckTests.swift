import Foundation
import Linux
import TestSupport
import Testing

/// Each thing that can be missing on a machine is one clear line with what to do, and a status
/// other than 0.
@Suite struct CheckTests {
    /// A machine that lacks nothing.
    static func sound() throws -> Tree {
        let tree = try InstallTests.machine()
        try tree.directory("/sys/class/iommu/dmar0")
        for nic in ["0000:17:00.0", "0000:17:00.1"] {
            // Both in one group: the plan has both, so it can be given away whole.
            try tree.link("/sys/bus/pci/devices/\(nic)/iommu_group", "../../../../kernel/iommu_groups/7")
            try tree.link("/sys/kernel/iommu_groups/7/devices/\(nic)", "../../../../bus/pci/devices/\(nic)")
            try tree.link("/sys/bus/pci/devices/\(nic)/driver", "../../drivers/i40e")
        }
        try tree.write("/sys/devices/system/node/node0/hugepages/hugepages-1048576kB/nr_hugepages", "5\n")
        try tree.write(
            "/proc/mounts",
            "hugetlbfs /dev/hugepages1G hugetlbfs rw,nosuid,nodev,relatime,mode=755,pagesize=1024M 0 0\n")
        try tree.directory("/run/libvirt")
        let arguments =
            "default_hugepagesz=1G hugepagesz=1G hugepages=5 isolcpus=managed_irq,domain,1-7 nohz_full=1-7 "
            + "rcu_nocbs=1-7 irqaffinity=0 intel_iommu=on iommu=pt"
        try tree.write("/proc/cmdline", "quiet \(arguments)\n")
        return tree
    }

    @Test func aSoundMachinePasses() throws {
        let tree = try Self.sound()
        let libvirt = try UnixSocket.listen(tree.root.path("/run/libvirt/libvirt-sock"), .stream, mode: 0o600)
        defer { _ = libvirt }
        let result = try InstallTests.pvpgen("check", tree)
        #expect(result.status == 0 && result.error == "", "\(result.error)")
        try tree.write("/sys/fs/selinux/enforce", "1")
        try tree.directory("/var/lib/selinux/default/active/modules/200/pvpgen")
        let enforcing = try InstallTests.pvpgen("check", tree)
        #expect(enforcing.status == 0 && enforcing.error == "", "\(enforcing.error)")
    }

    @Test(arguments: [
        (
            "rm /sys/bus/pci/devices/0000:17:00.1/iommu_group", "NIC nic1: 0000:17:00.1 is in no IOMMU group",
            "journalctl -k"
        ),
        ("rm /usr/bin/qemu-system-x86_64", "QEMU not found", "install the package"),
        ("rm /usr/sbin/dnsmasq", "dnsmasq: not found", "install the package dnsmasq-base"),
        ("rm /sys/bus/pci/devices/0000:17:00.1/numa_node", "NIC nic1: PCI device 0000:17:00.1 not found", "lspci -D"),
        ("low", "node 0: 5 pages of 1G are planned, the kernel has 3", "run 'pvpgen install' and reboot"),
        ("rm /usr/bin/dpdk-testpmd", "testpmd testpmd: program /usr/bin/dpdk-testpmd not found", "install the package"),
        (
            "rm /var/lib/libvirt/images/guest.qcow2",
            "guest guest: Image=/var/lib/libvirt/images/guest.qcow2: not found", "copy the file"
        ),
        ("text", "Image=/var/lib/libvirt/images/guest.qcow2: expected a qcow2 image", "qemu-img convert"),
        ("rm /usr/bin/qemu-img", "/usr/bin/qemu-img: not found", "install the package qemu-utils"),
        ("rm /proc/mounts", "no hugetlbfs with pages of 1G is mounted", "systemctl start dev-hugepages1G.mount"),
        ("closed", "QEMU's user may not search /var/lib/libvirt", "chmod o+x"),
        ("no libvirt", "libvirt is not running", "systemctl start libvirtd"),
        (
            "selinux", "SELinux: module 'pvpgen' is not loaded",
            "run 'semodule -X 200 -i /usr/share/selinux/packages/pvpgen.cil'"
        ),
        ("typo", "unknown key 'Imgae' in [Guest]", "did you mean 'Image'?"),
    ])
    func reports(_ fault: String, _ message: String, _ remedy: String) throws {
        let tree = try Self.sound()
        switch fault {
        case "low": try tree.write("/sys/devices/system/node/node0/hugepages/hugepages-1048576kB/nr_hugepages", "3\n")
        case "text": try tree.write("/var/lib/libvirt/images/guest.qcow2", "not an image")
        case "no libvirt": break
        case "selinux":
            try tree.write("/sys/fs/selinux/enforce", "1")
            try tree.directory("/var/lib/selinux/default/active/modules/100/virt")
        case "rm /sys/bus/pci/devices/0000:17:00.1/iommu_group":
            try tree.root.remove("/sys/bus/pci/devices/0000:17:00.1/iommu_group")
            try tree.root.remove("/sys/kernel/iommu_groups/7/devices/0000:17:00.1")
        case "closed": chmod(tree.root.path("/var/lib/libvirt"), 0o700)
        case "typo":
            try tree.write(
                "/etc/pvpgen/pvp.conf",
                try tree.text("/etc/pvpgen/pvp.conf").replacingOccurrences(of: "Image=", with: "Imgae="))
        case "rm /sys/bus/pci/devices/0000:17:00.1/numa_node":
            try FileManager.default.removeItem(atPath: tree.root.path("/sys/bus/pci/devices/0000:17:00.1"))
        default: try tree.root.remove(String(fault.dropFirst(3)))
        }
        let libvirt =
            fault == "no libvirt"
            ? nil : try UnixSocket.listen(tree.root.path("/run/libvirt/libvirt-sock"), .stream, mode: 0o600)
        defer { _ = libvirt }
        let result = try InstallTests.pvpgen("check", tree)
        #expect(result.status == (["typo", "rm /sys/bus/pci/devices/0000:17:00.1/numa_node"].contains(fault) ? 78 : 1))
        #expect(result.error.contains(message) && result.error.contains(remedy), "\(result.error)")
        #expect(result.error.components(separatedBy: "error: ").count == 2, "\(result.error)")
    }

    @Test func anOldBootIsAWarning() throws {
        let tree = try Self.sound()
        try tree.write("/proc/cmdline", "quiet\n")
        let libvirt = try UnixSocket.listen(tree.root.path("/run/libvirt/libvirt-sock"), .stream, mode: 0o600)
        defer { _ = libvirt }
        let result = try InstallTests.pvpgen("check", tree)
        #expect(
            result.status == 0
                && result.error.hasPrefix("warning: this kernel was booted without default_hugepagesz=1G"))
    }

    /// Whatever program counts them, and however many have an error.
    @Test func mistakesThatAreNotShownAreCounted() throws {
        let tree = try Tree(["/etc/pvpgen/pvp.conf": "[NIC]\n[Host]\n" + String(repeating: "Noise=1\n", count: 1000)])
        let result = try InstallTests.pvpgen("check", tree)
        #expect(result.status == 78 && result.error.contains(" 500 more errors from here on are not shown\n"))
        #expect(result.error.components(separatedBy: "error: ").count == 502)
    }

    @Test func withoutAConfiguration() throws {
        let result = try InstallTests.pvpgen("check", try Tree())
        #expect(result.status == 78 && result.error.contains("/etc/pvpgen/pvp.conf: not found"))
    }

    @Test func anUnknownVerbIsWrongUsage() throws {
        #expect(try Program(name: "pvpgen").run(["frobnicate"]).status == 2)
    }
}
