import Config
import JSON
import Plan
import Testing
import Values

@testable import Views

@Suite struct TableTests {
    @Test func theTableShowsTheAssignment() throws {
        let table = try Case("03-by-hand").plan.table
        let lines = table.split(separator: "\n").map(String.init)
        #expect(lines.contains("nic1  0000:00:04.0  testpmd  1"), "\(table)")
        #expect(lines.contains("testpmd  0     3       0     512 MiB  mac   1       1024"), "\(table)")
        #expect(lines.contains("guest  0     1,2       0         1024 MiB  testpmd"), "\(table)")
        #expect(lines.contains { $0.hasPrefix("nic0  0     3       2     guest-0") }, "\(table)")
        #expect(
            lines.contains("isolated      1-3") && lines.contains("of them idle  -")
                && lines.contains("housekeeping  0"), "\(table)")
        #expect(
            lines.contains {
                $0.split(separator: " ", maxSplits: 1).first == "irqaffinity=0"
                    && $0.hasSuffix("  no device interrupts on them")
            })
    }

    @Test func idleCPUsAreReported() throws {
        #expect(try Case("02-two-sockets").plan.idle == CPUSet("61-66"))
    }

    /// As `setup_fwd_config_of_each_lcore` does it: what is left over goes to the last lcores. Four
    /// rows are what testpmd 22.11 printed for four null ports.
    @Test(arguments: [
        (1, "5-6", [[0, 2], [1, 3]]), (2, "5-6", [[0, 2, 1, 3], [0, 2, 1, 3]]), (1, "5-7", [[0], [2], [1, 3]]),
        (1, "5-9", [[0], [2], [1], [3]]), (1, "5", [[0, 2, 1, 3]]),
        (2, "5-7", [[0, 2], [1, 3, 0], [2, 1, 3]]), (3, "5-9", [[0, 2], [1, 3], [0, 2], [1, 3, 0], [2, 1, 3]]),
    ])
    func lcoresPollPorts(_ queues: Int, _ lcores: String, _ ports: [[Int]]) throws {
        var testpmd = try Case("01-example").plan.testpmds[0]
        testpmd.portList = [0, 2, 1, 3]
        testpmd.queues = queues
        testpmd.forwardingLcores = try #require(CPUSet(lcores))
        let streams = Dictionary(grouping: testpmd.streams, by: \.lcore)
        #expect(streams.keys.sorted().map { lcore in streams[lcore, default: []].map(\.port) } == ports)
    }

    @Test func aTestpmdWithoutPortsHasNoStreams() throws {
        var testpmd = try Case("01-example").plan.testpmds[0]
        testpmd.portList = []
        #expect(testpmd.streams.isEmpty && testpmd.pairs.isEmpty)
    }

    @Test("The table lists settings that are not the default, JSON has all of them")
    func options() throws {
        var plan = try Case("01-example").plan
        #expect(!plan.table.contains("SETTING"))
        plan.testpmds[0].burstSize = 64
        plan.testpmds[0].extraArguments = ["--mbcache=128", "--no-numa"]
        plan.guests[0].machine = "pc-q35-7.2"
        plan.nics[1].deviceArguments = "mprq_en=1"
        let lines = plan.table.split(separator: "\n").map(String.init)
        let start = try #require(lines.firstIndex { $0.hasPrefix("SETTING") })
        #expect(
            lines[start...].prefix(5).map { $0.split(separator: " ").joined(separator: " ") } == [
                "SETTING OF VALUE", "DeviceArguments= nic1 mprq_en=1", "BurstSize= testpmd 64",
                "ExtraArguments= testpmd --mbcache=128 --no-numa", "Machine= guest pc-q35-7.2",
            ])
        let json = try JSON(Array(plan.json.text.utf8))
        let testpmd = try #require(json["testpmds"]?.array?.first)
        #expect(testpmd["burst_size"] == 64 && testpmd["extra_arguments"] == ["--mbcache=128", "--no-numa"])
        #expect(
            testpmd["stop_timeout_seconds"] == 30 && testpmd["mbuf_count"] == .null
                && testpmd["read_only_group"] == .null)
        #expect(
            testpmd["binary"] == "/usr/bin/dpdk-testpmd" && testpmd["forward_mode"] == "io" && testpmd["rss"] == "ip")
        let guest = try #require(json["guests"]?.array?.first)
        #expect(guest["machine"] == "pc-q35-7.2" && guest["guest_testpmd"] == false && guest["iommu"] == false)
        #expect(json["autostart"] == false && json["metrics_listen"] == .null)
        #expect(json["nics"]?.array?.map { $0["driver"]?.string } == ["vfio-pci", "vfio-pci"])
    }

    @Test func jsonHasAllOfIt() throws {
        let plan = try Case("02-two-sockets").plan
        let json = try JSON(Array(plan.json.text.utf8))
        #expect(json["isolated_cpus"]?.array?.compactMap(\.int) == plan.isolated.cpus)
        #expect(json["idle_cpus"]?.array?.compactMap(\.int) == Array(61...66))
        #expect(json["nics"]?.array?.compactMap { $0["address"]?.string } == ["0000:af:00.0", "0000:af:00.1"])
        #expect(json["nics"]?.array?.compactMap { $0["testpmd"]?.string } == ["testpmd", "testpmd"])
        let testpmd = try #require(json["testpmds"]?.array?.first)
        #expect(testpmd["memory_bytes"]?.counter == 2 << 30 && testpmd["streams"]?.array?.count == 8)
        let guest = try #require(json["guests"]?.array?.first)
        #expect(guest["vcpus"]?.array?.compactMap(\.int) == [23, 24, 25, 26] && guest["initrd"] == .null)
        #expect(
            guest["vhosts"]?.array?.compactMap { $0["socket"]?.string } == [
                "/run/pvp/vhost/vm-0", "/run/pvp/vhost/vm-1",
            ])
        #expect(json["hugepages"]?["nodes"]?.array == [["node": 1, "pages": 10]])
        #expect(json["kernel_arguments"]?.array?.count == plan.kernelArguments.count)
    }
}
