package import Diagnostics
import Linux

/// Prints to standard error.
package func printError(_ text: String) { Descriptor.write(text: text, to: Descriptor.standardError) }

/// Prints problems as a compiler would, and says whether one of them is an error.
@discardableResult package func printProblems(_ problems: [Problem]) -> Bool {
    let style = Style.error
    for problem in problems { printError(style.render(problem)) }
    return problems.hasError
}

/// Prints errors in full and the number of warnings in one line: for verbs that are not about the
/// configuration.
@discardableResult package func printErrorsAndWarningCount(_ problems: [Problem]) -> Bool {
    let hasError = printProblems(problems.filter { $0.severity == .error })
    let count = problems.count { $0.severity == .warning }
    if count > 0 {
        let number = count == 1 ? "1 warning" : "\(count) warnings"
        printError("\(Style.error.yellow("warning:")) the configuration has \(number); run 'pvpgen check'\n")
    }
    return hasError
}
