import Config
import Diagnostics
import Testing
import Values

@testable import Plan

@Suite("The memory of a testpmd's packet buffers")
struct PacketBuffersTests {
    @Test("By default there are as many as testpmd 22.11 creates")
    func defaults() {
        let buffers = PacketBuffers(TestpmdOptions(), lcores: 2)
        // "create a new mbuf pool <mb_pool_0>: n=163456, size=2176"
        #expect(buffers.count == 163456 && buffers.sizes == [2176])
        // 885 objects of 37 cache lines in each 2 MiB, a ring of 262144 pointers, caches.
        let (blocks, ring, caches) = (UInt64(185) << 21, UInt64(2) << 20, UInt64(1) << 20)
        #expect(buffers.bytes == blocks + ring + caches)
    }

    @Test(
        "They are counted against Memory=",
        arguments: [
            ("", []), ("MbufCount=400000", []), ("MbufCount=500000", [.packetBuffers]),
            ("MbufCount=500000\nMemory=2G", []),
            ("MbufSize=9216", [.packetBuffers]), ("MbufSize=9216\nMemory=2G", []),
            ("MbufSize=9216\nMbufCount=50000", []),
            ("MbufSize=2176,4096", [.packetBuffers]), ("MbufSize=2176 4096\nMbufCount=100000", []),
            ("MbufCount=1073741824", [.packetBuffers]),
        ] as [(String, [Problem.Code])])
    func fits(_ settings: String, _ codes: [Problem.Code]) {
        let (plan, problems) = PlannerTests.make("[Testpmd]\nForwardingLcores=2\n\(settings)\n")
        #expect(problems.map(\.code) == codes)
        #expect(plan.testpmds.count == (codes.isEmpty ? 1 : 0))
        // What is refused takes no pages and no CPUs.
        #expect(plan.hugepages.isEmpty == !codes.isEmpty && plan.isolated.isEmpty == !codes.isEmpty)
    }

    @Test("The remedy has the memory that is enough")
    func remedy() throws {
        let problem = try #require(
            PlannerTests.make("[Testpmd]\nForwardingLcores=2\nMbufCount=1000000\n").problems.first)
        let size = try #require(problem.remedy.split(separator: " ").first { $0.hasPrefix("Memory=") })
        #expect(size == "Memory=3072M" && problem.location?.text == "MbufCount=1000000")
        #expect(PlannerTests.make("[Testpmd]\nForwardingLcores=2\nMbufCount=1000000\n\(size)\n").problems.isEmpty)
    }
}
