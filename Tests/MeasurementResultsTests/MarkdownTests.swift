import Foundation
import Measurement
import MeasurementResults
import TestSupport
import Testing

@Suite struct MarkdownTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()

    static func compare(_ text: String, with name: String) throws {
        let path = folder.appending(path: name)
        if Golden.isRewritten(name) { try text.write(to: path, atomically: true, encoding: .utf8) }
        #expect(
            try String(contentsOf: path, encoding: .utf8) == text,
            "UPDATE_GOLDEN=1 swift test --filter MarkdownTests rewrites \(name)")
    }

    @Test("the Markdown of a result has the template of DPDK's howto and a table for each part")
    func complete() throws {
        var chain = SimulatedChain()
        chain.invalidTrials = [4]
        var result = try chain.result([.bytes(64), .imix], offsets: [0, 1])
        result.latencies = try chain.latencies()
        result.soaks = [chain.soak(.bytes(64), seconds: 600, lossyEach: 97)]
        try Self.compare(result.markdown, with: "result.txt")
    }

    @Test("faults and deviations come before the numbers") func faults() throws {
        var result = try SimulatedChain().result()
        result.faults = ["Kernel/Release changed"]
        result.deviations = ["CPU 3: governor is powersave"]
        result.generator.host = "gen1"
        let text = result.markdown
        #expect(
            text.hasPrefix(
                """
                # PVP measurement testpmd-20261201T120000Z

                **This result is not valid.**

                - the measurement is invalid: Kernel/Release changed

                - Deviation from the plan: CPU 3: governor is powersave

                """), "\(text.prefix(400))")
        #expect(text.contains("| Traffic generator | builtin 0.1.0, DPDK 22.11.11 on host gen1 |"))
        #expect(!text.contains("Generator on the same host"))
    }

    @Test("names cannot end a cell or begin an element of HTML") func escaping() throws {
        let text = try SimulatedChain(guest: "a|b\n<script>").result().markdown
        #expect(text.contains("a\\|b \\<script>") && !text.contains("a|b") && !text.contains(" <script>"))
    }

    @Test("a measurement without trials and report has a page") func empty() {
        let text = SimulatedChain().empty.markdown
        #expect(text.contains("the measurement has no search") && text.contains("| Result | none |"))
        #expect(text.contains("| CPU | unknown, unknown |") && !text.contains("## Throughput"))
    }
}
