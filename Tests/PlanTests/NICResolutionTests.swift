import Config
import Diagnostics
import HostTopology
import Testing
import Values

@testable import Plan

@Suite struct NICResolutionTests {
    /// Two NICs that can have 4 virtual functions each, the first 2 routing IDs on; both in one
    /// IOMMU group, on node 1.
    static let host: HostTopology = {
        let devices = ["0000:ff:1e.0", "0000:17:00.0"].compactMap { PCIAddress($0) }.map {
            HostTopology.PCIDevice(address: $0, node: 1, iommuGroup: "7", sriov: SRIOV(total: 40, offset: 2, stride: 1))
        }
        let cpus = CPUSet(Array(0..<8))
        return HostTopology(
            online: cpus,
            nodes: [
                .init(id: 0, cpus: CPUSet(Array(0..<4)), memory: 8 << 30),
                .init(id: 1, cpus: CPUSet(Array(4..<8)), memory: 8 << 30),
            ],
            cores: (0..<8).map { CPUSet([$0]) }, devices: devices, iommu: .intel)
    }()

    static func make(_ text: String) -> NICResolution {
        let (config, problems) = Config.parse([ConfigFiles.File(path: "pvp.conf", content: Array(text.utf8))])
        #expect(problems.isEmpty)
        return NICResolution(of: config.nics, on: host, hasNoIOMMU: false)
    }

    @Test func virtualFunctionsAreNICsOfTheirParentsNode() {
        let resolution = Self.make("[NIC]\nName=wire\nPCIAddress=0000:17:00.0\nVirtualFunctions=2\n")
        #expect(resolution.problems.isEmpty)
        #expect(resolution.nics.map(\.name) == ["wire-vf0", "wire-vf1"])
        #expect(resolution.nics.map(\.address.description) == ["0000:17:00.2", "0000:17:00.3"])
        #expect(
            resolution.nics.allSatisfy {
                $0.node == 1 && $0.driver == .vfioPCI && $0.parent?.description == "0000:17:00.0"
            })
        #expect(resolution.parents.map(\.virtualFunctions) == [2])
    }

    @Test func neighboursInAGroupKnowEachOther() {
        let both = Self.make("[NIC]\nPCIAddress=0000:17:00.0\n[NIC]\nPCIAddress=0000:ff:1e.0\n")
        #expect(both.nics.map { $0.group.map(\.description) } == [["0000:ff:1e.0"], ["0000:17:00.0"]])
        // One that stays with its kernel driver keeps the group from being given away: it is no
        // companion.
        let one = Self.make("[NIC]\nPCIAddress=0000:17:00.0\n[NIC]\nPCIAddress=0000:ff:1e.0\nDriver=none\n")
        #expect(one.nics.allSatisfy { $0.group.isEmpty })
    }

    @Test(arguments: [
        ("[NIC]\nPCIAddress=0000:17:00.0\nVirtualFunctions=2\n[NIC]\nPCIAddress=0000:17:00.3\n", ["nic-twice"]),
        ("[NIC]\nPCIAddress=0000:17:00.0\n[NIC]\nPCIAddress=0000:17:00.0\nVirtualFunctions=2\n", ["nic-twice"]),
        ("[NIC]\nPCIAddress=0000:17:00.0\nVirtualFunctions=41\n", ["too-many-vfs"]),
        ("[NIC]\nPCIAddress=0000:ff:1e.0\nVirtualFunctions=15\n", ["too-many-vfs"]),
        ("[NIC]\nPCIAddress=0000:18:00.0\nVirtualFunctions=1\n", ["nic-missing"]),
        ("[NIC]\nMACAddress=68:05:ca:12:34:56\n", ["nic-unknown-mac"]),
    ])
    func reports(_ text: String, _ codes: [String]) { #expect(Self.make(text).problems.map(\.code.rawValue) == codes) }

    /// The same NIC by its MAC address and by its PCI address, in two sections and in one: one
    /// error, and none about a chain that lacks a NIC.
    @Test(arguments: [
        ("[NIC]\nPCIAddress=0000:17:00.0\n[NIC]\nMACAddress=68:05:ca:12:34:56\n", "nic-twice"),
        ("[NIC]\nMACAddress=68:05:ca:12:34:56\n[NIC]\nPCIAddress=0000:17:00.0\n", "nic-twice"),
        (
            "[NIC]\nPCIAddress=0000:17:00.0\nMACAddress=68:05:ca:12:34:56\n[NIC]\nPCIAddress=0000:ff:1e.0\n",
            "nic-address"
        ),
    ])
    func aNICGivenTwiceIsOneError(_ nics: String, _ code: String) throws {
        var host = Self.host
        host.findings[.mac(try #require(MACAddress("68:05:ca:12:34:56")))] = .found(
            try #require(PCIAddress("0000:17:00.0")))
        let text = nics + "[Testpmd]\nForwardingLcores=1\n[Guest]\nImage=/x.qcow2\nMemory=1G\n"
        let (config, mistakes) = Config.parse([ConfigFiles.File(path: "pvp.conf", content: Array(text.utf8))])
        #expect((mistakes + Plan.make(config, on: host).problems).map(\.code.rawValue) == [code])
    }

    @Test func aMulticastAddressIsNoNICs() {
        let file = ConfigFiles.File(path: "pvp.conf", content: Array("[NIC]\nMACAddress=01:00:5e:00:00:01\n".utf8))
        #expect(Config.parse([file]).problems.map(\.code) == [.value])
    }

    /// VFIO's arguments are in the plan if one NIC goes to it.
    @Test(arguments: [("none", "none", false), ("none", "vfio-pci", true), ("vfio-pci", "vfio-pci", true)])
    func theIOMMUIsForVFIO(_ first: String, _ second: String, _ isThere: Bool) {
        let text =
            "[NIC]\nPCIAddress=0000:17:00.0\nDriver=\(first)\n[NIC]\nPCIAddress=0000:ff:1e.0\nDriver=\(second)\n"
            + "[Testpmd]\nForwardingLcores=1\n"
        let (config, _) = Config.parse([ConfigFiles.File(path: "pvp.conf", content: Array(text.utf8))])
        let (plan, problems) = Plan.make(config, on: Self.host)
        #expect(problems.isEmpty)
        #expect(plan.kernelArguments.map(\.text).contains("intel_iommu=on") == isThere)
        #expect(plan.kernelArguments.map(\.text).contains("iommu=pt") == isThere)
    }
}
