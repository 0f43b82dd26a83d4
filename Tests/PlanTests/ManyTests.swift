import Config
import Diagnostics
import HostTopology
import Plan
import Testing
import Values

/// Several testpmds, guests and interfaces, on the machine of PlannerTests: two sockets of 8 cores,
/// NICs on node 1 (81:00) and on node 0 (01:00).
@Suite struct ManyTests {
    static let guests = ["a", "b", "c"].map { "[Guest]\nName=\($0)\nImage=/\($0)\nVCPUs=1\nMemory=1G\n" }
    static let four = ["0000:81:00.0", "0000:81:00.1", "0000:01:00.0", "0000:01:00.1"]

    static func make(_ text: String, nics: [String] = ["0000:81:00.0", "0000:81:00.1"]) -> (plan: Plan, codes: [String])
    {
        let all = nics.map { "[NIC]\nPCIAddress=\($0)\n" }.joined() + text
        let (config, problems) = Config.parse([ConfigFiles.File(path: "pvp.conf", content: Array(all.utf8))])
        let (plan, more) = Plan.make(config, on: PlannerTests.host)
        return (plan, (problems + more).map(\.code.rawValue))
    }

    /// Which ports forward to each other, by name.
    static func pairs(_ plan: Plan, _ testpmd: String = "testpmd") -> [String] {
        guard let list = plan.testpmds.first(where: { $0.name == testpmd })?.portList else { return [] }
        var names: [Int: String] = [:]
        for nic in plan.nics where nic.testpmd == testpmd { names[nic.port] = nic.name }
        for port in plan.guests.flatMap(\.vhosts) where port.testpmd == testpmd { names[port.port] = port.name }
        return stride(from: 0, to: list.count, by: 2).map { "\(names[list[$0]] ?? "?")=\(names[list[$0 + 1]] ?? "?")" }
    }

    @Test func guestsBetweenTwoNICsAreAChain() {
        let (plan, codes) = Self.make("[Testpmd]\nForwardingLcores=2\n" + Self.guests.joined())
        #expect(codes.isEmpty)
        #expect(Self.pairs(plan) == ["nic0=a-0", "nic1=c-1", "a-1=b-0", "b-1=c-0"])
        #expect(plan.guests.map(\.vCPUs) == [[11], [12], [13]])
    }

    /// Two URLs for one ImageFile= are an error, one URL is shared.
    @Test func aFileHasOneImage() {
        func make(_ images: [String]) -> (plan: Plan, codes: [String]) {
            let guests = zip(["a", "b", "c"], images).map { "[Guest]\nName=\($0)\nVCPUs=1\nMemory=1G\n\($1)\n" }
            return Self.make("[Testpmd]\nForwardingLcores=1\n" + guests.joined())
        }
        let file = "ImageFile=/srv/a"
        #expect(make(["Image=https://e/a\n\(file)", "Image=/srv/b"]).codes.isEmpty)
        #expect(make(["Image=https://e/x/a", "Image=https://e/y/a"]).codes.isEmpty)
        let (plan, codes) = make([
            "Image=https://e/a\n\(file)", "Image=https://e/b\n\(file)", "Image=https://e/a\n\(file)",
        ])
        #expect(codes == ["image-twice"] && plan.guests.map(\.name) == ["a", "c"])
    }

