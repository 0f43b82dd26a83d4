import Foundation
import Linux
import TestSupport
import Testing

/// `pvpgen install` and `uninstall`, killed: strace delivers SIGKILL at a system call of a real
/// process.
@Suite struct InterruptedInstallTests {
    static let distribution = "fedora-41"

    /// A moment: a system call, and how many of the same there have been by then, itself included.
    private struct Moment: CustomStringConvertible {
        var call: Substring
        var count: Int
        var description: String { "\(call) \(count)" }
    }

    /// Runs it, and kills it when it is about to make that call.
    private func pvpgen(_ verb: String, _ tree: Tree, killedAt moment: Moment) throws {
        let fault = "inject=\(moment.call):signal=SIGKILL:when=\(moment.count)"
        let command = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", fault]
        _ = try Command(command + [Program.path("pvpgen"), verb, "--root=\(tree.path)"]).run()
    }

    /// All moments from the first on that has to do with our state.
    private func moments(_ verb: String, _ tree: Tree) throws -> [Moment] {
        let trace = try Tree()
        let result = try Command([
            "strace", "-f", "-qq", "-o", "\(trace.path)/log", Program.path("pvpgen"), verb, "--root=\(tree.path)",
        ])
        .run()
        try #require(result.status == (verb == "install" ? 3 : 0), "\(result.output)")
        var counts: [Substring: Int] = [:]
        var moments: [Moment] = []
        for line in try trace.text("/log").split(separator: "\n") {
            // "3638  openat(AT_FDCWD, …"
            guard let call = line.split(separator: " ").dropFirst().first?.prefix(while: { $0 != "(" }) else {
                continue
            }
            counts[call, default: 0] += 1
            let isOfState =
                line.contains("/var/lib/pvpgen") && !line.contains("/nics") && !line.contains("manifest.json")
            if !moments.isEmpty || isOfState { moments.append(Moment(call: call, count: counts[call] ?? 1)) }
        }
        return moments.filter { $0.call != "exit_group" }
    }

    /// A boot loader's file is as before or as after, never anything else; what is of no boot
    /// loader may be in the making.
    private func expectWhole(_ now: Snapshot, _ before: Snapshot, _ after: Snapshot, at call: Moment) {
        for name in now.difference(from: before) where !name.hasPrefix("var/") && !name.hasSuffix(".pvpgen-new") {
            #expect(now.files[name] == after.files[name], "\(name), killed at call \(call)")
        }
    }

    @Test func killedAt50MomentsTheNextRunCompletesOrTakesBack() throws {
        let model = try InstallGoldenTests.machine(Self.distribution)
        let before = try Snapshot(model)
        // Counted on one, for all are the same.
        let installing = try moments("install", model)
        let after = try Snapshot(model)
        let uninstalling = try moments("uninstall", model)
        #expect(try Snapshot(model).difference(from: before) == [])
        #expect(installing.count > 100 && uninstalling.count > 100)

        let tree = try InstallGoldenTests.machine(Self.distribution)
        var states = 0
        for round in 0..<50 {
            let call = try #require(installing.randomElement())
            try pvpgen("install", tree, killedAt: call)
            let now = try Snapshot(tree)
            expectWhole(now, before, after, at: call)
            if now.difference(from: before) != [], now.difference(from: after) != [] { states += 1 }
            // The run that takes it back, too.
            if round % 3 == 0 { try pvpgen("install", tree, killedAt: try #require(installing.randomElement())) }
            if round % 2 == 0 {
                // Completed, then the way back killed as well.
                #expect(try InstallTests.pvpgen("install", tree).status == 3)
                #expect(try Snapshot(tree).difference(from: after) == [], "install, killed at call \(call)")
                let call = try #require(uninstalling.randomElement())
                try pvpgen("uninstall", tree, killedAt: call)
                expectWhole(try Snapshot(tree), before, after, at: call)
            }
            #expect(try InstallTests.pvpgen("uninstall", tree).status == 0)
            #expect(try Snapshot(tree).difference(from: before) == [], "uninstall after a kill at call \(call)")
        }
        #expect(states > 5, "the kill comes in the middle")
    }

    /// strace answers the call in the kernel's place.
    @Test(
        "A boot file that cannot be read stops install and uninstall, and nothing is written",
        arguments: ["install", "uninstall"], ["read:error=EIO", "openat2:error=EACCES", "openat2:error=ELOOP"])
    func unreadable(_ verb: String, _ fault: String) throws {
        let tree = try InstallGoldenTests.machine(Self.distribution)
        if verb == "uninstall" { #expect(try InstallTests.pvpgen("install", tree).status == 3) }
        let before = try Snapshot(tree)
        let entries = try tree.root.list("/boot/loader/entries").filter { !$0.contains("rescue") }.map {
            "/boot/loader/entries/\($0)"
        }
        for path in ["/etc/default/grub", "/etc/kernel/cmdline"] + entries {
            // A descriptor is compared by where it is, an argument as it stands.
            let place = fault.hasPrefix("read") ? tree.path + path : path
            let strace = ["strace", "-f", "-qq", "-o", "/dev/null", "-P", place, "-e", "inject=\(fault)"]
            let result = try Command(strace + [Program.path("pvpgen"), verb, "--root=\(tree.path)"]).run()
            #expect(result.status == 1 && result.output.contains("\(path): "), "\(path): \(result)")
            #expect(try Snapshot(tree).difference(from: before) == [], "\(path)")
        }
    }

    @Test(
        "An interrupted transaction is rolled back, also one of a release with other keys",
        arguments: [("existed", "exists"), ("wasThere", "isThere")])
    func rolledBack(_ existed: String, _ exists: String) throws {
        let tree = try InstallGoldenTests.machine("ubuntu-24.04")
        let before = try Snapshot(tree)
        // The journal exists, the file too, and the boot loader has not seen it.
        _ = try InstallTests.pvpgen("install", tree)
        let file = "/etc/default/grub.d/60-pvpgen.cfg"
        let journal = """
            {"files": [{"path": "\(file)", "\(existed)": false, "\(exists)": true}], "directories": \
            ["/var/lib/pvpgen"], "commands": [["update-grub"]]}
            """
        try tree.write("/var/lib/pvpgen/transaction/0.after", String(decoding: tree.root.bytes(file), as: UTF8.self))
        try tree.write("/var/lib/pvpgen/transaction/journal.json", journal)
        try tree.root.remove("/var/lib/pvpgen/manifest.json")
        let dry = try Program(name: "pvpgen").run(["install", "--dry-run", "--root=\(tree.path)"])
        #expect(
            dry.output.contains("an earlier run was interrupted: it would be rolled back first\n")
                && tree.root.exists(file))
        let again = try InstallTests.pvpgen("install", tree)
        #expect(
            again.status == 3
                && again.output.hasPrefix("to be run in \(tree.path): update-grub\n\(file): rolled back,"), "\(again)")
        #expect(again.output.contains("\(file): written\n"))
        #expect(try InstallTests.pvpgen("uninstall", tree).status == 0)
        #expect(try Snapshot(tree).difference(from: before) == [])
    }
}
