import Foundation
import Testing

/// Expected results that are files of the repository.
package enum Golden {
    /// Returns whether the caller is to write what it found, because `UPDATE_GOLDEN=1` is set. The
    /// test fails then, so that neither a CI job nor a person takes a rewritten result for a right
    /// one.
    package static func isRewritten(_ path: String) -> Bool {
        guard ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" else { return false }
        Issue.record("\(path): rewritten; look at 'git diff', then run the test without UPDATE_GOLDEN")
        return true
    }
}
