import Config
import Diagnostics
import Foundation
import Linux
import Plan
import TestSupport
import Testing
import Values

/// All errors of a file are reported in one run, whatever else is wrong in the same section.
@Suite struct MistakesTests {
    static let lines = [
        ("stray=1", 1, "syntax"), ("[Host]", 0, ""), ("Autostrat=yes", 1, "unknown-key"),
        ("IsolatedCPUs=2-x", 14, "value"),
        ("KernelArguments=a\"b", 17, "value"), ("Autostart=perhaps", 11, "value"), ("[Hugpages]", 1, "unknown-section"),
        ("[Hugepages]", 0, ""), ("PageSize=4K", 10, "value"), ("Pages=0:4 0:5", 7, "value"), ("[NIC]", 0, ""),
        ("PCIAddress=17:00", 12, "value"), ("[NIC]", 0, ""), ("PCIAddress=0000:17:00.0", 0, ""),
        ("Driver", 1, "syntax"),
        ("[Testpmd]", 0, ""),
        ("ForwardMode=fast", 13, "value"), ("  Queues = 0", 12, "value"), ("CPUs=0-1", 0, ""),
        ("Binary=testpmd", 8, "value"),
        ("[Guest]", 0, ""), ("Name=Big Guest", 6, "value"), ("Image=relative.qcow2", 7, "value"),
        ("Memory=lots", 8, "value"),
        ("\tMemroy=4G", 2, "unknown-key"), ("VCPUs=200", 7, "value"), ("[Guest", 1, "syntax"), ("[Guest]", 0, ""),
        ("Name=b", 0, ""), ("RingSize=1", 10, "value"), ("[Guest]", 0, ""), ("Name=b", 6, "name-twice"),
    ]

    @Test func twentyMistakesAreTwentyProblems() throws {
        let text = Self.lines.map(\.0).joined(separator: "\n")
        let (_, problems) = Config.parse([.init(path: "pvp.conf", content: Array(text.utf8))])
        let expected = Self.lines.enumerated().filter { !$0.element.2.isEmpty }.map {
            "\($0.offset + 1):\($0.element.1) \($0.element.2)"
        }
        #expect(expected.count >= 20)
        #expect(
            problems.map { "\($0.location?.line ?? 0):\($0.location?.column ?? 0) \($0.code.rawValue)" } == expected)
        for problem in problems {
            #expect(problem.location?.file == "pvp.conf" && !problem.remedy.isEmpty && problem.rendered.contains("^\n"))
        }
        #expect(Set(problems).count == problems.count)
    }

    /// An error that only the plan finds is reported of a section that is left out, too, if it is
    /// about one of its values.
    @Test func aWrongSectionIsPlannedForItsOtherMistakes() throws {
        let host = try HostCase("01-example")
        let text =
            "[NIC]\nPCIAddress=0000:17:00.0\n[NIC]\nPCIAddress=0000:17:00.1\n[NIC]\nCrystal=1\n"
            + "PCIAddress=0000:99:00.0\n[Testpmd]\n"
        try host.tree.write("/etc/pvpgen/pvp.conf", text)
        let (plan, problems) = Plan.read(from: host.root)
        #expect(plan?.nics.count == 2)
        #expect(problems.map { "\($0.location?.line ?? 0) \($0.code.rawValue)" } == ["6 unknown-key", "7 nic-missing"])
    }
}
