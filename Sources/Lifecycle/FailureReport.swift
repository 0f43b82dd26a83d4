package import Diagnostics
package import Presentation
package import SystemdBus

/// Why a unit failed, with the last lines of its journal.
package struct FailureReport: Hashable, Sendable {
    /// The number of lines of the journal that are shown.
    package static let limit = 5

    /// The unit and the reason.
    package var problem: Problem
    /// The last lines that its processes wrote; those of systemd if they wrote none.
    package var lines: [String]
    /// Whether systemd has written how the unit or its job ended, which it does last.
    package var isComplete: Bool

    /// Takes the entries of the unit since it began to start or stop.
    package init(_ problem: Problem, _ entries: [JournalRecord]) {
        self.problem = problem
        let own = entries.filter { !$0.isFromManager }
        lines = (own.isEmpty ? entries : own).suffix(Self.limit).flatMap { entry in
            entry.message.split(separator: "\n").map { "\(entry.identifier): \($0)" }
        }.suffix(Self.limit)
        isComplete = entries.contains { $0.fields["UNIT_RESULT"] != nil || $0.fields["JOB_RESULT"] != nil }
    }

    /// The text for people: the reason, the lines of the journal, and what to do.
    package func text(_ style: Style) -> String {
        var head = problem
        head.remedy = ""
        return style.render(head) + lines.map { "    \(style.gray($0))\n" }.joined() + "  \(problem.remedy)\n"
    }
}
