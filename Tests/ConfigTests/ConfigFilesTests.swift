import Config
import Diagnostics
import Foundation
import Linux
import TestSupport
import Testing

@Suite struct ConfigFilesTests {
    /// The same files in the same order as systemd finds for its own configuration.
    @Test func findsWhatSystemdFinds() throws {
        let host = try HostCase("07-drop-ins")
        let files = ConfigFiles(in: host.root)
        #expect(files.problems.isEmpty)
        let shown = try Command([
            "systemd-analyze", "--no-pager", "--root=\(host.tree.path)", "cat-config", "pvpgen/pvp.conf",
        ]).run()
        #expect(shown.status == 0)
        let paths = shown.output.split(separator: "\n").filter { $0.hasPrefix("# /") }.map {
            $0.dropFirst(2).replacingOccurrences(of: host.tree.path, with: "")
        }
        #expect(paths.count >= 3)
        #expect(files.files.map(\.path) == paths.filter { !$0.hasSuffix("30-masked.conf") })
    }

    @Test func anUnreadableFileIsReported() throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "pvp-config-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: directory) }
        try Root(directory.path).makeDirectory("/etc/pvpgen/pvp.conf")
        let files = ConfigFiles(in: Root(directory.path))
        #expect(files.files.isEmpty && files.problems.map(\.code) == [.configUnreadable])
    }

    /// systemd ignores it without a message; here it is reported, and the files of the other
    /// directories count.
    @Test("A directory of drop-ins that cannot be read is an error, not an empty one")
    func directories() throws {
        let main = "/etc/pvpgen/pvp.conf"
        let tree = try Tree([main: "[Host]\n", "/run/pvpgen/pvp.conf.d": "", "/usr/lib/pvpgen/pvp.conf.d/a.conf": ""])
        try tree.link("\(main).d", "pvp.conf.d")
        let files = ConfigFiles(in: tree.root)
        #expect(files.files.map(\.path) == [main, "/usr/lib/pvpgen/pvp.conf.d/a.conf"])
        #expect(files.problems.map(\.code) == [.configUnreadable, .configUnreadable])
        #expect(
            files.problems.map(\.message) == [
                "\(main).d: opendir: Too many levels of symbolic links",
                "/run/pvpgen/pvp.conf.d: opendir: Not a directory",
            ])
        // A main file that cannot be looked up does not give way to that of a later directory.
        try tree.root.removeTree("/etc/pvpgen")
        try tree.link("/etc/pvpgen", "pvpgen")
        try tree.write("/usr/lib/pvpgen/pvp.conf", "[Host]\n")
        let others = ConfigFiles(in: tree.root)
        #expect(others.problems.first?.message == "\(main): open: Too many levels of symbolic links")
        #expect(others.files.map(\.path) == ["/usr/lib/pvpgen/pvp.conf.d/a.conf"])
    }

    @Test("A configuration file must be a regular file")
    func regularFiles() throws {
        let tree = try Tree(["/etc/pvpgen/pvp.conf.d/a.conf": ""])
        for name in ["pvp.conf", "pvp.conf.d/b.conf"] {
            #expect(try Command(["mkfifo", "\(tree.path)/etc/pvpgen/\(name)"]).run().status == 0)
        }
        let files = ConfigFiles(in: tree.root)
        #expect(files.problems.map(\.code) == [.configUnreadable, .configUnreadable] && files.files.count == 1)
        #expect(files.problems.first?.message.hasPrefix("/etc/pvpgen/pvp.conf: not a regular file: ") == true)
        #expect(throws: SystemError.self) { try tree.root.bytes("/etc/pvpgen/pvp.conf") }
    }

    @Test("A link to a link to /dev/null masks a file")
    func masks() throws {
        let tree = try Tree(["/usr/lib/pvpgen/pvp.conf.d/a.conf": "[Host]\n"])
        try tree.link("/etc/pvpgen/pvp.conf.d/a.conf", "none")
        try tree.link("/etc/pvpgen/pvp.conf.d/none", "/dev/null")
        let files = ConfigFiles(in: tree.root)
        #expect(files.files.isEmpty && files.problems.isEmpty && files.paths == ["/etc/pvpgen/pvp.conf.d/a.conf"])
    }

    @Test func aTreeWithoutFilesHasNone() {
        #expect(ConfigFiles(in: Root("/nonexistent")).files.isEmpty)
    }
}
