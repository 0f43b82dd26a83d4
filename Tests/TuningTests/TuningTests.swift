import Testing
import Tuning
import Values

@Suite struct TuningTests {
    @Test func arguments() throws {
        let tuning = Tuning(
            isolated: try #require(CPUSet("2-7")), housekeeping: try #require(CPUSet("0-1")), items: [.siblings, .nmiWatchdog],
            wakeupLatency: 2)
        #expect(
            tuning.arguments
                == ["--isolated=2-7", "--housekeeping=0-1", "--siblings=", "--wakeup-latency=2", "nmi-watchdog", "siblings"])
        #expect(Tuning(isolated: CPUSet(), housekeeping: CPUSet(), items: []).isEmpty)
    }

    @Test func itemsHaveNames() {
        for item in TuningItem.allCases {
            #expect(TuningItem(item.name) == item && !item.why.isEmpty)
            #expect(TuningItems([item]).contains(item) && TuningItems.all.without(item).count == TuningItem.allCases.count - 1)
        }
        #expect(TuningItem("kms") == nil)
    }
}
