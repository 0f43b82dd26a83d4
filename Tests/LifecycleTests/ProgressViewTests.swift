import Diagnostics
import Linux
import Presentation
import SystemdBus
import Testing

@testable import Lifecycle

@Suite struct ProgressViewTests {
    private static let image = "pvp-image@a.service"
    private static let guest = "pvp-guest@a.service"
    private static let pages = "pvp-hugepages@0.service"

    private func started() -> Chain {
        var chain = Chain(.start, [Self.image: "inactive", Self.guest: "inactive", Self.pages: "active"])
        chain.queue(Self.image)
        chain.queue(Self.guest)
        chain.change(Self.image, "activating", at: 0, ["StatusText": "Fetching http://x/: 1 of 2 MiB are here (50 %)"])
        return chain
    }

    @Test("The block has all stages, and what runs with its status")
    func block() {
        var chain = started()
        #expect(
            chain.block(at: 2500) == [
                "hugepages  already up", "images     0 of 1 up 2s",
                "  pvp-image@a.service             activating 2s: Fetching http://x/: 1 of 2 MiB are here (50 %)",
                "guests     waiting", "target     waiting",
            ])
        chain.change(Self.image, "failed", at: 3000, ["Result": "exit-code"])
        chain.finish(Self.image, "failed")
        chain.finish(Self.guest, "dependency")
        chain.finishTarget("dependency")
        #expect(
            chain.block(at: 3100) == [
                "hugepages  already up", "images     failed after 3s: pvp-image@a.service",
                "guests     failed: pvp-guest@a.service", "target     failed: pvp.target",
            ])
        #expect(ProgressView.summary(chain.progress, at: chain.now(3100)).text() == "3 of 4 stages failed in 3.100s")
    }

    @Test("A stage of several units counts those that are up and those that failed")
    func counts() {
        let names = ["a", "b", "c", "d", "e"].map { "pvp-guest@\($0).service" }
        var chain = Chain(.start, names.reduce(into: [:]) { $0[$1] = "inactive" })
        for name in names { chain.queue(name) }
        chain.change(names[0], "activating", at: 1)
        chain.change(names[0], "active", at: 2)
        chain.finish(names[0])
        chain.finish(names[1], "failed")
        #expect(chain.block(at: 500).first == "guests     1 of 5 up, 1 failed")
        for name in names[2...] { chain.finish(name, "failed") }
        #expect(
            chain.block(at: 500).first
                == "guests     failed after 1ms: pvp-guest@b.service, pvp-guest@c.service, "
                + "pvp-guest@d.service and 1 more"
        )
    }

    @Test("A stage has one line when it is finished, one without a job at the end")
    func newLines() {
        var chain = started()
        var view = ProgressView()
        func lines(_ time: UInt64) -> [String] { view.newLines(chain.progress, at: chain.now(time)).map { $0.text() } }
        #expect(lines(100) == [])
        chain.change(Self.image, "active", at: 1204)
        chain.finish(Self.image)
        #expect(lines(1300) == ["images     up after 1.204s"])
        #expect(lines(1400) == [])
        chain.start(Self.guest, from: 1300, to: 1400)
        chain.finishTarget()
        #expect(lines(1500) == ["hugepages  already up", "guests     up after 100ms", "target     up"])
        #expect(ProgressView.summary(chain.progress, at: chain.now(1500)).text() == "started in 1.500s")
    }

    @Test("A stop counts what has stopped")
    func stop() {
        var chain = Chain(.stop, [Self.guest: "active", Self.pages: "inactive"])
        chain.queue(Self.guest)
        chain.change(Self.guest, "deactivating", at: 0)
        #expect(
            chain.block(at: 100) == [
                "hugepages  already stopped", "guests     0 of 1 stopped",
                "  pvp-guest@a.service             deactivating", "target     waiting",
            ])
        chain.change(Self.guest, "inactive", at: 200)
        chain.finish(Self.guest)
        chain.finishTarget()
        #expect(chain.lines(at: 300).contains("guests     stopped after 200ms"))
    }

    @Test("A failure has its reason, the last lines of its processes, and the remedy")
    func report() {
        let problem = Problem(.jobFailed, "guests: a.service: failed (exit-code)", remedy: "run 'x'")
        func entry(_ message: String, pid: String = "7", _ more: [String: String] = [:]) -> JournalRecord {
            JournalRecord(
                time: 1,
                fields: ["MESSAGE": message, "_PID": pid, "SYSLOG_IDENTIFIER": "pvp-guest"].merging(more) { $1 })
        }
        let lines = (1...6).map { entry("line \($0)") }
        let manager = entry("a.service: Failed with result 'exit-code'.", pid: "1", ["UNIT_RESULT": "exit-code"])
        let style = Style(1) { $0 == "SYSTEMD_COLORS" ? "0" : nil }
        #expect(!FailureReport(problem, lines).isComplete)
        let report = FailureReport(problem, lines + [manager])
        #expect(report.isComplete && report.lines.count == FailureReport.limit)
        #expect(
            report.text(style) == """
                error: guests: a.service: failed (exit-code)
                    pvp-guest: line 2
                    pvp-guest: line 3
                    pvp-guest: line 4
                    pvp-guest: line 5
                    pvp-guest: line 6
                  run 'x'

                """)
        #expect(FailureReport(problem, [manager]).lines == ["pvp-guest: a.service: Failed with result 'exit-code'."])
        #expect(FailureReport(problem, [entry("one\ntwo\n\nthree")]).lines.count == 3)
    }

    @Test("The block is drawn over the one before, below what is printed above, and fits the terminal")
    func liveBlock() {
        let style = Style(1) { $0 == "SYSTEMD_COLORS" ? "0" : nil }
        let size = TerminalSize(rows: 4, columns: 9)
        var block = LiveBlock()
        #expect(block.text([StyledLine("a")], size: size, style: style) == "\ra\u{1b}[K\n\u{1b}[J")
        #expect(
            block.text([StyledLine("b"), StyledLine("c")], above: "error\n", size: size, style: style)
                == "\r\u{1b}[1A\u{1b}[Jerror\nb\u{1b}[K\nc\u{1b}[K\n\u{1b}[J")
        let lines = (1...9).map { StyledLine("a long line \($0)") }
        #expect(
            block.text(lines, size: size, style: style)
                == "\r\u{1b}[2Aa long l\u{1b}[K\na long l\u{1b}[K\n… 7 more\u{1b}[K\n\u{1b}[J")
    }
}
