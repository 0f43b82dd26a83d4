import Testing

@testable import Linux

@Suite struct KernelLogTests {
    @Test func aShortLineStaysAsItIs() {
        #expect(KernelLog.record("pvp-generator[1]: a", .error) == "<3>pvp-generator[1]: a\n")
        #expect(KernelLog.record("", .warning) == "<4>\n")
    }

    /// Characters of one to four bytes, at every place of the cut.
    @Test(arguments: ["a", "é", "€", "😀", "e\u{301}"]) func aLongLineIsCutAfterACharacter(_ character: String) {
        for length in 900...1100 {
            let line = String(repeating: "x", count: length % 7) + String(repeating: character, count: length)
            let record = KernelLog.record(line, .error)
            let isWhole = line.utf8.count + "<3>\n".utf8.count <= KernelLog.recordLimit
            #expect(record.utf8.count <= KernelLog.recordLimit)
            #expect(
                record.hasSuffix(isWhole ? "\n" : "…\n")
                    && record.hasPrefix("<3>" + String(repeating: "x", count: length % 7)))
            #expect(!record.unicodeScalars.contains("\u{fffd}"))
            if isWhole {
                #expect(record == "<3>\(line)\n")
            } else {
                #expect(record.utf8.count > KernelLog.recordLimit - 4)
            }
        }
    }
}
