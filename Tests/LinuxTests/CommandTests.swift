import Glibc
import Linux
import Testing

@Suite("Programs without a terminal")
struct CommandTests {
    @Test func outputAndStatus() throws {
        let result = try Command(["/bin/sh", "-c", "echo out; echo err >&2; exit 3"]).run()
        #expect(result.status == 3)
        #expect(result.output == "out\nerr\n")
    }

    @Test("A command ends with its process, also when a daemon keeps its output open")
    func daemon() throws {
        let result = try Command(["/bin/sh", "-c", "sleep 60 & echo $!; exit 4"]).run()
        let daemon = try #require(Int32(result.output.split(separator: "\n").first ?? ""))
        #expect(result.status == 4)
        // Still running, so it was not waited for.
        #expect(kill(daemon, SIGKILL) == 0)
    }

    @Test("All output is read, also what a pipe does not hold at once")
    func longOutput() throws {
        let result = try Command(["/bin/sh", "-c", "yes x | head -c 1000000; exit 5"]).run()
        #expect(result.status == 5 && result.output.utf8.count == 1_000_000)
    }

    @Test("A command that closes its output is waited for")
    func closedOutput() throws {
        var ticks = 0
        let result = try Command(["/bin/sh", "-c", "echo out; exec >&- 2>&-; sleep 1.5; exit 7"]).run { ticks += 1 }
        #expect(result.status == 7 && result.output == "out\n" && ticks >= 1)
    }

    @Test("Lines are reported as they come, the last one also without its end")
    func lines() throws {
        var lines: [String] = []
        let script = "printf 'one\\n\\ntwo'; sleep 0.1; printf ' words\\nthr'; sleep 0.1; printf ee; exit 6"
        #expect(try Command(["/bin/sh", "-c", script]).run(eachLine: { lines.append($0) }) == 6)
        #expect(lines == ["one", "", "two words", "three"])
        #expect(try Command(["/bin/true"]).run(eachLine: { _ in Issue.record("a line") }) == 0)
    }

    @Test("A line without an end does not fill the memory, and nothing of many lines is lost")
    func longLines() throws {
        var longest = 0
        var bytes = 0
        let zeros = Command(["/bin/sh", "-c", "head -c 1000000 /dev/zero | tr '\\0' x"])
        #expect(
            try zeros.run(eachLine: {
                longest = max(longest, $0.utf8.count); bytes += $0.utf8.count
            }) == 0)
        #expect(bytes == 1_000_000 && longest < 1 << 18)
        var count = 0
        #expect(
            try Command(["seq", "100000"]).run(eachLine: {
                count += 1; if $0 != "\(count)" { count = -1 << 20 }
            }) == 0)
        #expect(count == 100_000)
    }

    @Test("A signal's number is added to 128")
    func signal() throws {
        #expect(try Command(["/bin/sh", "-c", "kill -TERM $$"]).run().status == 128 + SIGTERM)
    }
}
