import Linux
import Testing

@Suite("Programs without a terminal")
struct CommandTests {
    @Test func outputAndStatus() throws {
        let result = try Command(["/bin/sh", "-c", "echo out; echo err >&2; exit 3"]).run()
        #expect(result.status == 3)
        #expect(result.output == "out\nerr\n")
    }
}
