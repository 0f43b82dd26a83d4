import Foundation
import Linux
import Testing

/// What systemd.generator(7) asks of a generator, and what ours promises.
@Suite struct GeneratorTests {
    let scratch: Scratch
    let out: String

    init() throws {
        scratch = try Scratch()
        out = try scratch.directory()
    }

    @Test func thereAreCases() { #expect(Generator.names.count >= 8) }

    @Test(arguments: Generator.names) func generates(_ name: String) throws {
        let result = try Generator.command(name, [out]).run()
        let said = try String(contentsOfFile: "\(Generator.cases)/\(name)/stderr.expected", encoding: .utf8)
        #expect(result.output == said)
        #expect(result.status == (said.contains("error: ") ? 1 : 0))
        #expect(Generator.listing(out) == Generator.expected(name))
        // Again over what is there, with the same result.
        #expect(try Generator.command(name, [out]).run().status == result.status)
        #expect(Generator.listing(out) == Generator.expected(name))
    }

    /// As on a kernel before 5.6, or in a container whose seccomp filter does not know the call.
    @Test("Without openat2(2) it generates the same", arguments: ["01-example", "07-drop-ins"], ["ENOSYS", "EPERM"])
    func withoutOpenat2(_ name: String, _ error: String) throws {
        let strace = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "inject=openat2:error=\(error)"]
        #expect(try Generator.command(name, [out], under: strace).run().status == 0)
        #expect(Generator.listing(out) == Generator.expected(name))
    }

    @Test func writesIntoTheFirstOfThreeDirectories() throws {
        let (early, late) = (try scratch.directory("early"), try scratch.directory("late"))
        #expect(try Generator.command("01-example", [out, early, late]).run().status == 0)
        #expect(Generator.listing(out) == Generator.expected("01-example"))
        #expect(Generator.listing(early).isEmpty && Generator.listing(late).isEmpty)
    }

    @Test func doesNothingInTheInitrd() throws {
        let result = try Generator.command("01-example", [out], environment: ["SYSTEMD_IN_INITRD=1"]).run()
        #expect(result.status == 0 && result.output.isEmpty)
        #expect(try Root(out).list("/").isEmpty)
    }

    @Test func doesNothingWithoutAConfiguration() throws {
        let result = try Generator.command("no-such-case", [out]).run()
        #expect(result.status == 0 && result.output.isEmpty)
        #expect(try Root(out).list("/").isEmpty)
    }

    @Test(arguments: [0, 2, 4]) func refusesOtherNumbersOfArguments(_ count: Int) throws {
        let result = try Generator.command("01-example", (0..<count).map { "\(out)/\($0)" }).run()
        #expect(result.status == 2)
        #expect(
            result.output
                == "pvp-generator: expected 1 or 3 directories, got \(count); run it as pvp-generator NORMAL-DIR [EARLY-DIR LATE-DIR]\n")
        #expect(try Root(out).list("/").isEmpty)
    }

    @Test func saysInOneLineWhatCannotBeWritten() throws {
        try Root(out).replace("/file", with: [])
        let result = try Generator.command("01-example", ["\(out)/file"]).run()
        #expect(result.status == 1)
        #expect(
            result.output
                == "pvp-generator: \(out)/file: open: Not a directory; make \(out)/file a directory that can be written\n"
        )
        #expect(try Root(out).list("/") == ["file"])
    }

    @Test func startsNoProgram() throws {
        let trace = "\(scratch.path)/trace"
        let strace = ["strace", "-f", "-qq", "-e", "trace=process", "-o", trace]
        #expect(try Generator.command("01-example", [out], under: strace).run().status == 0)
        let calls = try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n")
        let starts = calls.filter { line in ["clone", "fork", "exec"].contains { line.contains($0) } }
        // The one is the generator itself.
        #expect(starts.count == 1, "\(starts)")
    }

    /// Every file system but the output is read-only, in a mount namespace that ends with the test.
    @Test(arguments: Generator.names) func writesNowhereElse(_ name: String) throws {
        let script = """
            set -u
            mount --make-rprivate / || exit 90
            while read -r _ point _; do mount -o remount,bind,ro "$point" 2>/dev/null; done </proc/self/mounts
            mount -t tmpfs pvp "$1" || exit 91
            touch "$3/probe" /tmp/probe /run/probe /dev/shm/probe 2>/dev/null && exit 92
            "$2" "$1"
            status=$?
            diff -r --no-dereference "$1" "$3/expected" || exit 93
            exit $status
            """
        let arguments = [out, try Generator.path(), "\(Generator.cases)/\(name)"]
        // The lines that a build for coverage counts would be written elsewhere.
        let environment = [
            "env", "-u", "SYSTEMD_IN_INITRD", "-u", "SYSTEMD_EXEC_PID", "PVPGEN_ROOT=\(Generator.cases)/\(name)",
            "LLVM_PROFILE_FILE=/dev/null",
        ]
        let result = try Command(["timeout", "60"] + environment + ["unshare", "--mount", "sh", "-c", script, "sh"] + arguments).run()
        let said = try String(contentsOfFile: "\(Generator.cases)/\(name)/stderr.expected", encoding: .utf8)
        #expect(result.output == said)
        #expect(result.status == (said.contains("error: ") ? 1 : 0))
    }
}
