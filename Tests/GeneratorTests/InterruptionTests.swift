import Foundation
import Linux
import TestSupport
import Testing

/// Two generators at once, and one that is killed: each file exists whole or not at all.
@Suite struct InterruptionTests {
    @Test func twoAtOnceLeaveWholeFiles() throws {
        let scratch = try Scratch()
        let host = try HostCase("01-example")
        let expected = host.expected.files
        for _ in 0..<25 {
            let out = try scratch.directory()
            let both = try (0..<2).map { _ in try Generator.command(host.tree.path, [out]) }
            DispatchQueue.concurrentPerform(iterations: 2) { index in
                let status = try? both[index].run().status
                #expect(status == 0)
            }
            #expect(GeneratorOutput(messages: "", directory: out).files == expected)
        }
    }

    /// Killed before each call with which it changes the directory (`write` follows the making of a
    /// file): more moments than chance would find.
    @Test(arguments: ["mkdirat", "write", "renameat", "symlinkat"]) func killedLeavesWholeFiles(_ call: String) throws {
        let scratch = try Scratch()
        let host = try HostCase("01-example")
        let expected = host.expected.files
        var kills = 0
        for number in 1...200 {
            let out = try scratch.directory()
            let strace = [
                "strace", "-qq", "-o", "/dev/null", "-e", "trace=\(call)", "-e",
                "inject=\(call):signal=KILL:when=\(number)",
            ]
            let status = try Generator.command(host.tree.path, [out], under: strace).run().status
            let found = GeneratorOutput(messages: "", directory: out).files
            let leftovers = found.keys.filter { expected[$0] == nil }
            for (name, content) in found where expected[name] != nil { #expect(content == expected[name], "\(name)") }
            for name in leftovers { #expect(Self.isIgnored(name), "\(name)") }
            if status == 0 {
                #expect(leftovers.isEmpty && found == expected)
                break
            }
            kills += 1
            // The next boot's generator, or the next reload's, makes it whole.
            #expect(try Generator.command(host.tree.path, [out]).run().status == 0)
            #expect(GeneratorOutput(messages: "", directory: out).files.filter { expected[$0.key] != nil } == expected)
        }
        #expect(kills >= (call == "symlinkat" ? 4 : 7))
    }

    /// Whether systemd cannot take it for a unit or a drop-in: the name is hidden, has a '#', and
    /// ends in no type (systemd.unit(5)).
    private static func isIgnored(_ path: String) -> Bool {
        let name = path.split(separator: "/").last ?? ""
        let suffix = name.split(separator: ".").last ?? ""
        let types = [
            "service", "socket", "target", "device", "mount", "automount", "swap", "timer", "path", "slice", "scope",
            "conf",
        ]
        return name.hasPrefix(".#") && !types.contains(String(suffix))
    }
}
