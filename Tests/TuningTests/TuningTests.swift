import Testing
import Tuning
import Values

@Suite struct TuningTests {
    @Test func withoutItemsItIsEmpty() {
        var tuning = Tuning(isolated: CPUSet(), housekeeping: CPUSet(), items: [])
        #expect(tuning.isEmpty)
        tuning.wakeupLatency = 0
        #expect(!tuning.isEmpty)
    }

    @Test func itemsHaveNames() {
        for item in TuningItem.allCases {
            #expect(TuningItem(item.name) == item && !item.why.isEmpty)
            #expect(
                TuningItems([item]).contains(item)
                    && TuningItems.all.without(item).count == TuningItem.allCases.count - 1)
        }
        #expect(TuningItem("kms") == nil)
    }
}
