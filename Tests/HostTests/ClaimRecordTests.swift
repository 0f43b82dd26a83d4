import HostActions
import Testing

@Suite struct ClaimRecordTests {
    private func entry(_ before: String, _ set: String, at target: String = "irqbalance") -> ClaimRecord.Entry {
        .init("irqbalance", at: target, before: before, set: set)
    }

    @Test func theFirstValueBeforeStays() {
        var record = ClaimRecord()
        record.add(entry("", "2-7"))
        record.add(entry("2-7", "2-5"))
        record.add(entry("1", "0", at: "/sys/devices/system/cpu/cpu6/online"))
        #expect(record.text == "irqbalance\tirqbalance\t\t2-5\nirqbalance\t/sys/devices/system/cpu/cpu6/online\t1\t0\n")
        #expect(ClaimRecord(record.text) == record)
        let before = record
        record.add(entry("0", "2"))
        record.withdraw("irqbalance", for: before)
        #expect(record == before)
        record.withdraw("/sys/devices/system/cpu/cpu6/online", for: ClaimRecord())
        #expect(record.entries.map(\.target) == ["irqbalance"])
    }

    @Test func linesThatAreNone() { #expect(ClaimRecord("a\t/x\n\n\tx\t1\t0\nturbo\t/x\t1\t0\n").entries.count == 1) }

    @Test(arguments: [
        ("1", "0", "0", ClaimRecord.Entry.Release.restore("1")), ("1", "0", "1", .nothing), ("1", "0", "2", .leave),
        ("", "", "5", .leave),
        ("5", "5", "5", .nothing),
    ])
    func aValueIsRestoredWhileItIsOurs(
        _ before: String, _ set: String, _ now: String, _ release: ClaimRecord.Entry.Release
    ) {
        #expect(entry(before, set).release(from: now) == release)
    }

    @Test(arguments: [
        ("3", "6", 6, ClaimRecord.Entry.Release.restore("3")), ("3", "6", 10, .restore("7")),
        ("3", "6", 4, .restore("1")),
        ("0", "6", 4, .restore("0")), ("3", "3", 9, .nothing), ("-3", "4", 0, .nothing),
    ])
    func aCountLosesWhatWasAdded(_ before: String, _ set: String, _ now: Int, _ release: ClaimRecord.Entry.Release) {
        #expect(entry(before, set).releaseCount(from: now) == release)
    }
}
