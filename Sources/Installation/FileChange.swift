import Diagnostics
import Linux

/// A file that comes, changes or goes.
package struct FileChange: Hashable, Sendable {
    /// Its path.
    package var path: String
    /// The present content; `nil` if the file does not exist.
    package var before: [UInt8]?
    /// Its content afterwards; `nil` when it goes.
    package var after: [UInt8]?

    /// Creates a change.
    package init(_ path: String, from before: [UInt8]?, to after: [UInt8]?) {
        self.path = path
        self.before = before
        self.after = after
    }
}

extension Root {
    /// The content of a file that a plan changes; `nil` when it is missing. Throws
    /// `file-unreadable`.
    func present(_ path: String) throws(Problem) -> [UInt8]? {
        do throws(SystemError) {
            return try contents(path)
        } catch {
            throw error.problem(
                .fileUnreadable, remedy: "run the command as root, and check that it is a regular file that can be read"
            )
        }
    }
}
