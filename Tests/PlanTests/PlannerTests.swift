import Config
import Diagnostics
import HostTopology
import Plan
import Testing
import Values

@Suite struct PlannerTests {
    /// Two sockets of 8 cores with SMT: CPU n and n + 16 share a core; 32 GiB on each.
    static let host: HostTopology = {
        let nodes = [0, 1].map { node in
            HostTopology.Node(
                id: node, cpus: CPUSet((0..<8).flatMap { [node * 8 + $0, node * 8 + $0 + 16] }), memory: 32 << 30)
        }
        let devices = ["0000:81:00.0", "0000:81:00.1", "0000:01:00.0"].compactMap { PCIAddress($0) }.map {
            HostTopology.PCIDevice(address: $0, node: $0.bus == 0x81 ? 1 : 0)
        }
        return HostTopology(
            online: CPUSet(Array(0..<32)), nodes: nodes, cores: (0..<16).map { CPUSet([$0, $0 + 16]) },
            devices: devices, iommu: .intel)
    }()

    static func make(_ text: String, nics: [String] = ["0000:81:00.0", "0000:81:00.1"]) -> (
        plan: Plan, problems: [Problem]
    ) {
        let all = nics.map { "[NIC]\nPCIAddress=\($0)\n" }.joined() + text
        let (config, problems) = Config.parse([ConfigFiles.File(path: "pvp.conf", content: Array(all.utf8))])
        #expect(problems.isEmpty)
        return Plan.make(config, on: host)
    }

