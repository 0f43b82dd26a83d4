import Diagnostics
import Foundation
import Linux
import Plan
import TestSupport
import Testing
import Units

/// `Tests/Cases/NN-name` is a machine as a tree of files; `expected` is what the generator makes of it, `stderr.expected` what it says.
/// `UPDATE_GOLDEN=1` writes both anew.
@Suite struct GoldenTests {
    static let directory = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Cases")
    static let cases = (try? FileManager.default.contentsOfDirectory(atPath: directory.path))?.sorted() ?? []

    @Test func thereAreCases() { #expect(Self.cases.count >= 8) }

    @Test(arguments: cases) func generates(_ name: String) throws {
        let tree = Self.directory.appending(path: name)
        let (plan, problems) = Plan.read(from: Root(tree.path))
        let plan0 = try #require(plan)
        let units = UnitTree(plan0, problems: problems, layout: Layout(prefix: "/usr"))
        let said = problems.map(\.rendered).joined()

        let expected = tree.appending(path: "expected")
        let saidExpected = tree.appending(path: "stderr.expected")
        if Golden.isRewritten("Tests/Cases/\(name)") {
            try? FileManager.default.removeItem(at: expected)
            try plan0.write(to: Root(expected.path), problems: problems, layout: Layout(prefix: "/usr"))
            try said.write(to: saidExpected, atomically: true, encoding: .utf8)
        }
        #expect(said == (try String(contentsOf: saidExpected, encoding: .utf8)))
        #expect(Self.listing(of: expected) == Self.listing(of: units))
        // The same input gives the same bytes.
        let (again, problemsAgain) = Plan.read(from: Root(tree.path))
        #expect(UnitTree(try #require(again), problems: problemsAgain, layout: Layout(prefix: "/usr")) == units)
    }

    /// Every file's text and every link's target, by name.
    static func listing(of units: UnitTree) -> [String: String] {
        units.files.mapValues { String(decoding: $0, as: UTF8.self) }.merging(units.links.mapValues { "-> " + $0 }) { $1 }
    }

    static func listing(of directory: URL) -> [String: String] {
        var listing: [String: String] = [:]
        let manager = FileManager.default
        for name in (try? manager.subpathsOfDirectory(atPath: directory.path)) ?? [] {
            let path = directory.appending(path: name).path
            if let target = try? manager.destinationOfSymbolicLink(atPath: path) {
                listing[name] = "-> " + target
            } else if let data = manager.contents(atPath: path) {
                listing[name] = String(decoding: data, as: UTF8.self)
            }
        }
        return listing
    }
}
