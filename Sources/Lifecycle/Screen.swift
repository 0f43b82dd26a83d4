import Diagnostics
import Linux

/// Where the progress is shown.
package struct Screen: Hashable, Sendable {
    /// The descriptor of the stages.
    package var output = Descriptor.standardOutput
    /// The descriptor of failures, unless the view is drawn over itself.
    package var error = Descriptor.standardError
    /// Whether the output is a terminal on which the view is drawn over itself.
    package var isLive: Bool

    package init(isLive: Bool) { self.isLive = isLive }

    /// As the standard output is.
    package static var standard: Screen {
        let isTerminal = Descriptor.isTerminal(Descriptor.standardOutput)
        return Screen(isLive: isTerminal && Environment["TERM"] ?? "dumb" != "dumb")
    }
}

extension Signals {
    /// The signals that end a view, and that its terminal has another size. Throws `system-failed`.
    static func ofTerminal() throws(Problem) -> Signals {
        do throws(SystemError) {
            return try Signals([Signal.term, Signal.int, Signal.hup, Signal.quit, Signal.pipe, Signal.winch])
        } catch {
            throw error.problem(.systemFailed, remedy: "raise the limit of open files")
        }
    }
}
