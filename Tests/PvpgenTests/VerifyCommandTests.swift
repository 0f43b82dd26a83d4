import Foundation
import JSON
import Linux
import Plan
import TestSupport
import Testing
import Units
import Values

/// A running machine that is as its plan says, as a tree of files, and what `verify` says when one
/// thing in it is not.
@Suite struct VerifyCommandTests {
    /// A machine, and the systemd that answers for it.
    struct Running {
        let tree: Tree
        let systemd: FakeSystemd
        let plan: Plan

        init(tuning: String = "") throws {
            tree = try CheckTests.sound()
            if !tuning.isEmpty {
                try tree.write("/etc/pvpgen/pvp.conf", tree.text("/etc/pvpgen/pvp.conf") + "\n[Tuning]\n\(tuning)\n")
            }
            plan = try #require(Plan.read(from: tree.root).plan)
            systemd = try FakeSystemd()
            try writeKernel()
            try writeNICs()
            for testpmd in plan.testpmds { try write(testpmd) }
            for guest in plan.guests { try write(guest) }
            try writeTuned()
            let members = UnitTree(plan, problems: [], layout: Layout(prefix: "/usr")).members + ["pvp.target"]
            for member in members { unit(member, "active") }
        }

        func unit(_ name: String, _ state: String) {
            let result = state == "failed" ? "exit-code" : "success"
            systemd.change {
                $0.units[name] = ["LoadState": "loaded", "ActiveState": state, "SubState": state, "Result": result]
            }
        }

        private func writeKernel() throws {
            for name in ["isolated", "nohz_full"] {
                try tree.write("/sys/devices/system/cpu/\(name)", "\(plan.isolated)\n")
            }
            for hugepages in plan.hugepages {
                let pool = "/sys/devices/system/node/node\(hugepages.node)/hugepages/hugepages-1048576kB"
                try tree.write("\(pool)/nr_hugepages", "\(hugepages.pages)\n")
                try tree.write("\(pool)/free_hugepages", "0\n")
            }
            try interrupts([24: [9000, 0], 25: [1, 70]])
        }

        /// `/proc/interrupts` with these counts on CPU 0 and CPU 1.
        func interrupts(_ counts: KeyValuePairs<Int, [Int]>) throws {
            let rows = counts.map {
                " \($0.key):  \($0.value[0])  \($0.value[1])   PCI-MSI 1048576-edge      eth\($0.key)\n"
            }
            try tree.write(
                "/proc/interrupts",
                "           CPU0       CPU1\n\(rows.joined())LOC:     500     900   Local timer interrupts\n")
        }

        private func writeNICs() throws {
            for nic in plan.nics {
                let directory = "/sys/bus/pci/devices/\(nic.address)"
                try tree.link("\(directory)/driver", "../../drivers/vfio-pci")
                for which in ["current", "max"] {
                    try tree.write("\(directory)/\(which)_link_speed", "8.0 GT/s PCIe\n")
                    try tree.write("\(directory)/\(which)_link_width", "8\n")
                }
            }
        }

        func process(_ id: Int, _ arguments: [String]) throws {
            try tree.write("/proc/\(id)/cmdline", arguments.map { $0 + "\0" }.joined())
        }

        func thread(_ id: Int, of process: Int, _ name: String, allowed: String, on cpu: Int) throws {
            let directory = "/proc/\(process)/task/\(id)"
            try tree.write("\(directory)/comm", "\(name)\n")
            try tree.write("\(directory)/status", "Name:\t\(name)\nCpus_allowed:\tff\nCpus_allowed_list:\t\(allowed)\n")
            let fields = ["S"] + (4...38).map(String.init) + ["\(cpu)"] + (40...52).map(String.init)
            try tree.write("\(directory)/stat", "\(id) (\(name)) \(fields.joined(separator: " "))\n")
        }

        private func write(_ testpmd: TestpmdPlan) throws {
            try process(500, testpmd.arguments)
            try process(499, ["/usr/lib/pvpgen/pvp-console", "--name=testpmd", "--"] + testpmd.arguments)
            try thread(500, of: 500, "dpdk-testpmd", allowed: "\(testpmd.mainLcore)", on: testpmd.mainLcore)
            try thread(501, of: 500, "eal-intr-thread", allowed: "0", on: 0)
            for cpu in testpmd.forwardingLcores.cpus {
                try thread(510 + cpu, of: 500, "rte-worker-\(cpu)", allowed: "\(cpu)", on: cpu)
            }
        }

