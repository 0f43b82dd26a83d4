import JSON
import Measurement
import MeasurementResults
import TestSupport
import Testing
import XML

@Suite struct PageTests {
    /// Reads all elements; the first line is the document type.
    private func check(_ page: String) throws {
        let lines = page.split(separator: "\n", maxSplits: 1)
        #expect(lines[0] == "<!DOCTYPE html>")
        var reader = try XMLReader(Array(lines[1].utf8))
        try reader.readAll { _, _, _ in }
        #expect(!page.contains("://"), "nothing from elsewhere")
        #expect(!page.contains("src=") && !page.contains("href=") && !page.contains("@import"))
    }

    @Test("a page of all parts is well-formed and has nothing from elsewhere") func complete() throws {
        let page = try SimulatedChain().complete().page
        try check(page)
        for part in ["Throughput", "Loss by stage", "Latency", "Soak", "Searches", "Environment", "Method"] {
            #expect(page.contains("<h2>\(part)</h2>"), "\(part)")
        }
        #expect(page.contains("theoretical maximum of the link"))
        #expect(page.contains("<dt>NDR, 64 bytes</dt><dd class='value'>15.8"))
    }

    @Test("a link without a speed has no theoretical maximum") func noSpeed() throws {
        var chain = SimulatedChain()
        chain.linkSpeed = nil
        let page = try chain.result().page
        try check(page)
        #expect(!page.contains("theoretical maximum") && !page.contains("of line rate"))
    }

    @Test("faults come before the figures") func faults() throws {
        var result = try SimulatedChain().result()
        result.faults = ["the kernel changed"]
        let page = result.page
        let fault = try #require(page.firstRange(of: "the kernel changed"))
        let figures = try #require(page.firstRange(of: "<dl class='figures'>"))
        #expect(fault.lowerBound < figures.lowerBound)
    }

    @Test("names are escaped wherever they are shown") func escaping() throws {
        let name = "<script>alert('1')</script>&\u{1}"
        var chain = SimulatedChain()
        chain.invalidTrials = [1]
        chain.host = name
        chain.guest = name
        chain.directions = [name, name + "2"]
        var result = try chain.complete()
        result.name = name
        result.deviations = [name]
        result.faults = [name]
        result.latencies[0].faults = [name]
        result.soaks[0].intervals[0].fault = name
        result.generator.version = name
        result.reportBefore = chain.report(kernel: name)
        var other = result
        other.chain.host += "3"
        other.reportBefore = chain.report()
        for page in [result.page, MeasurementResult.page(of: [result, other, other])] {
            try check(page)
            #expect(!page.contains("<script") && page.contains("&lt;script&gt;alert(&apos;1&apos;)"))
        }
    }

    @Test("a measurement without trials has a page") func empty() throws {
        let page = SimulatedChain().empty.page
        try check(page)
        #expect(page.contains("the measurement has no search") && !page.contains("<h2>Throughput</h2>"))
    }

    @Test("a search that never fulfills the goal says so") func nothingForwarded() throws {
        let page = try SimulatedChain(capacity: 1000).result().page
        try check(page)
        #expect(page.contains("no load fulfills the goal"))
        #expect(page.contains("irregular result, because the minimum load does not fulfill the goal"))
    }

    @Test("the picture of a small result is as expected") func picture() throws {
        let page = try SimulatedChain().result().page
        let start = try #require(page.firstRange(of: "<svg class='plot wide'"))
        let end = try #require(page[start.lowerBound...].firstRange(of: "</svg>"))
        try MarkdownTests.compare(String(page[start.lowerBound..<end.upperBound]) + "\n", with: "throughput.svg")
    }

    @Test("the link's maximum is not drawn where the rates would be flat beside it") func distantMaximum() throws {
        func lines(_ capacity: Int) throws -> Int {
            let page = try SimulatedChain(capacity: capacity).result().page
            let start = try #require(page.firstRange(of: "<svg class='plot wide'"))
            let end = try #require(page[start.lowerBound...].firstRange(of: "</svg>"))
            #expect(page.contains("maximum of the link: above the plot") == (capacity < 500_000))
            return page[start.lowerBound..<end.lowerBound].split(separator: "<").count {
                $0.contains("class='line most dashed'")
            }
        }
        #expect(try lines(1_000_000) == lines(100_000) + 1)
    }

    @Test("in a fleet outliers come first, with what differs in their report") func fleet() throws {
        var results: [MeasurementResult] = []
        for (index, capacity) in [7_940_000, 7_950_000, 6_100_000, 7_930_000, 7_945_000].enumerated() {
            var result = try SimulatedChain(capacity: capacity, host: "host\(index)").result()
            if index == 2 { result.reportBefore = SimulatedChain(host: "host2").report(kernel: "6.5.0") }
            results.append(result)
        }
        let page = MeasurementResult.page(of: results)
        try check(page)
        let rows = page.split(separator: "\n").filter { $0.hasPrefix("<tr><td class='name'>host") }
        #expect(rows.count == 15)
        let first = try #require(rows.first)
        #expect(first.contains("host2") && first.contains("outlier") && first.contains("−22.9 %"))
        #expect(first.contains("Kernel/Release: 6.5.0, most have 6.1.0-42-amd64"))
        #expect(!rows[1...4].contains { $0.contains("outlier") || $0.contains("most have") })
    }

    @Test("results of one host are named by their names, equal ones by numbers") func labels() throws {
        var one = try SimulatedChain().result()
        let same = MeasurementResult.page(of: [one, one])
        #expect(same.contains(">2: host1, testpmd-20261201T120000Z<"))
        let second = one
        one.name = "other"
        #expect(MeasurementResult.page(of: [one, second]).contains(">host1, other<"))
    }
}
