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

    @Test func aTreeWithoutFilesHasNone() {
        #expect(ConfigFiles(in: Root("/nonexistent")).files.isEmpty)
    }
}
