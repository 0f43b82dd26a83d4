import Testing

@testable import Builds

@Suite struct CompileProgressTests {
    @Test(arguments: [
        ("[140/434] Compiling C object lib/librte_ring.a.p/rte_ring.c.o", 140, 434), ("[1/1] Linking", 1, 1),
        ("[0/1]", 0, 1),
    ]) func aLineOfNinjaIsProgress(_ line: String, _ done: Int, _ total: Int) throws {
        let progress = try #require(CompileProgress(line))
        #expect(progress.done == done && progress.total == total)
    }

    @Test(arguments: [
        "", "[", "[]", "[1]", "[1/2", "[a/b] x", "[-1/2]", "[+1/2]", "[1/2/3]", "[3/2] x", "[0/0]", " [1/2]", "[1/]",
        "[99999999999999999999/1]", "ninja: error: loading 'build.ninja'",
    ]) func anotherLineIsNone(_ line: String) { #expect(CompileProgress(line) == nil) }

    @Test func theLastLinesWithoutProgressAreKept() {
        var output = CompilerOutput(limit: 2)
        for line in ["one", "[1/3] Compiling", "two", "", "  ", "[2/3] Compiling", "three"] { output.add(line) }
        #expect(output.lines == ["two", "three"])
        #expect(output.progress?.done == 2)
        #expect(CompilerOutput().lines.isEmpty && CompilerOutput().summary.isEmpty)
        #expect(output.summary == "two | three")
    }

    @Test(
        "The first error is kept, whatever follows it",
        arguments: [
            "../app/x.c:3:9: error: 'x' undeclared", "meson.build:1:0: ERROR: Unknown options",
            "/usr/bin/ld: x.o: undefined reference to `f'", "ninja: error: unknown target",
        ])
    func firstError(_ line: String) {
        var output = CompilerOutput(limit: 2)
        for line in ["FAILED: x.o", line, "a.c:1:1: error: second", "  |  ^", "ninja: build stopped."] {
            output.add(line)
        }
        #expect(output.summary == line && output.lines == ["  |  ^", "ninja: build stopped."])
    }
}
