package import Diagnostics
import Linux

/// Prints to standard error.
package func writeError(_ text: String) { put(text, to: Descriptor.standardError) }

/// Prints problems as a compiler would, and says whether one of them is an error.
@discardableResult package func show(_ problems: [Problem]) -> Bool {
    let style = Style.error
    for problem in problems { writeError(style.render(problem)) }
    return problems.hasError
}

/// Prints errors in full and the number of warnings in one line: for verbs that are not about the
/// configuration.
@discardableResult package func showErrors(_ problems: [Problem]) -> Bool {
    let hasError = show(problems.filter { $0.severity == .error })
    let count = problems.count { $0.severity == .warning }
    if count > 0 {
        let number = count == 1 ? "1 warning" : "\(count) warnings"
        writeError("\(Style.error.yellow("warning:")) the configuration has \(number); run 'pvpgen check'\n")
    }
    return hasError
}
