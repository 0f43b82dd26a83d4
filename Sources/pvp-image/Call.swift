import Diagnostics

/// What the command line asks for.
struct Call {
    static let usage = """
        pvp-image NAME [--root=DIR]

        Makes the disk of guest NAME what /etc/pvpgen/pvp.conf says: fetches and checks its image, makes its own disk over it, prepares that.
        What is there already stays as it is.

        --root=DIR works on the files below DIR in place of the machine's own.
        Exit status: 0 done, 1 failed, 2 wrong usage.

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

    private static func wrong(_ message: String) -> Problem { Problem("usage", message, remedy: "`pvp-image --help` shows how it is used") }
}
