import Config
import Diagnostics
import Linux
import Plan
import TestSupport
import Testing
import Values

@testable import Authoring

/// A host with two network cards for the chain, and one that the host itself uses.
struct SurveyedHost {
    static let first = "0000:17:00.0"
    static let second = "0000:17:00.1"
    static let management = "0000:01:00.0"
    static let image = "/var/lib/libvirt/images/guest.qcow2"

    let tree: Tree
    var root: Root { tree.root }

    init() throws {
        tree = try HostCase("01-example").tree
        try tree.root.remove("/etc/pvpgen/pvp.conf")
        try tree.directory("/sys/class/iommu/dmar0")
        try tree.root.replace(HostSurvey.testpmd, with: ELFFile.program(libraries: ["librte_eal.so.23"]), mode: 0o755)
        try driver("* vfio-pci", device: "1572")
        try card(Self.first, interface: "eth1", device: "1572", group: "7")
        try card(Self.second, interface: "eth2", device: "1572", group: "8")
        try card(Self.management, interface: "eth0", device: "1572", group: "9")
        try route("eth0")
        try tree.root.replace(Self.image, with: Self.qcow2())
    }

    /// The first bytes of a qcow2 image.
    static func qcow2(hasBackingImage: Bool = false) -> [UInt8] {
        [0x51, 0x46, 0x49, 0xfb, 0, 0, 0, 3] + [0, 0, 0, 0, 0, 0, 0, hasBackingImage ? 0x70 : 0]
    }

    /// The driver of DPDK for cards of Intel's with that device number.
    func driver(_ modules: String, device: String) throws {
        let number = try #require(UInt16(device, radix: 16))
        let text = #"PMD_INFO_STRING= {"name": "net_x", "kmod": ""# + modules + #"", "pci_ids": [[32902, "#
        try tree.write(
            "/usr/lib/x86_64-linux-gnu/dpdk/pmds-23.0/librte_net_\(device).so", "\0\(text)\(number), 65535, 65535]]}\0")
    }

    func card(_ address: String, interface: String?, device: String, group: String, speed: String = "25000") throws {
        let directory = "/sys/bus/pci/devices/\(address)"
        for (file, text) in [
            ("class", "0x020000"), ("vendor", "0x8086"), ("device", "0x\(device)"), ("subsystem_vendor", "0x8086"),
            ("subsystem_device", "0x0001"), ("numa_node", "0"),
        ] { try tree.write("\(directory)/\(file)", text + "\n") }
        try tree.link("\(directory)/driver", "../../drivers/i40e")
        try tree.link("\(directory)/iommu_group", "../../../../kernel/iommu_groups/\(group)")
        try tree.link("/sys/kernel/iommu_groups/\(group)/devices/\(address)", "../../../../bus/pci/devices/\(address)")
        guard let interface else { return }
        try tree.write("\(directory)/net/\(interface)/speed", speed + "\n")
    }

    func route(_ interfaces: String...) throws {
        let lines = interfaces.map { "\($0) 000200C0 0 0001 0 0 0 00FFFFFF\n" }.joined()
        try tree.write("/proc/net/route", "Iface Destination Gateway Flags RefCnt Use Metric Mask\n" + lines)
    }
}

@Suite struct ProposalTests {
    private func propose(
        _ host: SurveyedHost, nics: [String] = [], image: String? = nil
    ) throws -> Result<ConfigProposal, ProposalFailure> {
        try ConfigProposal.make(
            HostSurvey(reading: host.root), wanted: nics.compactMap { PCIAddress($0) }, image: image)
    }

    /// The code and the message of the one reason why there is no configuration.
    private func failure(
        _ host: SurveyedHost, nics: [String] = [], image: String? = nil
    ) throws -> Problem {
        do {
            _ = try propose(host, nics: nics, image: image).get()
        } catch let problem as Problem {
            return problem
        } catch let failure as ProposalFailure {
            return try #require(failure.problems.first)
        }
        throw Problem(.value, "expected a failure", remedy: "")
    }

    private func settings(_ text: String) -> [String] {
        text.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") }
    }

