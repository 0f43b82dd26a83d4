import Config
import Diagnostics
import Plan
import Testing

@Suite("Arguments of testpmd that are given by hand")
struct ArgumentTests {
    private func problems(_ settings: String) -> [Problem] {
        PlannerTests.make("[Testpmd]\nForwardingLcores=1\n\(settings)\n").problems
    }

    @Test(
        "What the plan decides is refused in each spelling that getopt_long accepts",
        arguments: [
            ("-l 0-3", "CPUs="), ("-l0-3", "CPUs="), ("-vl0-3", "CPUs="), ("--lcores=0@1", "CPUs="),
            ("--lco 0@1", "CPUs="),
            ("-c 0xf", "CPUs="),
            ("-S1", "CPUs="), ("--main-lcore 1", "MainLcore="), ("-a 0000:01:00.0", "[NIC]"),
            ("--allow=0000:01:00.0", "[NIC]"),
            ("-b0000:01:00.0", "[NIC]"), ("--vdev=net_null0", "[Interface]"), ("-m 64", "Memory="),
            ("--socket-mem=1", "Memory="),
            ("--socket-l=1", "Memory="), ("--numa-mem=1", "Memory="), ("--no-huge", "PageSize="),
            ("--legacy-mem", "PageSize="),
            ("--file-prefix=x", "Name="), ("--proc-type=primary", "remove it"), ("--no-telem", "remove it"),
            ("-h", "remove it"),
            ("-n 4 -- --txd=1", "ExtraArguments="),
        ])
    func eal(_ arguments: String, _ remedy: String) throws {
        let problem = try #require(problems("EALArguments=\(arguments)").first)
        #expect(problem.code == .argumentOwned && problem.remedy.contains(remedy), "\(problem)")
        #expect(problem.location?.line == 7)
    }

    @Test(arguments: [
        ("-i", "remove it"), ("--interactive", "remove it"), ("-a", "remove it"), ("--auto-start", "remove it"),
        ("--auto", "remove it"),
        ("--nb-cores=2", "ForwardingLcores="), ("--nb-c 2", "ForwardingLcores="), ("--rxq=2", "Queues="),
        ("--txd 512", "Descriptors="),
        ("--forward-mode=mac", "ForwardMode="), ("--forward=mac", "ForwardMode="), ("--portlist=0", "Peer="),
        ("--burst=64", "BurstSize="),
        ("--total-num-mbufs=2048", "MbufCount="), ("--mbuf-size=2048", "MbufSize="), ("--rss-udp", "RSS="),
        ("--socket-num=0", "NUMANode="),
        ("--", "EALArguments="), ("--eth-peer 0,52:54:00:00:00:01 --tx-first", "remove it"),
    ])
    func testpmd(_ arguments: String, _ remedy: String) throws {
        let problem = try #require(problems("ExtraArguments=\(arguments)").first)
        #expect(problem.code == .argumentOwned && problem.remedy.contains(remedy), "\(problem)")
    }

    @Test("All of them are reported in one run")
    func all() {
        let found = problems("EALArguments=-l 1 -n 4 -m 64\nExtraArguments=--rxq=2 --mbcache=128")
        #expect(found.map(\.code) == [.argumentOwned, .argumentOwned, .argumentOwned])
    }

    @Test(
        "Other arguments stay as they are, behind the planned ones",
        arguments: [
            "EALArguments=-n 4 -r4 -d /opt/pmd.so -v --iova-mode=va --log-level=lib.eal:debug --single-file-segments "
                + "--huge-worker-stack=64",
            "ExtraArguments=--mbcache=128 --rxfreet 32 --enable-rx-cksum --tx-ip=198.18.0.1,198.18.0.2 --rxq-share "
                + "--no-numa --cmdline-file=/a",
        ])
    func others(_ line: String) throws {
        let (plan, problems) = PlannerTests.make("[Testpmd]\nForwardingLcores=1\n\(line)\n")
        #expect(problems.isEmpty)
        let options = try #require(plan.testpmds.first).options
        let words = line.split(separator: "=", maxSplits: 1)[1].split(separator: " ").map(String.init)
        #expect(options.ealArguments + options.extraArguments == words)
    }

    @Test("A device argument that adds ports is refused")
    func representor() {
        let (plan, problems) = PlannerTests.make(
            "[NIC]\nPCIAddress=0000:81:00.1\nDeviceArguments=mprq_en=1,representor=[0-3]\n[Testpmd]\n"
                + "ForwardingLcores=1\n",
            nics: ["0000:81:00.0"])
        #expect(problems.map(\.code) == [.argumentOwned] && plan.nics.map(\.name) == ["nic0"], "\(problems)")
    }
}
