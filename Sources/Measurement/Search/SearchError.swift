/// Why a search cannot start, or cannot resume.
package enum SearchError: Error, Hashable, Sendable {
    /// There is nothing to search for.
    case noGoals
    /// Two goals have this name.
    case duplicateGoal(String)
    /// An attribute of the named goal is out of its range.
    case invalidGoal(String, String)
    /// A limit is out of its range.
    case invalidLimits(String)
    /// Two loads of the grid at the minimum load, in packets per second, are less than two packets
    /// apart; with the least minimum load.
    case minimumLoadTooLow(Int, least: Int)
    /// The trial with this number, from 1, is not the one that the search plans: the list belongs
    /// to other goals or limits.
    case unexpectedTrial(Int, expected: TrialInput?, found: TrialInput)

    /// The error in one line, without a full stop.
    package var text: String {
        switch self {
        case .noGoals: "no search goal"
        case .duplicateGoal(let name): "goal '\(name)': already exists"
        case .invalidGoal(let name, let reason): "goal '\(name)': \(reason)"
        case .invalidLimits(let reason): "limits: \(reason)"
        case .minimumLoadTooLow(let load, let least):
            "minimum load: expected at least \(least) pps for this goal width, got \(load) pps"
        case .unexpectedTrial(let number, let expected?, let found):
            "trial \(number): expected \(expected.text), got \(found.text)"
        case .unexpectedTrial(let number, nil, let found):
            "trial \(number): expected the end of the search, got \(found.text)"
        }
    }
}
