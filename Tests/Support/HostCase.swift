import Foundation
package import Linux

/// A folder of `Tests/Cases`: `topology` and `pvp.conf` are a host, `expected.txt` is what the
/// generator writes for it.
package struct HostCase: Sendable {
    /// Names of all cases.
    package static let names = ((try? Root(cases).list("/")) ?? []).sorted()
    private static let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path
    private static let cases = tests + "/Cases"

    /// Name of the folder.
    package let name: String
    /// The host as a tree of files, removed with the last value that has it.
    package let tree: Tree
    /// The root of that tree.
    package var root: Root { tree.root }

    /// Creates the tree of a case.
    package init(_ name: String) throws {
        self.name = name
        tree = try Tree()
        let problem = try Self.make("\(Self.cases)/\(name)", in: tree)
        guard problem.isEmpty else { throw Failure(description: problem) }
    }

    /// Writes the host of a folder into a tree, and returns what is wrong with its topology.
    package static func make(_ folder: String, in tree: Tree) throws -> String {
        let result = try Command(["\(tests)/make-host", folder, tree.path]).run()
        return result.status == 0 ? "" : result.output
    }

    /// Writes the host that lines of a topology describe into a tree.
    package static func makeHost(_ topology: String, in tree: Tree) throws {
        let folder = try Tree()
        try folder.write("/topology", topology + "\n")
        try folder.write("/pvp.conf", "")
        let problem = try make(folder.path, in: tree)
        guard problem.isEmpty else { throw Failure(description: problem) }
        try tree.root.remove("/etc/pvpgen/pvp.conf")
    }

    /// Path of the file with the expected output.
    package var expectedFile: String { Self.expectedFile(name) }

    /// What the generator is expected to write; nothing for a new case.
    package var expected: GeneratorOutput { Self.expected(name) }

    /// The same of a case by name, without its tree.
    package static func expected(_ name: String) -> GeneratorOutput {
        GeneratorOutput(text: (try? String(contentsOfFile: expectedFile(name), encoding: .utf8)) ?? "")
    }

    private static func expectedFile(_ name: String) -> String { "\(cases)/\(name)/expected.txt" }

    private struct Failure: Error, CustomStringConvertible { let description: String }
}
