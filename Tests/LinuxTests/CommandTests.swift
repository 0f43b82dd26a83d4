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

    @Test("A signal's number is added to 128")
    func signal() throws {
        #expect(try Command(["/bin/sh", "-c", "kill -TERM $$"]).run().status == 128 + SIGTERM)
    }
}
