/// The trial to do next.
package struct PlannedTrial: Hashable, Sendable {
    /// Load and duration.
    package var input: TrialInput
    /// Name of the goal that it is for; `nil` for trials for all goals.
    package var goal: String?
    /// Why it was chosen, in one sentence without a full stop.
    package var reason: String

    package init(input: TrialInput, goal: String?, reason: String) {
        self.input = input
        self.goal = goal
        self.reason = reason
    }
}
