/// Whether a command line, without the program's name, asks for help. What follows `--` is another
/// program's.
package func isHelpRequest(_ arguments: [String]) -> Bool {
    arguments.prefix { $0 != "--" }.contains { $0 == "--help" || $0 == "-h" }
}
