import Builds
import Config
import Diagnostics
import JSON
import Linux
import Plan
import TestSupport
import Testing
import Values

@testable import BuildActions

/// What root copies from the directory of an unprivileged user.
@Suite("Publication of what another user has staged") struct PublicationTests {
    private static let staged = "/var/cache/pvpgen/builds/dpdk-a/result"
    private static let program = "\(staged)/bin/dpdk-testpmd"

    private func staged() throws -> BuildHost {
        let host = try BuildHost(archiveOf: try Toy.project(), tools: try Toy.tools())
        try #require(try host.run("compile").status == 0)
        try host.tree.write("/secret", "only root may read this")
        return host
    }

    /// What the other user does instead of what was staged, and what the message has.
    static let tricks = [
        ("ln -sf ../../../../../../../secret bin/dpdk-testpmd", "open: Too many levels of symbolic links"),
        ("ln -sf /etc/shadow bin/dpdk-testpmd", "open: Too many levels of symbolic links"),
        ("rm bin/dpdk-testpmd && mkfifo bin/dpdk-testpmd", "not a regular file"),
        ("rm bin/dpdk-testpmd && mkdir bin/dpdk-testpmd", "not a regular file"),
        ("mv bin b && ln -s b bin", "open: "),
        ("cd .. && mv result r && ln -s r result", "open: "),
        ("cd ../.. && mv dpdk-a d && ln -s d dpdk-a", "open: "),
        ("ln -sf ../../../../../../secret build.json", "open: Too many levels"),
        ("rm build.json && mkfifo build.json", "not a regular file"),
        ("rm build.json", "No such file"),
        ("echo '{' > build.json", "its inputs have changed"),
        ("echo >> bin/dpdk-testpmd", "another checksum than that in build.json"),
        ("sed -i 's/dpdk-a/dpdk-b/' build.json", "its inputs have changed"),
        ("sed -i 's/\"generic\"/\"native\"/' build.json", "its inputs have changed"),
    ]

    @Test("Links, FIFOs and changed files are refused, and nothing is copied", arguments: tricks)
    func tricked(_ trick: String, _ message: String) throws {
        let host = try staged()
        let result = try Command(["sh", "-c", "cd \(host.root.path(Self.staged)) && \(trick)"]).run()
        try #require(result.status == 0, "\(result.output)")
        let published = try host.run("publish")
        #expect(published.status == 1 && published.error.contains(message), "\(published.error)")
        host.expectNothing()
        #expect(try host.tree.text("/secret") == "only root may read this")
    }

    @Test("A damaged result is built again, and what a killed process left is removed")
    func damaged() throws {
        let host = try staged()
        try host.run("publish")
        let result = try host.onlyResult()
        try host.tree.write("\(BuildResult.directory)/.partial-x/bin/file", "")
        try host.tree.write("\(BuildResult.directory)/.removed-x/bin/file", "")
        try host.root.remove(result.program)
        #expect(try host.build().status == 0)
        #expect(try host.onlyResult() == result)
        try host.tree.write("\(result.path)/build.json", "{}")
        #expect(try host.pvpgen("build", "show", "dpdk-a").error.contains("build.json: cannot be read"))
        #expect(try host.build().status == 0)
        #expect(try host.onlyResult() == result)
    }

    @Test("A valid result of other inputs that has the same name is not replaced")
    func collision() throws {
        let host = try staged()
        let bytes = try host.root.bytes("\(Self.staged)/build.json")
        let record = try #require(BuildRecord(try JSON(bytes)))
        var other = record
        other.inputs.options = ["-Dother=1"]
        let path = record.result.path
        // No other inputs have these digits, so the directory has another name than its record.
        try host.tree.write("\(path)/build.json", other.json.text)
        try host.tree.write("\(path)/bin/dpdk-testpmd", "other")
        let result = try host.run("publish")
        #expect(
            result.status == 1
                && result.error.contains("\(path): is a result of other inputs; run 'pvpgen build remove"),
            "\(result.error)")
        #expect(try host.tree.text("\(path)/bin/dpdk-testpmd") == "other")
    }
}
