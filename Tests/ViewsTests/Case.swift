import HostTopology
import Plan
import TestSupport
import Testing

/// A machine of `Tests/Cases` with its plan.
struct Case {
    var plan: Plan
    let host: HostTopology

    init(_ name: String) throws {
        let tree = try HostCase(name)
        plan = try #require(Plan.read(from: tree.root).plan)
        host = HostTopology(reading: tree.root, functions: plan.nics.map(\.address))
    }
}
