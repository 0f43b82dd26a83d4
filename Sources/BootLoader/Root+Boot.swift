import Diagnostics
import Linux

/// Only what is missing is missing: a partition of the firmware is often mounted for root alone.
extension Root {
    /// Whether there is something at the path. Throws `file-unreadable`.
    func isPresent(_ path: String) throws(Problem) -> Bool {
        try found(path) { () throws(SystemError) in try status(path) } != nil
    }

    /// The names in a directory; none if it is missing. Throws `file-unreadable`.
    func names(in directory: String) throws(Problem) -> [String] {
        try found(directory) { () throws(SystemError) in try list(directory) } ?? []
    }

    private func found<Result>(
        _ path: String, _ body: () throws(SystemError) -> Result
    ) throws(Problem) -> Result? {
        do throws(SystemError) {
            return try body()
        } catch {
            if error.isMissing { return nil }
            throw error.problem(.fileUnreadable, remedy: "run the command as root")
        }
    }
}
