import Diagnostics

/// What the command line asks for.
struct Call {
    static let usage = """
        Usage: pvp-image GUEST [OPTIONS...]

        Create the disk of a guest

        Downloads and verifies the image of the guest's [Guest] section, creates its
        overlay disk and prepares it. A disk that exists is not changed.

        Options:
          --root=DIR              Work on the tree below DIR instead of this machine
          -h, --help              Print this help

        Examples:
          pvp-image guest

        Exit codes: 0 on success, 1 on failure, 2 for wrong usage.

        """

    /// The guest; `nil` when help was asked for.
    var guest: String?
    var root = "/"

    /// Reads a command line without the program's name. Throws `usage`.
    init(_ arguments: [String]) throws(Problem) {
        for argument in arguments {
            if argument == "--help" || argument == "-h" {
                guest = nil
                return
            }
            if argument.hasPrefix("--root="), argument.utf8.count > 7 {
                root = String(argument.dropFirst(7))
            } else if !argument.hasPrefix("-"), guest == nil, !argument.isEmpty {
                guest = argument
            } else {
                throw Self.wrong("\(argument): not expected")
            }
        }
        if guest == nil { throw Self.wrong("no guest given") }
    }

    private static func wrong(_ message: String) -> Problem { Problem(.usage, message, remedy: "run 'pvp-image --help'") }
}