        private func write(_ guest: GuestPlan) throws {
            let devices = guest.vhosts.map {
                #"{"driver":"virtio-net-pci","rx_queue_size":\#($0.ringSize),"tx_queue_size":\#($0.ringSize),"#
                    + #""netdev":"n","mac":"\#($0.mac)"}"#
            }
            try process(
                600,
                ["/usr/bin/qemu-system-x86_64", "-name", "guest=\(guest.name),debug-threads=on"]
                    + devices.flatMap { ["-device", $0] })
            try thread(600, of: 600, "qemu-system-x86", allowed: "\(guest.emulator)", on: 0)
            for (index, cpu) in guest.vCPUs.enumerated() {
                try thread(610 + index, of: 600, "CPU \(index)/KVM", allowed: "\(cpu)", on: cpu)
            }
            try tree.write(
                "/proc/600/numa_maps",
                "5581 default heap anon=9 N0=9 kernelpagesize_kB=4\n"
                    + "7f00 bind:0 file=/dev/hugepages1G/x huge dirty=4 N0=\(guest.memory >> 30) "
                    + "kernelpagesize_kB=1048576\n"
            )
        }

        private func writeTuned() throws {
            for (path, value) in [
                "/proc/sys/kernel/nmi_watchdog": "0", "/proc/sys/kernel/numa_balancing": "0",
                "/proc/sys/vm/stat_interval": "10",
                "/proc/irq/default_smp_affinity": "01", "/proc/irq/24/smp_affinity_list": "0",
                "/proc/irq/25/smp_affinity_list": "0-7",
                "/sys/devices/virtual/workqueue/cpumask": "01",
                "/sys/devices/virtual/workqueue/writeback/cpumask": "00000001",
                "/sys/kernel/mm/ksm/run": "0", "/sys/kernel/mm/transparent_hugepage/enabled": "always madvise [never]",
                "/sys/devices/system/cpu/cpufreq/policy0/scaling_governor": "performance",
                "/sys/devices/system/cpu/cpufreq/policy0/scaling_available_governors": "performance powersave",
                // The kernel did not let it go.
                "/run/pvp/state/tuning-refused": "/proc/irq/25/smp_affinity_list",
            ] { try tree.write(path, value + "\n") }
            for (number, handler) in [24: "eth0", 25: "nvme0q1"] {
                try tree.directory("/proc/irq/\(number)/\(handler)")
            }
            slices(["init.scope": "0", "system.slice": "0", "user.slice": "0"])
        }

        func slices(_ cpus: [String: String]) {
            systemd.change { behavior in
                for (slice, cpus) in cpus {
                    behavior.units[slice] = ["LoadState": "loaded", "ActiveState": "active", "AllowedCPUs": cpus]
                }
            }
        }

        func verify(_ options: String...) throws -> Program.Result {
            try Program(name: "pvpgen", environment: systemd.environment).run(
                ["verify", "--root=\(tree.path)"] + options)
        }

        /// What is not as it should be: subject and what was found.
        func deviations() throws -> [String] {
            let result = try verify("--json")
            let json = try JSON(Array(result.output.utf8))
            let wrong = (json["items"]?.array ?? []).filter { $0["ok"] == false }
            #expect(result.status == (wrong.isEmpty ? 0 : 1) && json["ok"] == .bool(wrong.isEmpty), "\(result.error)")
            #expect(wrong.allSatisfy { $0["remedy"]?.string?.isEmpty == false })
            return wrong.map { "\($0["subject"]?.string ?? ""): \($0["found"]?.string ?? "")" }
        }
    }

    /// As often as a user might look.
    @Test func aCleanMachineHasNoDeviation() throws {
        let machine = try Running()
        for _ in 0..<20 { #expect(try machine.deviations() == []) }
        let result = try machine.verify()
        #expect(result.status == 0 && result.error == "")
        #expect(
            result.output.contains(" items, 0 deviations\n") && result.output.contains("testpmd, lcore 1"),
            "\(result.output)")
    }

    /// Written by hand or by another tool, and meaning the same.
    @Test func kernelArgumentsCountByTheirMeaning() throws {
        let machine = try Running()
        let text = try machine.tree.text("/proc/cmdline")
        let other = text.replacingOccurrences(of: "managed_irq,domain,1-7", with: "domain,managed_irq,1,2,3-7")
            .replacingOccurrences(of: "hugepagesz=1G", with: "hugepagesz=1024M").replacingOccurrences(
                of: "nohz_full=1-7", with: "nohz_full=1-3,4-7")
        #expect(other != text)
        try machine.tree.write("/proc/cmdline", other)
        #expect(try machine.deviations() == [])
        #expect(try !InstallTests.pvpgen("check", machine.tree).error.contains("booted without"))
    }

