import Foundation
import HostTopology
import Linux
import Plan
import Testing

/// A machine of `Tests/Cases` with its plan.
struct Case {
    let root: Root
    var plan: Plan
    let host: HostTopology

    init(_ name: String) throws {
        let directory = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Cases/\(name)")
        root = Root(directory.path)
        plan = try #require(Plan.read(from: root).plan)
        host = HostTopology(reading: root, functions: plan.nics.map(\.address))
    }
}
