import Foundation
import Linux
import TestSupport
import Testing

@Suite struct UserFileTests {
    let host: HostCase

    init() throws { host = try HostCase("01-example") }

    /// After a power loss the name stands for the old content or the new, not for an empty file.
    @Test("A file is on the disk before it has its name, and the name after")
    func order() throws {
        let tree = try Tree()
        let strace = [
            "strace", "-f", "-qq", "-y", "-o", "\(tree.path)/log", "-e", "trace=openat,write,fsync,renameat,renameat2",
        ]
        let plan = [try Program.path("pvpgen"), "plan", "--root=\(host.tree.path)", "--output=\(tree.path)/plan"]
        #expect(try Command(strace + plan).run().status == 0)
        let calls = try tree.text("/log").split(separator: "\n").filter { $0.contains(tree.path) }.drop {
            !$0.contains("O_EXCL")
        }
        let names = calls.compactMap { $0.split(separator: " ").dropFirst().first?.prefix { $0 != "(" } }
        #expect(names == ["openat", "write", "fsync", "renameat", "fsync"], "\(calls)")
        #expect(calls.first?.contains("0600) = ") == true && calls[calls.startIndex + 2].contains(".#"))
        #expect(try tree.root.status("/plan").mode == 0o644 && tree.root.list("/") == ["log", "plan"])
    }

    @Test("A device is not replaced by a file")
    func device() throws {
        let tree = try Tree()
        #expect(try Command(["mknod", "\(tree.path)/null", "c", "1", "3"]).run().status == 0)
        let result = try Program(name: "pvpgen").run(["plan", "--root=\(host.tree.path)", "--output=\(tree.path)/null"])
        #expect(result.status == 1 && result.error.contains("/null: not a regular file: "), "\(result)")
    }
}