    private static let nic = "/sys/bus/pci/devices/0000:17:00.1"
    private static let node = "/sys/devices/system/node/node0/hugepages/hugepages-1048576kB"

    /// One thing that is not as it should be, and how it is named, a line each.
    private static let planted: [(String, String, @Sendable (Running) throws -> Void)] = [
        (
            "a kernel argument is missing", "rcu_nocbs=1-7: missing",
            {
                try $0.tree.write(
                    "/proc/cmdline", $0.tree.text("/proc/cmdline").replacingOccurrences(of: "rcu_nocbs=1-7 ", with: ""))
            }
        ),
        (
            "a CPU is not isolated", "isolated CPUs: 1-6",
            { try $0.tree.write("/sys/devices/system/cpu/isolated", "1-6\n") }
        ),
        (
            "a CPU has its tick", "CPUs without a tick: none",
            { try $0.tree.write("/sys/devices/system/cpu/nohz_full", "(null)\n") }
        ),
        ("a page is missing", "pages of 1G on node 0: 4", { try $0.tree.write("\(node)/nr_hugepages", "4\n") }),
        (
            "no process uses a page", "pages of 1G on node 0, in use: 4 (1 free)",
            { try $0.tree.write("\(node)/free_hugepages", "1\n") }
        ),
        (
            "a driver was bound again", "nic1 0000:17:00.1, driver: i40e",
            { try $0.tree.link("\(nic)/driver", "../../drivers/i40e") }
        ),
        ("a NIC has no driver", "nic1 0000:17:00.1, driver: none", { try $0.tree.root.remove("\(nic)/driver") }),
        (
            "a stranger is in the group",
            "nic0 0000:17:00.0, IOMMU group: shared with 0000:00:1f.2 (ahci)\n"
                + "nic1 0000:17:00.1, IOMMU group: shared with 0000:00:1f.2 (ahci)",
            {
                let other = "/sys/bus/pci/devices/0000:00:1f.2"
                try $0.tree.link("\(other)/driver", "../../drivers/ahci")
                try $0.tree.link(
                    "/sys/kernel/iommu_groups/7/devices/0000:00:1f.2", "../../../../bus/pci/devices/0000:00:1f.2")
            }
        ),
        (
            "a link is narrow", "nic1 0000:17:00.1, PCI Express link: 8.0 GT/s x4",
            { try $0.tree.write("\(nic)/current_link_width", "4\n") }
        ),
        (
            "a link is slow", "nic1 0000:17:00.1, PCI Express link: 2.5 GT/s x8",
            {
                try $0.tree.write("\(nic)/current_link_speed", "2.5 GT/s PCIe\n")
            }
        ),
        (
            "testpmd is gone", "testpmd: no process",
            { try FileManager.default.removeItem(atPath: $0.tree.root.path("/proc/500")) }
        ),
        (
            "it was started with fewer descriptors", "testpmd, arguments: --rxd=512",
            { machine in
                try machine.process(
                    500, machine.plan.testpmds[0].arguments.map { $0 == "--rxd=1024" ? "--rxd=512" : $0 })
            }
        ),
        (
            "an lcore may be elsewhere", "testpmd, lcore 2: allowed 2-3, on 3",
            {
                try $0.thread(512, of: 500, "rte-worker-2", allowed: "2-3", on: 3)
            }
        ),
        (
            "an lcore is missing", "testpmd, lcore 4: no thread",
            {
                try FileManager.default.removeItem(atPath: $0.tree.root.path("/proc/500/task/514"))
            }
        ),
        (
            "the main lcore is on an isolated CPU", "testpmd, main lcore: allowed 1, on 1",
            {
                try $0.thread(500, of: 500, "dpdk-testpmd", allowed: "1", on: 1)
            }
        ),
        (
            "a control thread may be on isolated CPUs", "testpmd, other threads: eal-intr-thread (501) allowed 0-7",
            {
                try $0.thread(501, of: 500, "eal-intr-thread", allowed: "0-7", on: 0)
            }
        ),
        (
            "the guest is gone", "guest: no process",
            { try FileManager.default.removeItem(atPath: $0.tree.root.path("/proc/600")) }
        ),
        (
            "a vCPU was moved", "guest, vCPU 1: allowed 0, on 0",
            { try $0.thread(611, of: 600, "CPU 1/KVM", allowed: "0", on: 0) }
        ),
        (
            "QEMU itself is on isolated CPUs", "guest, other threads: qemu-system-x86 (600) allowed 0-7",
            {
                try $0.thread(600, of: 600, "qemu-system-x86", allowed: "0-7", on: 5)
            }
        ),
        (
            "the guest's memory is elsewhere", "guest, memory: 3072 MiB on node 0, 1024 MiB on node 1",
            {
                try $0.tree.write(
                    "/proc/600/numa_maps", "7f00 default file=x huge dirty=4 N0=3 N1=1 kernelpagesize_kB=1048576\n")
            }
        ),
        (
            "a ring is short", "guest, rings of guest-0: 256 and 1024",
            {
                let text = try String(decoding: $0.tree.root.bytes("/proc/600/cmdline"), as: UTF8.self)
                let place = try #require(text.range(of: "\"rx_queue_size\":1024"))
                try $0.tree.write(
                    "/proc/600/cmdline", text.replacingCharacters(in: place, with: "\"rx_queue_size\":256"))
            }
        ),
        (
            "an interrupt came to an isolated CPU", "interrupt 24 (eth24): 3 on 1",
            {
                _ = try $0.verify()
                try $0.interrupts([24: [9000, 3], 25: [5, 70]])
            }
        ),
        ("a sysctl was changed", "nmi-watchdog: 1", { try $0.tree.write("/proc/sys/kernel/nmi_watchdog", "1\n") }),
        (
            "an interrupt may be delivered to isolated CPUs", "interrupts: 0-7",
            { try $0.tree.write("/proc/irq/24/smp_affinity_list", "0-7\n") }
        ),
        (
            "workqueues were let go", "workqueues: ff",
            { try $0.tree.write("/sys/devices/virtual/workqueue/cpumask", "ff\n") }
        ),
        (
            "transparent hugepages are on", "transparent-hugepages: always",
            {
                try $0.tree.write("/sys/kernel/mm/transparent_hugepage/enabled", "[always] madvise never\n")
            }
        ),
        (
            "a slice was let go", "slices: not set",
            { $0.slices(["init.scope": "0", "system.slice": "", "user.slice": "0"]) }
        ),
        (
            "the governor was changed", "governor: powersave",
            {
                try $0.tree.write("/sys/devices/system/cpu/cpufreq/policy0/scaling_governor", "powersave\n")
            }
        ),
        ("a unit failed", "testpmd.service: failed: exit-code", { $0.unit("testpmd.service", "failed") }),
    ]

