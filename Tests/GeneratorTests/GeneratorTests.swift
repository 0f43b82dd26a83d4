import Foundation
import Linux
import TestSupport
import Testing

/// What systemd.generator(7) asks of a generator, and what ours promises.
@Suite struct GeneratorTests {
    let scratch: Scratch
    let out: String

    init() throws {
        scratch = try Scratch()
        out = try scratch.directory()
    }

    /// How the output differs from what the host's case expects.
    private func differences(from host: HostCase, messages: String? = nil) -> [String] {
        GeneratorOutput(messages: messages ?? host.expected.messages, directory: out).differences(from: host.expected)
    }

    @Test(arguments: HostCase.names) func generates(_ name: String) throws {
        let host = try HostCase(name)
        let result = try Generator.command(host.tree.path, [out]).run()
        #expect(differences(from: host, messages: result.output) == [])
        #expect(result.status == (result.output.contains("error: ") ? 1 : 0))
        // Again over the earlier output, with the same result.
        #expect(try Generator.command(host.tree.path, [out]).run().status == result.status)
        #expect(differences(from: host) == [])
    }

    /// As on a kernel before 5.6, or in a container whose seccomp filter does not know the call.
    @Test("Without openat2(2) it generates the same", arguments: ["01-example", "07-drop-ins"], ["ENOSYS", "EPERM"])
    func withoutOpenat2(_ name: String, _ error: String) throws {
        let strace = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "inject=openat2:error=\(error)"]
        let host = try HostCase(name)
        #expect(try Generator.command(host.tree.path, [out], under: strace).run().status == 0)
        #expect(differences(from: host) == [])
    }

    @Test func writesIntoTheFirstOfThreeDirectories() throws {
        let example = try HostCase("01-example")
        let (early, late) = (try scratch.directory("early"), try scratch.directory("late"))
        #expect(try Generator.command(example.tree.path, [out, early, late]).run().status == 0)
        #expect(differences(from: example) == [])
        #expect(try Root(early).list("/").isEmpty && Root(late).list("/").isEmpty)
    }

    @Test func doesNothingInTheInitrd() throws {
        let example = try HostCase("01-example")
        let result = try Generator.command(example.tree.path, [out], environment: ["SYSTEMD_IN_INITRD=1"]).run()
        #expect(result.status == 0 && result.output.isEmpty)
        #expect(try Root(out).list("/").isEmpty)
    }

    @Test func doesNothingWithoutAConfiguration() throws {
        let result = try Generator.command("/nonexistent", [out]).run()
        #expect(result.status == 0 && result.output.isEmpty)
        #expect(try Root(out).list("/").isEmpty)
    }

    @Test(arguments: [0, 2, 4]) func refusesOtherNumbersOfArguments(_ count: Int) throws {
        let example = try HostCase("01-example")
        let result = try Generator.command(example.tree.path, (0..<count).map { "\(out)/\($0)" }).run()
        #expect(result.status == 2)
        #expect(
            result.output
                == "pvp-generator: expected 1 or 3 directories, got \(count); run it as pvp-generator NORMAL-DIR "
                + "[EARLY-DIR LATE-DIR]\n"
        )
        #expect(try Root(out).list("/").isEmpty)
    }

    @Test func saysInOneLineWhatCannotBeWritten() throws {
        let example = try HostCase("01-example")
        try Root(out).replace("/file", with: [])
        let result = try Generator.command(example.tree.path, ["\(out)/file"]).run()
        #expect(result.status == 1)
        #expect(
            result.output
                == "pvp-generator: \(out)/file: open: Not a directory; make \(out)/file a writable directory\n"
        )
        #expect(try Root(out).list("/") == ["file"])
    }

    /// Case 01 with more in its configuration.
    private func host(_ more: String) throws -> Tree {
        let tree = try HostCase("01-example").tree
        try tree.write(
            "/etc/pvpgen/pvp.conf", String(decoding: tree.root.bytes("/etc/pvpgen/pvp.conf"), as: UTF8.self) + more)
        return tree
    }

    /// Each in a section of its own: an error at that place, and the units of the other sections.
    @Test func numbersThatAreTooLargeCostOneSection() throws {
        let example = try HostCase("01-example")
        let span = String(repeating: "9", count: 1200)
        let sum = String(repeating: "999999999d ", count: 107) + "1s"
        let size = "1" + String(repeating: "0", count: 30)
        let values = [
            ("Guest", "StopTimeout", span), ("Guest", "StartTimeout", sum), ("Guest", "Memory", size),
            ("Guest", "Memory", "\(size)E"),
            ("Guest", "CPUs", "0-1000000000"), ("Guest", "EmulatorCPUs", "1000000000"), ("Guest", "VCPUs", size),
            ("Guest", "SSHPort", size), ("Guest", "Address", "192.168.200.\(size)"),
            ("Network", "Address", "192.168.200.1/\(size)"),
            ("Hugepages", "Pages", size), ("Tuning", "WakeupLatency", size),
        ]
        let bad = values.enumerated().map { position, value in
            "[\(value.0)]\n" + (value.0 == "Guest" ? "Name=bad\(position)\nImage=/a\n" : "") + "\(value.1)=\(value.2)\n"
        }
        // Guests in a chain keep their ports when they are wrong, and four CPUs would be too few
        // for the lcores.
        let tree = try host("\n[Testpmd]\nForwardingLcores=1\n" + bad.joined())
        let result = try Generator.command(tree.path, [out]).run()
        #expect(result.status == 1, "\(result.output)")
        let text = try tree.text("/etc/pvpgen/pvp.conf")
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (_, key, value) in values {
            let line = try #require(lines.firstIndex { $0 == "\(key)=\(value)" }) + 1
            let position = "/etc/pvpgen/pvp.conf:\(line):\(key.utf8.count + 2): error: \(key)= in "
            #expect(result.output.contains(position), "\(position)")
        }
        #expect(
            result.output.split(separator: "\n").count { $0.contains(": error: ") } == values.count, "\(result.output)")
        let (found, expected) = (GeneratorOutput(messages: "", directory: out).files, example.expected.files)
        for name in expected.keys
        where ["pvp-guest@", "testpmd.", "pvp-vfio@", "pvp-hugepages@"].contains(where: name.hasPrefix) {
            #expect(found[name] != nil, "\(name)")
        }
    }

    /// The kernel refuses a record that is too long.
    @Test func itsRecordsFitIntoTheKernelsLog() throws {
        let guests = (0..<60).map { "[Guest]\nName=a-guest-with-a-long-name-\($0)\nImage=/é\n" }
        let host = try host("\n" + guests.joined() + "[Interface]\nGuest=another\n")
        _ = FileManager.default.createFile(atPath: "\(scratch.path)/kmsg", contents: nil)
        let result = try runAtBoot(host, "mount --bind '\(scratch.path)/kmsg' /dev/kmsg")
        #expect(result.status == 1 && result.output.isEmpty, "\(result.output)")
        let records = try String(contentsOfFile: "\(scratch.path)/kmsg", encoding: .utf8).split(separator: "\n")
        #expect(
            records.count > 1
                && records.allSatisfy { $0.utf8.count < 976 && $0.hasPrefix("<") && $0.contains("pvp-generator[") })
        #expect(records.contains { $0.contains("guest 'another' not found") && $0.hasSuffix("…") }, "\(records)")
    }

    @Test func withoutAKernelLogItPrints() throws {
        let result = try runAtBoot(try host("\n[Guest]\nMemroy=1G\n"), "mount -t tmpfs none /dev")
        #expect(result.status == 1 && result.output.contains("unknown key 'Memroy'"), "\(result.output)")
    }

    /// Runs the generator as systemd's child, in a mount namespace of its own.
    private func runAtBoot(_ host: Tree, _ mount: String) throws -> Command.Result {
        let script = "mount --make-rprivate / && \(mount) || exit 90\nSYSTEMD_EXEC_PID=$$ exec \"$1\" \"$2\""
        let environment = [
            "timeout", "60", "env", "-u", "SYSTEMD_IN_INITRD", "PVPGEN_ROOT=\(host.path)",
            "LLVM_PROFILE_FILE=/dev/null",
        ]
        return try Command(environment + ["unshare", "--mount", "sh", "-c", script, "sh", try Generator.path(), out])
            .run()
    }

    @Test func startsNoProgram() throws {
        let example = try HostCase("01-example")
        let trace = "\(scratch.path)/trace"
        let strace = ["strace", "-f", "-qq", "-e", "trace=process", "-o", trace]
        #expect(try Generator.command(example.tree.path, [out], under: strace).run().status == 0)
        let calls = try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n")
        let starts = calls.filter { line in ["clone", "fork", "exec"].contains { line.contains($0) } }
        // The one is the generator itself.
        #expect(starts.count == 1, "\(starts)")
    }

    /// Every file system but the output is read-only, in a mount namespace that ends with the test.
    @Test(arguments: HostCase.names) func writesNowhereElse(_ name: String) throws {
        let host = try HostCase(name)
        let expected = try scratch.directory("expected")
        try host.expected.write(below: Root(expected))
        let script = """
            set -u
            mount --make-rprivate / || exit 90
            while read -r _ point _; do mount -o remount,bind,ro "$point" 2>/dev/null; done </proc/self/mounts
            mount -t tmpfs pvp "$1" || exit 91
            touch "$3/probe" /tmp/probe /run/probe /dev/shm/probe 2>/dev/null && exit 92
            "$2" "$1"
            status=$?
            diff -r --no-dereference "$1" "$4" || exit 93
            exit $status
            """
        let arguments = [out, try Generator.path(), host.tree.path, expected]
        // The lines that a build for coverage counts would be written elsewhere.
        let environment = [
            "env", "-u", "SYSTEMD_IN_INITRD", "-u", "SYSTEMD_EXEC_PID", "PVPGEN_ROOT=\(host.tree.path)",
            "LLVM_PROFILE_FILE=/dev/null",
        ]
        let result = try Command(
            ["timeout", "60"] + environment + ["unshare", "--mount", "sh", "-c", script, "sh"] + arguments
        ).run()
        #expect(result.output == host.expected.messages)
        #expect(result.status == (result.output.contains("error: ") ? 1 : 0))
    }
}
