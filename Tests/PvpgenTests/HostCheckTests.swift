import Foundation
import JSON
import Linux
import TestSupport
import Testing

/// What `check` finds on a machine that is sound but for one thing.
@Suite struct HostCheckTests {
    static let nic = "/sys/bus/pci/devices/0000:17:00.0"

    private func check(_ change: (Tree) throws -> Void) throws -> Program.Result {
        let tree = try CheckTests.sound()
        let libvirt = try UnixSocket.listen(tree.root.path("/run/libvirt/libvirt-sock"), .stream, mode: 0o600)
        defer { _ = libvirt }
        try change(tree)
        return try InstallTests.pvpgen("check", tree)
    }

    /// One problem, with these words in it, and the status that goes with its severity.
    private func expect(
        _ result: Program.Result, _ severity: String, _ words: String...,
        location: Testing.SourceLocation = #_sourceLocation
    ) {
        #expect(result.status == (severity == "error" ? 1 : 0), sourceLocation: location)
        #expect(
            result.error.hasPrefix("\(severity): ") && result.error.components(separatedBy: ": ").count > 1,
            sourceLocation: location)
        #expect(result.error.split(separator: "\n").count == 2, "\(result.error)", sourceLocation: location)
        for word in words {
            #expect(result.error.contains(word), "\(word) in: \(result.error)", sourceLocation: location)
        }
    }

    private func card(_ id: String, _ tree: Tree) throws {
        for (file, text) in zip(["vendor", "device"], id.split(separator: ":")) {
            try tree.write("\(Self.nic)/\(file)", "0x\(text)\n")
        }
    }

    private func pmd(_ modules: String, _ tree: Tree) throws {
        let text =
            "\0\u{7f}PMD_INFO_STRING= {\"name\": \"net_x\", \"kmod\": \"\(modules)\", \"pci_ids\": [[32902, 5490, "
            + "65535, 65535]]}\0rest"
        try tree.write("/usr/lib/x86_64-linux-gnu/dpdk/pmds-23.0/librte_net_x.so", text)
        try testpmd(libraries: ["librte_eal.so.23"], tree)
    }

    private func testpmd(libraries: [String], _ tree: Tree, rest: [UInt8] = []) throws {
        try tree.root.replace("/usr/bin/dpdk-testpmd", with: ELFFile.program(libraries: libraries) + rest, mode: 0o755)
    }

    @Test func theKernelUsesNoIOMMU() throws {
        let result = try check { try $0.root.removeDirectory("/sys/class/iommu/dmar0") }
        expect(
            result, "error", "the kernel uses no IOMMU, VFIO needs one for NIC nic0, NIC nic1",
            "run 'pvpgen install' and reboot")
        let dark = try check {
            try $0.root.removeDirectory("/sys/class/iommu/dmar0")
            try $0.root.remove("/sys/firmware/acpi/tables/DMAR")
        }
        #expect(dark.error.contains("in the firmware"))
    }

    @Test func somethingElseIsInTheGroup() throws {
        let other = "/sys/bus/pci/devices/0000:00:1f.2"
        func add(_ tree: Tree, type: String) throws {
            try tree.write("\(other)/class", "\(type)\n")
            try tree.link("\(other)/driver", "../../drivers/ahci")
            try tree.link("/sys/kernel/iommu_groups/7/devices/0000:00:1f.2", "../../../../bus/pci/devices/0000:00:1f.2")
        }
        let result = try check { try add($0, type: "0x010601") }
        #expect(result.status == 1)
        #expect(result.error.contains("NIC nic0: 0000:17:00.0 shares IOMMU group 7 with 0000:00:1f.2 (ahci)\n"))
        #expect(try check { try add($0, type: "0x060400") }.error == "")
    }

    @Test func theGuestsAddressesAreTaken() throws {
        let head = "Iface Destination Gateway Flags RefCnt Use Metric Mask\n"
        let result = try check {
            try $0.write("/proc/net/route", head + "eth1 0000A8C0 00000000 0001 0 0 0 0000FFFF\n")
        }
        expect(
            result, "error", "network pvp: 192.168.200.1/24 overlaps 192.168.0.0/16, which is on interface eth1",
            "set [Network] Address=")
        // Its own bridge, and another network.
        let own = "virbr-pvp 00C8A8C0 00000000 0001 0 0 0 00FFFFFF\nvirbr0 007AA8C0 00000000 0001 0 0 0 00FFFFFF\n"
        #expect(try check { try $0.write("/proc/net/route", head + own) }.error == "")
    }

    @Test(arguments: ["00000000:08AE", "00000000000000000000000000000000:08AE", "0100007F:08AE"])
    func thePortThatLeadsToAGuestIsTaken(_ local: String) throws {
        let table = "sl local_address rem_address st\n0: \(local) 00000000:0000 0A\n"
        let file = local.count > 20 ? "/proc/net/tcp6" : "/proc/net/tcp"
        expect(
            try check { try $0.write(file, table) }, "error", "guest guest: 2222 is in use on this host", "set SSHPort="
        )
        // A connection is no listener.
        #expect(try check { try $0.write(file, table.replacing(" 0A", with: " 01")) }.error == "")
    }

    @Test func itCarriesTheDefaultRoute() throws {
        let result = try check {
            try $0.directory("\(Self.nic)/net/eth1")
            try $0.directory("/sys/class/net/eth1")
            try $0.write(
                "/proc/net/route",
                "Iface Destination Gateway Flags RefCnt Use Metric Mask\neth1 00000000 0102 0003 0 0 0 00000000\n")
        }
        expect(
            result, "error",
            "NIC nic0: 0000:17:00.0: the host's network uses it: interface eth1 with route to default\n", "Force=yes")
    }

    /// As after a reboot: the NIC has no address, but `pvpgen install` has seen one.
    @Test func theHostsNetworkUsedIt() throws {
        let id = String(repeating: "a", count: 32)
        let result = try check {
            try $0.write("/etc/machine-id", id + "\n")
            try $0.write("/var/lib/pvpgen/network", "machine\t\(id)\n0000:17:00.0\t-\teth1\taddress 192.0.2.5/24\n")
        }
        expect(
            result, "error",
            "NIC nic0: 0000:17:00.0: the host's network used it when 'pvpgen install' recorded the network: interface "
                + "eth1 with address 192.0.2.5/24\n",
            "run 'pvpgen install' again")
    }

    @Test func forceMakesItAWarning() throws {
        let result = try check {
            try $0.directory("\(Self.nic)/net/eth1")
            try $0.write(
                "/proc/net/route",
                "Iface Destination Gateway Flags RefCnt Use Metric Mask\neth1 00000000 0102 0003 0 0 0 00000000\n")
            let config = try $0.text("/etc/pvpgen/pvp.conf")
            try $0.write(
                "/etc/pvpgen/pvp.conf",
                config.replacing("PCIAddress=0000:17:00.0\n", with: "PCIAddress=0000:17:00.0\nForce=yes\n"))
        }
        expect(result, "warning", "NIC nic0: 0000:17:00.0: the host's network uses it")
    }

    @Test func autostartNeedsARecord() throws {
        let result = try check {
            let config = try $0.text("/etc/pvpgen/pvp.conf")
            try $0.write("/etc/pvpgen/pvp.conf", config + "\n[Host]\nAutostart=yes\n")
        }
        expect(
            result, "warning", "Autostart=yes, but there is no record of the host's network in /var/lib/pvpgen/network",
            "pvpgen install")
    }

    @Test("Without the release of the kernel its modules are unknown")
    func unknownRelease() throws {
        let result = try check {
            try $0.root.removeDirectory("/sys/module/vfio_pci")
            try $0.root.remove("/proc/sys/kernel/osrelease")
        }
        expect(
            result, "error", "/proc/sys/kernel/osrelease: the release of the kernel is unknown", "on the host itself")
        #expect(!result.error.contains("this kernel ()"))
    }

    @Test(arguments: ["modules.builtin", "modules.dep", ""]) func vfio(_ file: String) throws {
        let result = try check {
            try $0.root.removeDirectory("/sys/module/vfio_pci")
            try $0.write("/proc/sys/kernel/osrelease", "6.1.0-1\n")
            if !file.isEmpty {
                try $0.write("/lib/modules/6.1.0-1/\(file)", "kernel/drivers/vfio/pci/vfio-pci.ko.xz: kernel/a.ko\n")
            }
        }
        if file.isEmpty {
            expect(
                result, "error", "this kernel (6.1.0-1) has no driver vfio-pci", "/lib/modules/6.1.0-1",
                "modprobe vfio-pci")
        } else {
            #expect(result.status == 0 && result.error == "")
        }
    }

    @Test func aDriverOfDPDK() throws {
        let known = try check {
            try card("8086:1572", $0)
            try pmd("* igb_uio | vfio-pci", $0)
        }
        #expect(known.error == "" && known.status == 0)
        let unknown = try check {
            try card("8086:ffee", $0)
            try pmd("* igb_uio | vfio-pci", $0)
        }
        expect(
            unknown, "error",
            "NIC nic0: 0000:17:00.0 (8086:ffee): the DPDK of /usr/bin/dpdk-testpmd (ABI 23) has no driver for it; "
                + "1 files",
            "pmds-23.0")
        let bifurcated = try check {
            try card("8086:1572", $0)
            try pmd("* ib_uverbs & mlx5_core", $0)
        }
        expect(
            bifurcated, "error",
            "DPDK's net_x requires the kernel driver (* ib_uverbs & mlx5_core), got Driver=vfio-pci", "Driver=none")
    }

    /// A DPDK that was built into its program has its drivers there.
    @Test func aDriverInTheProgram() throws {
        let result = try check {
            try card("8086:1572", $0)
            try pmd("* vfio-pci", $0)
            let pmds = "/usr/lib/x86_64-linux-gnu/dpdk/pmds-23.0/librte_net_x.so"
            try testpmd(libraries: [], $0, rest: $0.root.bytes(pmds))
            try $0.root.remove(pmds)
        }
        #expect(result.error == "" && result.status == 0)
    }

    /// The drivers of the distribution's DPDK are none of its own.
    @Test func noDriverInTheProgram() throws {
        let result = try check {
            try card("8086:1572", $0)
            try pmd("* vfio-pci", $0)
            try testpmd(libraries: ["libc.so.6"], $0)
        }
        expect(
            result, "error", "/usr/bin/dpdk-testpmd, which DPDK is a part of, has no driver for it", "enable_drivers")
        let script = try check {
            try card("8086:1572", $0)
            try $0.root.replace("/usr/bin/dpdk-testpmd", with: Array("#!/bin/sh\n".utf8), mode: 0o755)
        }
        expect(script, "warning", "/usr/bin/dpdk-testpmd is not an ELF program", "set Binary= in [Testpmd]")
    }

    @Test func pagesThatOthersUse() throws {
        let pool = "/sys/devices/system/node/node0/hugepages/hugepages-1048576kB"
        func use(_ tree: Tree, free: Int) throws {
            try tree.write("\(pool)/free_hugepages", "2\n")
            try tree.write(
                "/sys/devices/system/node/node0/meminfo", "Node 0 MemTotal: 33554432 kB\nNode 0 MemFree: \(free) kB\n")
        }
        expect(
            try check { try use($0, free: 2 << 20) }, "error",
            "5 pages of 1G are planned, the kernel has 5, but other processes use 3 of them",
            "2048 MiB of the node's memory are free", "stop the processes that use them")
        expect(try check { try use($0, free: 9 << 20) }, "warning", "9216 MiB", "hugepages=8")
        // They are those of the running chain.
        let ours = try check {
            try use($0, free: 0)
            try $0.write("/run/pvp/state/hugepages-node0-1G", "0 5 5\n")
        }
        #expect(ours.error == "" && ours.status == 0)
    }

    @Test(arguments: ["", "\n[Tuning]\nMoveInterrupts=no\n"]) func interruptsOnIsolatedCPUs(_ tuning: String) throws {
        func irq(
            _ number: Int, _ cpus: String, _ handler: String?, _ tree: Tree, file: String = "effective_affinity_list"
        ) throws {
            try tree.write("/proc/irq/\(number)/smp_affinity_list", "0-7\n")
            try tree.write("/proc/irq/\(number)/\(file)", cpus + "\n")
            if let handler { try tree.directory("/proc/irq/\(number)/\(handler)") }
        }
        let result = try check {
            try $0.write("/etc/pvpgen/pvp.conf", $0.text("/etc/pvpgen/pvp.conf") + tuning)
            try irq(24, "3", "nvme0q1", $0)
            try irq(25, "0", "ahci", $0)
            try irq(26, "5", nil, $0)
            try irq(101, "0,4-5", "eth0", $0, file: "smp_affinity_list")
        }
        expect(
            result, "warning",
            "isolated CPUs 1-7: interrupts are delivered to them: 24 (nvme0q1) on CPU 3, 101 (eth0) on CPU 4-5\n",
            tuning.isEmpty
                ? "run 'systemctl start pvp-tune', which moves" : "echo 0 > /proc/irq/NUMBER/smp_affinity_list")
    }

    @Test(arguments: [
        (
            "8.0 GT/s PCIe", "4", "40000",
            "its PCI Express link (8.0 GT/s x4) carries 31507 Mb/s, its port has 40000 Mb/s"
        ),
        ("8.0 GT/s PCIe", "4", "10000", nil), ("2.5 GT/s PCIe", "1", "2500", "(2.5 GT/s x1) carries 2000 Mb/s"),
        ("8.0 GT/s PCIe", "4", "-1", "carries 31507 Mb/s, the card can have 8.0 GT/s x8 with 63015 Mb/s"),
        ("8.0 GT/s PCIe", "8", "-1", nil), ("Unknown", "0", "10000", nil),
    ])
    func links(_ speed: String, _ width: String, _ port: String, _ message: String?) throws {
        let result = try check {
            try $0.write("\(Self.nic)/current_link_speed", speed + "\n")
            try $0.write("\(Self.nic)/current_link_width", width + "\n")
            try $0.write("\(Self.nic)/max_link_speed", "8.0 GT/s PCIe\n")
            try $0.write("\(Self.nic)/max_link_width", "8\n")
            try $0.write("\(Self.nic)/net/eth1/speed", port + "\n")
        }
        if let message {
            expect(result, "warning", message, "slot")
        } else {
            #expect(result.error == "" && result.status == 0)
        }
    }

    /// A directory that is closed to others, and lets QEMU's user in by its group.
    @Test func anImageBehindAGroup() throws {
        func close(_ tree: Tree, members: String) throws {
            try tree.write(
                "/etc/passwd",
                "root:x:0:0:root:/root:/bin/bash\nlibvirt-qemu:x:64055:108::/var/lib/libvirt:/usr/sbin/nologin\n")
            try tree.write("/etc/group", "kvm:x:108:\nimages:x:7777:\(members)\n")
            let directory = tree.root.path("/var/lib/libvirt/images")
            #expect(chown(directory, 0, 7777) == 0 && chmod(directory, 0o710) == 0)
        }
        #expect(try check { try close($0, members: "libvirt-qemu") }.error == "")
        expect(
            try check { try close($0, members: "somebody") }, "error",
            "QEMU's user may not search /var/lib/libvirt/images", "chmod o+x")
        let configured = try check {
            try close($0, members: "")
            try $0.write("/etc/libvirt/qemu.conf", "#user = \"libvirt-qemu\"\nuser = \"+0\"\n")
        }
        #expect(configured.error == "", "root may enter")
    }

    @Test func anOldDPDK() throws {
        let result = try check {
            // What else is installed does not count.
            try $0.directory("/usr/local/lib/x86_64-linux-gnu/dpdk/pmds-26.0")
            try testpmd(libraries: ["librte_eal.so.21"], $0)
        }
        expect(
            result, "error",
            "testpmd testpmd: /usr/bin/dpdk-testpmd: expected DPDK with ABI 22 (release 21.11) or newer, got ABI 21",
            "install a newer DPDK")
    }

    @Test func aBrokenManifestIsNotTakenForAMissingOne() throws {
        let tree = try InstallTests.machine()
        _ = try InstallTests.pvpgen("install", tree)
        try tree.write("/var/lib/pvpgen/manifest.json", "{")
        let result = try ShowTests.json(ShowTests.run(["check", "--json"], tree))
        let codes = result["problems"]?.array?.compactMap { $0["code"]?.string } ?? []
        #expect(codes.contains("manifest-broken") && !codes.contains("not-booted"), "\(codes)")
    }
}

extension Root {
    fileprivate func removeDirectory(_ name: String) throws { try FileManager.default.removeItem(atPath: path(name)) }
}
