package import Diagnostics

/// A call of pvp-host.
package struct HostCall: Hashable, Sendable {
    package static let program = "pvp-host"

    /// What it is to do.
    package var verb: HostVerb
    /// The directory that stands for `/`.
    package var root = "/"

    package init(_ verb: HostVerb) { self.verb = verb }

    package var arguments: [String] { root == "/" ? verb.arguments : verb.arguments + ["--root=\(root)"] }

    /// Reads what follows the program's name.
    /// - Throws: `usage`.
    package init(_ arguments: [String]) throws(Problem) {
        var reader = try ArgumentReader(arguments, of: Self.program)
        root = try reader.value("root") ?? "/"
        verb = try HostVerb(&reader)
        try reader.finish()
    }
}