    @Test func everythingIsOnTheNodeOfTheNICs() throws {
        let (plan, problems) = Self.make("[Testpmd]\n[Guest]\nImage=/a\n")
        #expect(problems.isEmpty)
        let testpmd = try #require(plan.testpmds.first)
        let guest = try #require(plan.guests.first)
        // CPU 8 is the node's own; every lcore and vCPU has a core of its own, whose other thread
        // is isolated and idle.
        #expect(testpmd.forwardingLcores.description == "9-12" && testpmd.mainLcore == 8 && testpmd.node == 1)
        #expect(guest.vCPUs == [13, 14, 15] && guest.emulator.description == "8,24" && guest.node == 1)
        #expect(plan.isolated.description == "9-15,25-31")
        #expect(plan.hugepages.map(\.node) == [1] && plan.hugepages.map(\.pages) == [5])
        #expect(
            plan.kernelArguments.map(\.text) == [
                "default_hugepagesz=1G", "hugepagesz=1G", "hugepages=1:5", "isolcpus=managed_irq,domain,9-15,25-31",
                "nohz_full=9-15,25-31",
                "rcu_nocbs=9-15,25-31",
                "irqaffinity=0-8,16-24", "intel_iommu=on", "iommu=pt",
            ])
    }

    @Test func portsAreCountedByAddressAndPaired() throws {
        let (plan, problems) = Self.make(
            "[Testpmd]\nForwardingLcores=2\n[Guest]\nImage=/a\n", nics: ["0000:81:00.1", "0000:81:00.0"])
        #expect(problems.isEmpty)
        #expect(plan.nics.map(\.name) == ["nic1", "nic0"])
        #expect(plan.testpmds.first?.portList == [0, 2, 1, 3])
        #expect(plan.guests.first?.vhosts.map(\.port) == [2, 3])
        #expect(Set(plan.guests.first?.vhosts.map(\.mac) ?? []).count == 2)
    }

    @Test func configuredCPUsAreExclusive() throws {
        let (plan, problems) = Self.make("[Testpmd]\nForwardingLcores=2\n[Guest]\nImage=/a\nCPUs=9,10\n")
        #expect(problems.isEmpty)
        #expect(plan.testpmds.first?.forwardingLcores.description == "11-12")
        #expect(plan.guests.first?.vCPUs == [9, 10])
    }

    @Test(arguments: [
        ("[Testpmd]\nCPUs=0,9\n", ["cpu-zero"]), ("[Testpmd]\nCPUs=9,99\n", ["cpu-offline"]),
        ("[Testpmd]\nCPUs=1\n", ["cpu-far"]),
        ("[Testpmd]\nCPUs=9\nForwardingLcores=2\n", ["lcores-differ"]),
        ("[Testpmd]\nForwardingLcores=8\n", ["lcores-short"]),
        ("[Testpmd]\nForwardingLcores=6\n", ["lcores-idle"]),
        ("[Testpmd]\nCPUs=9\n[Guest]\nImage=/a\nCPUs=25\n", ["cpu-in-use"]),
        ("[Testpmd]\n[Guest]\nImage=/a\nVCPUs=4\n", ["vcpus-short"]), ("[Testpmd]\n[Guest]\n", ["guest-image"]),
        ("[Testpmd]\n[Guest]\nImage=/a\nRingSize=1000\n", ["ring-size"]),
        ("[Testpmd]\n[Guest]\nImage=/a\nMemory=1536M\n", ["guest-memory"]),
        ("[Testpmd]\n[Guest]\nImage=/a\nCPUs=13\nVCPUs=2\n", ["vcpus-differ"]),
        ("[Testpmd]\nMemory=40G\n", ["memory-short"]),
        ("[Testpmd]\n[Testpmd]\n", ["nic-testpmd", "nic-testpmd", "port-pairs", "port-pairs"]),
        ("[Testpmd]\nMainLcore=9\nForwardingLcores=1\n", ["housekeeping-isolated"]),
        ("[Testpmd]\nMainLcore=77\n", ["cpu-offline"]),
        ("[Testpmd]\nMainLcore=1\n", ["cpu-far"]), ("[Testpmd]\nNUMANode=7\n", ["node-missing"]),
        ("[Testpmd]\nNUMANode=0\n", ["nic-far", "nic-far"]),
        ("[Testpmd]\n[Guest]\nImage=/a\nEmulatorCPUs=13\n", ["housekeeping-isolated"]),
        ("[Testpmd]\n[Guest]\nImage=/a\nNUMANode=0\n", ["guest-far"]),
        ("[Testpmd]\n[Guest]\nImage=/a\nQueues=2\n", ["queues-idle"]),
        ("[Testpmd]\nQueues=2\nForwardingLcores=1\n[Guest]\nImage=/a\nQueues=1\n", ["queues-few"]),
        ("[Testpmd]\n[Guest]\nImage=/a\nRingSize=512\n", ["ring-small"]),
        ("[Hugepages]\nPageSize=2M\n[Testpmd]\n[Guest]\nImage=/a\n", ["pages-small"]),
        ("[Testpmd]\n[Guest]\nImage=/a\nTestpmd=testpmd-2\n", ["unknown-testpmd"]),
        ("[Testpmd]\nCPUs=16\n", ["cpu-zero"]), ("[Testpmd]\nCPUs=9,25\n", ["cpu-siblings"]),
        ("[Host]\nSMT=use\n[Testpmd]\nCPUs=9,25\n", []),
        ("[Testpmd]\nForwardingLcores=1\nCPUs=8\n[Guest]\nImage=/a\nCPUs=9-15\n", ["no-housekeeping"]),
        ("[Hugepages]\nPages=2\n[Testpmd]\n[Guest]\nImage=/a\n", ["pages-short"]),
        ("[Hugepages]\nPages=0:9\n[Testpmd]\n", ["pages-short"]),
        ("[Hugepages]\nPages=1:9 7:1\n[Testpmd]\n", ["node-missing"]),
        ("[Host]\nIsolatedCPUs=10-15\n[Testpmd]\nCPUs=9\n", ["not-isolated"]),
        ("[Host]\nIsolatedCPUs=9-40\n[Testpmd]\n", ["cpu-offline", "isolated-reserved"]),
        ("[Host]\nIsolatedCPUs=8-31\n[Testpmd]\n", ["isolated-reserved"]), ("", []), ("[Guest]\nImage=/a\n", []),
        ("[Testpmd]\n[Guest]\nKernel=/a\nSSHKey=/b\n", ["guest-disk"]),
        ("[Testpmd]\n[Guest]\nName=testpmd\nImage=/a\n", ["guest-name"]),
        ("[Testpmd]\nName=testpmd-x\n[Guest]\nName=testpmd-x\nImage=/a\n", ["guest-name"]),
        ("[Testpmd]\nName=testpmd-x\n[Guest]\nName=testpmd\nImage=/a\n", ["guest-name"]),
        ("[Testpmd]\n[Guest]\nName=testpmd-x\nImage=/a\n", []),
        ("[Testpmd]\n[Guest]\nImage=http://e/a\n", ["guest-disk"]), ("[Testpmd]\n[Guest]\nImage=https://e/a\n", []),
        ("[Testpmd]\n[Guest]\nImage=/a\nImageFile=/b\n", ["guest-disk"]),
        ("[Testpmd]\n[Guest]\nImage=/a\nPrepare=credentials\n", ["guest-disk"]),
        ("[Testpmd]\n[Guest]\nImage=/a\nPrepare=none\nSSHKey=/b\n", ["guest-disk"]),
        ("[Testpmd]\n[Guest]\nImage=/a\nUninstall=cloud-init\nRootPasswordFile=/b\n", ["guest-disk", "guest-disk"]),
        ("[Testpmd]\n[Guest]\nImage=/a\nPrepare=sysprep\nUninstall=cloud-init\nRootPasswordFile=/b\nSSHKey=/c\n", []),
        ("[Testpmd]\n[Guest]\nImage=/a\nInitrd=/b\n", ["guest-kernel"]), ("[NIC]\n[Testpmd]\n", ["nic-address"]),
    ])
    func reports(_ text: String, _ codes: [String]) {
        #expect(Self.make(text).problems.map(\.code.rawValue) == codes)
    }

    @Test func aChecksumMakesUpForHTTP() {
        let sum = "sha256:" + String(repeating: "0", count: 64)
        #expect(Self.make("[Testpmd]\n[Guest]\nImage=http://e/a\nImageChecksum=\(sum)\n").problems.isEmpty)
    }

    @Test(arguments: [
        (["0000:81:00.0"], ["port-pairs"]), (["0000:81:00.0", "0000:81:00.0"], ["nic-twice"]), ([], ["no-nic"]),
        (["0000:81:00.0", "0000:82:00.0"], ["nic-missing"]), (["0000:81:00.0", "0000:01:00.0"], ["nic-far"]),
    ])
    func reportsErrorsOfNICs(_ nics: [String], _ codes: [String]) {
        #expect(Self.make("[Testpmd]\nForwardingLcores=1\n", nics: nics).problems.map(\.code.rawValue) == codes)
    }

    @Test func pagesByHandAreKept() {
        #expect(Self.make("[Hugepages]\nPages=1:9 0:2\n[Testpmd]\n").plan.hugepages.map(\.pages) == [2, 9])
        #expect(Self.make("[Hugepages]\nPages=6\n[Testpmd]\n").plan.hugepages.map(\.pages) == [6])
    }

    /// The host's core is the first that no section names.
    @Test func theHostsCoreMakesWay() {
        let (plan, problems) = Self.make("[Testpmd]\nCPUs=8-9\n")
        #expect(problems.isEmpty && plan.testpmds.first?.mainLcore == 10 && plan.isolated.description == "8-9,24-25")
    }

    @Test func aGuestThatIsTooBigIsLeftOut() {
        let (plan, problems) = Self.make(
            "[Testpmd]\nForwardingLcores=1\n[Guest]\nName=a\nImage=/a\nMemory=40G\n[Guest]\nName=b\nImage=/b\n")
        #expect(
            problems.map(\.code) == [.memoryShort] && plan.guests.map(\.name) == ["b"]
                && plan.hugepages.map(\.pages) == [5])
    }
}
