import Diagnostics
import HostCheck
import JSON
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
        #expect(try Report(try JSON(Array(report.json.text.utf8))) == report)
    }

    @Test(arguments: [
        "{}", "[]", #"{"pvpgen_report":2,"sections":{}}"#, #"{"pvpgen_report":1,"sections":[]}"#,
        #"{"pvpgen_report":1,"sections":{"Kernel":1}}"#, #"{"pvpgen_report":1,"sections":{"Kernel":{"Release":1}}}"#,
    ])
    func whatIsNoReportIsToldSo(_ text: String) throws {
        let json = try JSON(Array(text.utf8))
        #expect { try Report(json) } throws: { ($0 as? Problem)?.code == .reportUnknown }
    }

    @Test func differencesAreNamedWhereverTheyAre() {
        var other = report
        #expect(report.differences(from: other).isEmpty)
        other.sections[0].fields[0].value = "today"
        #expect(report.differences(from: other).isEmpty, "the run itself does not count")
        other.sections[1].fields[0].value = "6.5.0"
        other.sections[1].fields.remove(at: 1)
        other.sections.append(.init("NIC nic0", [.init("Driver", "vfio-pci")]))
        #expect(
            report.differences(from: other).map { [$0.section, $0.name, $0.first ?? "-", $0.second ?? "-"] } == [
                ["Kernel", "Release", "6.1.0-42", "6.5.0"], ["Kernel", "Command line", "a|b\nc\\d", "-"],
                ["NIC nic0", "Driver", "-", "vfio-pci"],
            ])
    }
}