    @Test func theTwoFreeNICsAndTheOnlyImageAreUsed() throws {
        let proposal = try propose(SurveyedHost()).get()
        #expect(
            settings(proposal.text) == [
                "[NIC]", "PCIAddress=0000:17:00.0", "[NIC]", "PCIAddress=0000:17:00.1", "[Guest]",
                "Image=\(SurveyedHost.image)",
            ])
        #expect(proposal.text.contains("# eth1, card 8086:1572 on i40e, NUMA node 0, 25000 Mb/s\n[NIC]\n"))
        #expect(
            proposal.text.contains(
                """
                #   0000:01:00.0 (eth0, card 8086:1572 on i40e, NUMA node 0, 25000 Mb/s)
                #     0000:01:00.0: the host's network uses it: interface eth0 with route to 192.0.2.0/24
                """))
        #expect(proposal.plan.guests.map(\.name) == ["guest"] && proposal.warnings.isEmpty)
    }

    /// What is written is read by the configuration's own reader, with the same plan.
    @Test func theFileHasThePlanThatWasProposed() throws {
        let host = try SurveyedHost()
        let proposal = try propose(host).get()
        try host.tree.write("/etc/pvpgen/pvp.conf", proposal.text)
        let (plan, problems) = Plan.read(from: host.root)
        #expect(plan == proposal.plan && problems.isEmpty)
    }

    @Test func aSmallHostGetsSmallerSizes() throws {
        let host = try SurveyedHost()
        try HostCase.makeHost("node 0 memory=4 cores=4 threads=1", in: host.tree)
        let proposal = try propose(host).get()
        #expect(
            settings(proposal.text).dropFirst(4) == [
                "[Testpmd]", "ForwardingLcores=1", "[Guest]", "Image=\(SurveyedHost.image)", "VCPUs=2", "Memory=2G",
            ], "\(settings(proposal.text))")
    }

    @Test func aNICThatNeedsTheKernelsDriverKeepsIt() throws {
        let host = try SurveyedHost()
        try host.driver("* ib_uverbs & mlx5_core & mlx5_ib", device: "1572")
        let text = try propose(host).get().text
        #expect(settings(text).filter { $0 == "Driver=none" }.count == 2)
    }

    @Test func anOverlayDiskIsNoImage() throws {
        let host = try SurveyedHost()
        try host.tree.root.replace(
            HostSurvey.pool + "/overlay.qcow2", with: SurveyedHost.qcow2(hasBackingImage: true))
        try host.tree.write(HostSurvey.pool + "/README", "text\n")
        #expect(try HostSurvey(reading: host.root).images == [SurveyedHost.image])
    }

    @Test func choicesOfTheUserAreTaken() throws {
        let host = try SurveyedHost()
        try host.card("0000:18:00.0", interface: "eth3", device: "1572", group: "10")
        let text = try propose(host, nics: ["0000:18:00.0", SurveyedHost.first], image: "https://a.example/g.qcow2")
            .get()
            .text
        #expect(
            settings(text) == [
                "[NIC]", "PCIAddress=0000:18:00.0", "[NIC]", "PCIAddress=0000:17:00.0", "[Guest]",
                "Image=https://a.example/g.qcow2",
            ])
    }

    /// A host that has not what a configuration requires: what is wrong, the code, the message, the
    /// remedy.
    private typealias WrongHost = (
        change: @Sendable (SurveyedHost) throws -> Void, code: Problem.Code, message: String, remedy: String
    )

    private static let wrongHosts: [String: WrongHost] = [
        "the firmware has no IOMMU": (
            {
                try $0.root.removeTree("/sys/class/iommu/dmar0")
                try $0.root.remove("/sys/firmware/acpi/tables/DMAR")
            }, .iommuMissing, "the firmware reports no IOMMU", "enable the IOMMU"
        ),
        "one NIC": (
            { try $0.route("eth0", "eth2") }, .nicShort, "expected two NICs that can be used, found only 0000:17:00.0",
            "remove the reason"
        ),
        "every NIC is in use": (
            { try $0.route("eth0", "eth1", "eth2") }, .nicShort, "found none", "remove the reason"
        ),
        "no network card": (
            { host in
                for address in [SurveyedHost.first, SurveyedHost.second, SurveyedHost.management] {
                    try host.tree.write("/sys/bus/pci/devices/\(address)/class", "0x010802\n")
                }
            }, .nicShort, "found none", "this machine has no PCI network card"
        ),
        "several NICs": (
            { try $0.card("0000:18:00.0", interface: "eth3", device: "1572", group: "10") }, .nicAmbiguous,
            "expected two NICs that can be used, found 3", "--nic=0000:17:00.0 --nic=0000:17:00.1"
        ),
        "a NIC in one group with a disk controller": (
            { host in
                try host.tree.link("/sys/kernel/iommu_groups/8/devices/0000:00:1f.2", "../../x")
                try host.tree.link("/sys/bus/pci/devices/0000:00:1f.2/driver", "../../drivers/ahci")
            }, .nicShort, "found only 0000:17:00.0", "remove the reason"
        ),
        "cards that DPDK cannot drive": (
            { host in
                for address in [SurveyedHost.first, SurveyedHost.second] {
                    try host.card(address, interface: "eth1", device: "ffff", group: "7")
                }
            }, .nicShort, "found none", "remove the reason"
        ),
        "no DPDK": (
            { try $0.root.remove(HostSurvey.testpmd) }, .testpmdMissing, "/usr/bin/dpdk-testpmd: not found",
            "install the package dpdk-dev"
        ),
        "no image": (
            { try $0.root.remove(SurveyedHost.image) }, .imageMissing, "expected a disk image of a guest, found none",
            "set --image="
        ),
        "several images": (
            { try $0.root.replace(HostSurvey.pool + "/other.qcow2", with: SurveyedHost.qcow2()) }, .imageAmbiguous,
            "expected one disk image, found \(SurveyedHost.image), \(HostSurvey.pool)/other.qcow2",
            "--image=\(SurveyedHost.image)"
        ),
        "too few CPUs": (
            { try HostCase.makeHost("node 0 memory=64 cores=2 threads=1", in: $0.tree) }, .vcpusShort,
            "required on NUMA node 0", "VCPUs"
        ),
        "too little memory": (
            { try HostCase.makeHost("node 0 memory=2 cores=8 threads=1", in: $0.tree) }, .memoryShort,
            "expected 1 GiB for the host", "use NICs of another node"
        ),
        "a network that cannot be known": (
            { try $0.route() }, .nicShort, "found none", "remove the reason"
        ),
    ]

    @Test(arguments: wrongHosts.keys.sorted()) func aWrongHostHasASentence(_ name: String) throws {
        let wrong = try #require(Self.wrongHosts[name])
        let host = try SurveyedHost()
        try wrong.change(host)
        let problem = try failure(host)
        #expect(problem.code == wrong.code)
        #expect(problem.message.contains(wrong.message) && problem.remedy.contains(wrong.remedy), "\(problem.line)")
    }

    /// The reason to leave a NIC, as it is printed.
    @Test func objectionsNameTheCard() throws {
        let host = try SurveyedHost()
        try host.card(SurveyedHost.second, interface: "eth2", device: "ffff", group: "8")
        try host.tree.link("/sys/bus/pci/devices/\(SurveyedHost.first)/physfn", "../0000:17:00.7")
        let objections = try HostSurvey(reading: host.root).nics.map { $0.objection?.message ?? "" }
        #expect(
            objections == [
                "0000:01:00.0: the host's network uses it: interface eth0 with route to 192.0.2.0/24",
                "0000:17:00.0: it is a virtual function", "0000:17:00.1: DPDK has no driver for card 8086:ffff",
            ])
    }

    @Test("Without a network and a record init asks for the network, not for an installation")
    func theNetworkIsDown() throws {
        let host = try SurveyedHost()
        try host.tree.write("/proc/net/route", "Iface Destination Gateway Flags RefCnt Use Metric Mask\n")
        let objections = try HostSurvey(reading: host.root).nics.compactMap(\.objection)
        #expect(objections.map(\.code) == [.nicNetworkUnknown, .nicNetworkUnknown, .nicNetworkUnknown])
        #expect(objections.first?.remedy == "bring the network up and run 'pvpgen init' again")
    }

    @Test func aWantedNICThatTheNetworkUsesIsRefused() throws {
        let host = try SurveyedHost()
        let used = try failure(host, nics: [SurveyedHost.management, SurveyedHost.first])
        #expect(used.code == .nicNetwork)
        let missing = try failure(host, nics: ["0000:99:00.0"])
        #expect(missing.code == .nicMissing && missing.remedy.contains(SurveyedHost.first))
        #expect(try failure(host, image: "/nowhere.qcow2").code == .imageMissing)
    }

    /// Both NICs of a group can be used together, but not one of them with another card.
    @Test func aGroupIsUsedWhole() throws {
        let host = try SurveyedHost()
        try host.card(SurveyedHost.second, interface: "eth2", device: "1572", group: "7")
        #expect(try propose(host).get().warnings.isEmpty)
        try host.card("0000:18:00.0", interface: "eth3", device: "1572", group: "10")
        let shared = try failure(host, nics: [SurveyedHost.first, "0000:18:00.0"])
        #expect(shared.code == .nicGroupShared && shared.message.contains("0000:17:00.1 (i40e)"))
    }
}