    @Test(arguments: planted.map(\.0)) func isNamed(_ what: String) throws {
        let (_, lines, plant) = try #require(Self.planted.first { $0.0 == what })
        let machine = try Running()
        try plant(machine)
        #expect(try machine.deviations() == lines.components(separatedBy: "\n"))
    }

    @Test func thereAreTwentyOfThem() { #expect(Self.planted.count >= 20) }

    /// Earlier interrupts are reported once.
    @Test func interruptsAreThoseSinceTheLastLook() throws {
        let machine = try Running()
        #expect(try machine.deviations() == [])
        try machine.interrupts([24: [9001, 5], 25: [1, 70]])
        #expect(try machine.deviations() == ["interrupt 24 (eth24): 5 on 1"])
        #expect(try machine.deviations() == [])
        // Another device has the number now.
        try machine.interrupts([24: [0, 2], 25: [1, 70]])
        #expect(try machine.deviations() == ["interrupt 24 (eth24): 2 on 1"])
    }

    @Test func wakeupLatency() throws {
        let machine = try Running(tuning: "WakeupLatency=10")
        #expect(try machine.deviations() == ["wakeup-latency: unknown"])
        try machine.tree.root.replace("/dev/cpu_dma_latency", with: [0, 0x94, 0x35, 0x77])
        #expect(try machine.deviations() == ["wakeup-latency: 2000000000 us"])
        try machine.tree.root.replace("/dev/cpu_dma_latency", with: [10, 0, 0, 0])
        #expect(try machine.deviations() == [])
    }

    @Test func saysWhatToDo() throws {
        let machine = try Running()
        try machine.tree.write("\(Self.node)/nr_hugepages", "4\n")
        let result = try machine.verify()
        #expect(result.status == 1)
        #expect(
            result.output.hasSuffix(
                " items, 1 deviations\n"))
        #expect(
            result.output.contains(
                "\n\npages of 1G on node 0: 4, expected 5 or more\n"
                    + "  run 'pvpgen install' and reboot; read 'journalctl -u pvp-hugepages@0'\n"
            ))
    }

    @Test func withMistakesInTheConfiguration() throws {
        let machine = try Running()
        try ShowTests.withMistake(machine.tree)
        #expect(try machine.verify().status == 78)
    }
}
