import Testing
import Values

@testable import Verification

@Suite struct InterruptCountsTests {
    /// CPU 1 is offline.
    static let text = """
                   CPU0       CPU2
          0:         44          0   IO-APIC    2-edge      timer
         24:          0          7   PCI-MSI 512000-edge      nvme0q1
        LOC:       1000       2000   Local timer interrupts
        ERR:          0

        """

    @Test func thoseOfDevices() {
        let counts = InterruptCounts(Self.text)
        #expect(
            counts.counts == [0: [0: 44, 2: 0], 24: [0: 0, 2: 7]] && counts.names == [0: "timer", 24: "nvme0q1"])
        #expect(counts.text == "0 0 44\n24 2 7\n")
        #expect(InterruptCounts(kept: counts.text).counts == [0: [0: 44], 24: [2: 7]])
        #expect(InterruptCounts("").counts.isEmpty && InterruptCounts(kept: "x\n1 2\n").counts.isEmpty)
    }

    @Test func sinceTheLastLook() throws {
        let now = InterruptCounts(Self.text)
        let cpus = try #require(CPUSet("2"))
        #expect(now.since(now, on: cpus).isEmpty)
        let fired = now.since(InterruptCounts(kept: "24 2 3\n"), on: cpus)
        #expect(fired.map(\.number) == [24] && fired.map(\.count) == [4] && fired.map(\.cpus) == [cpus])
        #expect(
            now.since(InterruptCounts(), on: try #require(CPUSet("0,2"))).map(\.number) == [0, 24],
            "the most often first")
    }
}
