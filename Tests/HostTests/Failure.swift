import Diagnostics
import Testing

/// The problem that a step ends with; that it ends well is an issue.
func failure<Value>(_ body: () throws -> Value) -> Problem? {
    do {
        Issue.record("no problem, but: \(try body())")
        return nil
    } catch {
        return error as? Problem
    }
}
