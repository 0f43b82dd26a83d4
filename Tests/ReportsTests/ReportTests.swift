import Diagnostics
import JSON
import Reports
import Testing

@Suite struct ReportTests {
    private let report = Report([
        .init(Report.run, [.init("Date", "yesterday")]),
        .init("Kernel", [.init("Release", "6.1.0-42"), .init("Command line", "a|b\nc\\d")]),
    ])

    @Test func markdownHasATableForEachSection() {
        #expect(
            report.markdown == """
                # PVP host

                ## Run

                | | |
                |---|---|
                | Date | yesterday |

                ## Kernel

                | | |
                |---|---|
                | Release | 6.1.0-42 |
                | Command line | a\\|b<br>c\\\\d |

                """)
    }

    @Test func jsonIsReadBack() throws {
        let document = Document(.report, report.json).json
        #expect(try Report(try JSON(Array(document.text.utf8))) == report)
        // As version 0.1.0 wrote it.
        #expect(try Report(["pvpgen_report": 1, "sections": document["sections"] ?? .null]) == report)
    }

    @Test(arguments: [
        "{}", "[]", #"{"schema":"pvpgen.plan/1","sections":{}}"#, #"{"pvpgen_report":2,"sections":{}}"#,
        #"{"pvpgen_report":1,"sections":[]}"#,
        #"{"pvpgen_report":1,"sections":{"Kernel":1}}"#, #"{"pvpgen_report":1,"sections":{"Kernel":{"Release":1}}}"#,
    ])
    func otherContentIsNoReport(_ text: String) throws {
        let json = try JSON(Array(text.utf8))
        #expect { try Report(json) } throws: { ($0 as? Problem)?.code == .reportUnknown }
    }

    private func compare(_ others: Report...) -> ReportComparison {
        ReportComparison(([report] + others).enumerated().map { ("\($0.offset).json", $0.element) })
    }

    @Test func differencesAreNamedWhereverTheyAre() {
        var other = report
        #expect(compare(other).differences.isEmpty && compare(other).text == "no difference\n")
        other.sections[0].fields[0].value = "today"
        #expect(compare(other).differences.isEmpty, "the run itself does not count")
        other.sections[1].fields[0].value = "6.5.0"
        other.sections[1].fields.remove(at: 1)
        other.sections.append(.init("NIC nic0", [.init("Driver", "vfio-pci")]))
        #expect(
            compare(other).differences.map { [$0.section, $0.name] + $0.values.map { $0 ?? "-" } } == [
                ["Kernel", "Release", "6.1.0-42", "6.5.0"], ["Kernel", "Command line", "a|b\nc\\d", "-"],
                ["NIC nic0", "Driver", "-", "vfio-pci"],
            ])
    }

    @Test func severalReportsAreOneTable() {
        var second = report
        second.sections[1].fields[0].value = "6.5.0"
        #expect(
            compare(second, report).text == """
                SECTION  FIELD    0.json    1.json  2.json
                Kernel   Release  6.1.0-42  6.5.0   6.1.0-42

                """)
    }

    @Test(arguments: [
        (["Release"], 1), (["Kernel"], 1), (["Kernel/Release"], 1), (["Command line"], 0),
        (["Command line", "Kernel/Release"], 1), ([], 0),
    ])
    func onlyNamedFieldsCount(_ fields: [String], _ count: Int) {
        var second = report
        second.sections[1].fields[0].value = "6.5.0"
        let comparison = compare(second)
        #expect(comparison.differences(in: fields).count == count)
        #expect(comparison.unknown(in: fields + ["Colour"]) == ["Colour"])
    }
}
