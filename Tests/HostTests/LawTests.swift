import Foundation
import Linux
import TestSupport
import Testing

/// The law of shared resources, over each resource: after a release the host is as before the
/// claim, also when another process changed it in between; then its change stays, and is reported.
/// `law.txt` beside this file is the table of it; `UPDATE_GOLDEN=1` writes it.
@Suite struct LawTests {
    /// A host with one resource.
    struct Host {
        /// The resource as it is now.
        var state: () throws -> String
        var claim: () throws -> Void
        var change: () throws -> Void = {}
        /// Returns what is reported about changes of another process.
        var release: () throws -> [String]
    }

    /// What happens to a resource.
    struct Case: Sendable, CustomTestStringConvertible {
        var resource: String
        var change: String
        /// The state afterwards; `nil` for that before.
        var after: String?
        /// Whether the change is reported. Another process's lines in a file that several write are
        /// no change of what was claimed.
        var isReported: Bool
        var host: @Sendable () throws -> Host

        init(
            _ resource: String, change: String = "-", after: String? = nil, isReported: Bool? = nil,
            _ host: @escaping @Sendable () throws -> Host
        ) {
            self.resource = resource
            self.change = change
            self.after = after
            self.isReported = isReported ?? (after != nil)
            self.host = host
        }

        var testDescription: String { "\(resource), \(change)" }

        /// Runs it; returns its line of the table.
        func run() throws -> [String] {
            let host = try host()
            let before = try host.state()
            try host.claim()
            let claimed = try host.state()
            try host.change()
            let changed = try host.state()
            let reports = try host.release()
            let after = try host.state()
            #expect(after == self.after ?? before, "before: \(before), claimed: \(claimed), changed: \(changed)")
            #expect(reports.isEmpty != isReported, "\(reports)")
            return [resource, before, claimed, change, after, isReported ? "yes" : "no"]
        }
    }

    static let cases = NICLaw.cases + PoolLaw.cases + TuningLaw.cases + FileLaw.cases

    @Test(arguments: cases) func beforeEqualsAfter(_ law: Case) throws { _ = try law.run() }

    @Test func theTableIsCurrent() throws {
        let head = ["resource", "before", "claimed", "change by another process", "after", "reported"]
        let rows = try [head] + Self.cases.map { try $0.run() }
        let widths = head.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let lines = rows.map { row in
            zip(row, widths).map { $0.padding(toLength: $1, withPad: " ", startingAt: 0) }.joined(separator: " | ")
        }
        let table = lines.map { line in String(line.reversed().drop { $0 == " " }.reversed()) + "\n" }.joined()
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "law.txt")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try table.write(to: file, atomically: true, encoding: .utf8)
        }
        let found = try String(contentsOf: file, encoding: .utf8)
        #expect(found == table, "UPDATE_GOLDEN=1 swift test --filter LawTests writes law.txt")
    }
}