    /// Paths are compared as the kernel reads them.
    @Test(
        "Images of guests that contradict each other are an error at the second",
        arguments: [
            ("Image=https://e/a\nImageFile=/srv/g", "Image=https://e/b\nImageFile=/srv//g", "ImageFile"),
            ("Image=https://e/a\nImageFile=/srv/g", "Image=https://e/b\nImageFile=/srv/i/./../g", "ImageFile"),
            ("Image=https://e/a\nImageFile=/srv/g", "Image=/srv/x/../g", "Image"),
            ("Image=/srv/g", "Image=https://e/a\nImageFile=/srv/g", "ImageFile"),
            ("Image=/g", "Image=/var/lib/pvpgen/guests/a/disk.qcow2", "Image"),
            ("Image=/g", "Image=https://e/a\nImageFile=/var/lib/pvpgen//guests/a/disk.qcow2", "ImageFile"),
            ("Image=/g", "Image=/var/lib/pvpgen/guests/b/disk.qcow2", "Image"),
            ("Image=https://e/a\n\(sum("a"))", "Image=https://e/a\nImageFile=/srv/b\n\(sum("b"))", "ImageChecksum"),
        ])
    func contradictingImages(_ first: String, _ second: String, _ key: String) throws {
        let guests = zip(["a", "b"], [first, second]).map { "[Guest]\nName=\($0)\nVCPUs=1\nMemory=1G\n\($1)\n" }
        let nics = ["0000:81:00.0", "0000:81:00.1"].map { "[NIC]\nPCIAddress=\($0)\n" }.joined()
        let text = nics + "[Testpmd]\nForwardingLcores=1\n" + guests.joined()
        let config = Config.parse([ConfigFiles.File(path: "pvp.conf", content: Array(text.utf8))]).config
        let problems = Plan.make(config, on: PlannerTests.host).problems.filter { $0.severity == .error }
        #expect(problems.map(\.code) == [.imageTwice])
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let place = try #require(lines.lastIndex { $0.hasPrefix("\(key)=") })
        #expect(problems.first?.location?.line == place + 1, "\(problems)")
    }

    @Test("Guests share an image by one URL, by paths of it and with one checksum")
    func sharedImages() {
        for (first, second) in [
            ("Image=/srv/g", "Image=/srv//g"), ("Image=https://e/a\n\(Self.sum("a"))", "Image=https://e/a"),
            ("Image=https://e/a\n\(Self.sum("a"))", "Image=https://e/a\n\(Self.sum("a"))"),
            (
                "Image=https://e/a\n\(Self.sum("a"))",
                "Image=https://e/a\nImageChecksum=sha512:\(String(repeating: "b", count: 128))"
            ),
        ] {
            let guests = zip(["a", "b"], [first, second]).map { "[Guest]\nName=\($0)\nVCPUs=1\nMemory=1G\n\($1)\n" }
            let (plan, codes) = Self.make("[Testpmd]\nForwardingLcores=1\n" + guests.joined())
            #expect(codes.isEmpty && plan.guests.count == 2, "\(first), \(second)")
        }
    }

    static func sum(_ digit: String) -> String {
        "ImageChecksum=sha256:\(String(repeating: digit, count: 64))"
    }

