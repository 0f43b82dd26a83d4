package import Diagnostics

/// A call of pvp-image: the disk of a guest.
package struct ImageCall: Hashable, Sendable {
    package static let program = "pvp-image"

    /// The guest's name.
    package var guest: String
    /// The directory that stands for `/`.
    package var root = "/"

    package init(_ guest: String) { self.guest = guest }

    package var arguments: [String] { root == "/" ? [guest] : [guest, "--root=\(root)"] }

    /// Reads what follows the program's name.
    /// - Throws: `usage`.
    package init(_ arguments: [String]) throws(Problem) {
        var reader = try ArgumentReader(arguments, of: Self.program)
        let guest = reader.operand()
        root = try reader.value("root") ?? "/"
        try reader.finish()
        self.guest = try reader.required("the guest's name", guest)
    }
}