    /// The largest values that settings take, many times, on a machine that does not say what
    /// memory it has.
    @Test(arguments: ["1G", "2M"]) func theLargestValuesAddUp(_ page: String) {
        var text =
            "[Hugepages]\nPageSize=\(page)\nPages=16777216\n[Testpmd]\nForwardingLcores=1\nMemory=256T\nQueues=64\n"
            + "StopTimeout=1h\n"
        for place in 0..<300 {
            text += "[Guest]\nName=g\(place)\nImage=/a\nMemory=256T\nVCPUs=1\nQueues=64\nStartTimeout=1h\nNetwork=no\n"
        }
        let nics = "[NIC]\nPCIAddress=0000:81:00.0\n[NIC]\nPCIAddress=0000:81:00.1\n"
        let (config, _) = Config.parse([ConfigFiles.File(path: "pvp.conf", content: Array((nics + text).utf8))])
        let nodes = [0, 1].map {
            HostTopology.Node(id: $0, cpus: CPUSet(Array($0 * 4096..<($0 + 1) * 4096)), memory: 0)
        }
        let host = HostTopology(
            online: CPUSet(Array(0..<8192)), nodes: nodes, cores: (0..<8192).map { CPUSet([$0]) },
            devices: PlannerTests.host.devices, iommu: .intel)
        let (plan, problems) = Plan.make(config, on: host)
        #expect(
            problems.contains { $0.code == .pagesShort } && plan.guests.count == 300,
            "\(problems.prefix(3).map(\.line))")
    }

    @Test func aNICWithTheNameOfAnInterfaceIsAnotherPort() {
        let nics = "[NIC]\nName=a-0\nPCIAddress=0000:81:00.0\n[NIC]\nPCIAddress=0000:81:00.1\n"
        let (plan, codes) = Self.make(nics + "[Testpmd]\nForwardingLcores=2\n" + Self.guests[0], nics: [])
        #expect(codes.isEmpty && plan.testpmds.map(\.portList) == [[0, 2, 1, 3]])
    }

    @Test func asManyGuestsAsPairsHaveAPairEach() {
        let (plan, codes) = Self.make(
            "[Testpmd]\nForwardingLcores=1\nNUMANode=1\n" + Self.guests[0] + Self.guests[1], nics: Self.four)
        #expect(codes == ["nic-missing", "nic-far"])
        // By address: those of bus 01 are ports 0 and 1.
        #expect(Self.pairs(plan) == ["nic2=a-0", "nic3=a-1", "nic0=b-0", "nic1=b-1"])
    }

    @Test func aTestpmdForEachPairIsOnItsOwnNode() {
        let (plan, codes) = Self.make(
            "[Testpmd]\nForwardingLcores=1\n[Testpmd]\nForwardingLcores=1\n" + Self.guests[0] + Self.guests[1],
            nics: Self.four)
        #expect(codes == ["nic-missing"])
        #expect(plan.testpmds.map(\.name) == ["testpmd", "testpmd-1"] && plan.testpmds.map(\.node) == [1, 0])
        #expect(plan.testpmds.map(\.portList) == [[0, 2, 1, 3], [0, 2, 1, 3]])
        #expect(plan.guests.map(\.node) == [1, 0] && plan.guests.map(\.testpmds) == [["testpmd"], ["testpmd-1"]])
        #expect(plan.hugepages.map(\.pages) == [2, 2])
        // Nothing crosses the link between the sockets.
        for guest in plan.guests { #expect(guest.vCPUs.allSatisfy { PlannerTests.host.node(of: $0) == guest.node }) }
    }

    @Test func whoseNICAndGuestItIsCanBeSaid() {
        let text = """
            [NIC]
            PCIAddress=0000:81:00.0
            Testpmd=testpmd-b
            [NIC]
            PCIAddress=0000:81:00.1
            Testpmd=testpmd-b
            [Testpmd]
            Name=testpmd-a
            NUMANode=1
            [Testpmd]
            Name=testpmd-b
            ForwardingLcores=2
            [Guest]
            Image=/a
            Testpmd=testpmd-b

            """
        let (plan, codes) = Self.make(text, nics: [])
        #expect(codes == ["port-pairs"])
        #expect(plan.testpmds.map(\.name) == ["testpmd-b"] && plan.guests.map(\.testpmds) == [["testpmd-b"]])
    }

    static let declared = """
        [Testpmd]
        Queues=2
        ForwardingLcores=2
        [Guest]
        Name=a
        Image=/a
        VCPUs=1
        RingSize=512
        [Interface]
        Guest=a
        Name=west
        Peer=nic1
        MACAddress=52:54:00:00:00:01
        [Interface]
        Guest=a
        Name=east
        Peer=nic0
        RingSize=1024

        """

    @Test func interfacesSayWhichPortIsTheirPeer() {
        let (plan, codes) = Self.make(Self.declared)
        #expect(codes == ["ring-small"])
        #expect(Self.pairs(plan) == ["nic0=east", "nic1=west"])
        let ports = plan.guests.first?.vhosts ?? []
        #expect(
            ports.map(\.name) == ["west", "east"] && ports.map(\.queues) == [2, 2]
                && ports.map(\.ringSize) == [512, 1024])
        #expect(ports.first?.mac.description == "52:54:00:00:00:01" && ports.first?.socket == "/run/pvp/vhost/west")
        #expect(plan.testpmds.first?.portList == [0, 3, 1, 2])
    }

    /// An error in one leaves the indices of the others as they are.
    @Test func aWrongGuestInAChainLeavesTheOthersWhereTheyAre() {
        let wrong = Self.guests[0] + Self.guests[1] + "Imgae=/x\n" + Self.guests[2]
        let (plan, codes) = Self.make("[Testpmd]\nForwardingLcores=2\n" + wrong)
        #expect(codes == ["unknown-key"])
        #expect(plan.guests.map(\.name) == ["a", "c"])
        #expect(Self.pairs(plan) == ["nic0=a-0", "nic1=c-1"])
        #expect(plan.testpmds.first?.portList == [0, 2, 1, 5])
    }

    @Test func aGuestThatDoesNotFitLeavesTheOthersWhereTheyAre() {
        let big = Self.guests[1].replacing("VCPUs=1", with: "VCPUs=9")
        let (plan, codes) = Self.make("[Testpmd]\nForwardingLcores=2\n" + Self.guests[0] + big + Self.guests[2])
        #expect(codes == ["vcpus-short"])
        #expect(plan.guests.map(\.name) == ["a", "c"] && Self.pairs(plan) == ["nic0=a-0", "nic1=c-1"])
    }

    @Test func siblingsAreUsedOnRequest() {
        let (plan, codes) = Self.make("[Host]\nSMT=use\n[Testpmd]\nForwardingLcores=3\n[Guest]\nImage=/a\nVCPUs=4\n")
        #expect(codes.isEmpty)
        // The sibling that is left over is not assigned.
        #expect(
            plan.testpmds.first?.forwardingLcores.description == "9-10,25"
                && plan.guests.first?.vCPUs == [11, 27, 12, 28])
        #expect(plan.isolated.description == "9-12,25-28")
    }

    @Test func aShortageIsReportedWithTheOtherUsers() throws {
        let text = "[Testpmd]\nForwardingLcores=4\n" + Self.guests.joined().replacing("VCPUs=1", with: "VCPUs=3")
        let (config, _) = Config.parse([
            ConfigFiles.File(
                path: "pvp.conf",
                content: Array(("[NIC]\nPCIAddress=0000:81:00.0\n[NIC]\nPCIAddress=0000:81:00.1\n" + text).utf8))
        ])
        let problems = Plan.make(config, on: PlannerTests.host).problems
        #expect(problems.map(\.code) == [.vcpusShort, .vcpusShort])
        let first = try #require(problems.first)
        #expect(first.message.hasPrefix("guest b: 3 physical cores required on NUMA node 1"))
        #expect(first.message.hasSuffix("none is left; in use by testpmd testpmd 4, guest a 3"))
    }

    @Test(arguments: [
        (declared.replacing("Peer=nic1", with: "Peer=nic7"), ["peer-unknown", "ring-small", "nic-idle"]),
        (declared.replacing("Peer=nic1", with: "Peer=west"), ["peer-itself", "nic-idle", "ring-small"]),
        (declared.replacing("Peer=nic1", with: "Peer=nic0"), ["peer-twice", "nic-idle", "ring-small"]),
        (declared.replacing("Peer=nic1", with: "Peer=east"), ["peer-differs", "nic-idle", "ring-small"]),
        (declared.replacing("Peer=nic1\n", with: ""), ["peer-missing", "nic-idle", "ring-small"]),
        (declared.replacing("Guest=a\nName=west", with: "Guest=z\nName=west"), ["interface-guest", "nic-idle"]),
        (declared.replacing("Guest=a\nName=west", with: "Name=west"), ["interface-guest", "nic-idle"]),
        (declared.replacing("Name=west", with: "Name=nic0"), ["name-twice"]),
        (declared + guests[1] + guests[2], ["peer-missing"]),
        (
            declared.replacing("Name=east\nPeer=nic0", with: "Name=east\nPeer=nic0\nMACAddress=52:54:00:00:00:01"),
            ["mac-twice"]
        ),
        (
            "[Testpmd]\nForwardingLcores=1\n" + guests[0] + guests[1]
                + "[Interface]\nGuest=b\nName=a-0\n[Interface]\nGuest=b\n",
            ["name-twice"]
        ),
        ("[Testpmd]\nForwardingLcores=1\n" + guests[0] + "[Interface]\nGuest=a\n", ["port-pairs"]),
        ("[Testpmd]\n[Testpmd]\n" + guests.joined(), ["nic-testpmd", "guest-testpmd"]),
    ])
    func reports(_ text: String, _ codes: [String]) {
        let found = Self.make(text).codes
        for code in codes { #expect(found.contains(code), "\(found)") }
    }
}
