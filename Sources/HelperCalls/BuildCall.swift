package import Diagnostics

/// A call of pvp-build: one phase of a build.
package struct BuildCall: Hashable, Sendable {
    package static let program = "pvp-build"

    /// Each runs with other rights: `source` has the network, `compile` has none, `publish` is
    /// root's.
    package enum Phase: String, CaseIterable, Hashable, Sendable {
        case source
        case compile
        case publish
    }

    package var phase: Phase
    /// The name of the build.
    package var name: String
    /// The directory that stands for `/`.
    package var root = "/"

    package init(_ phase: Phase, _ name: String) {
        self.phase = phase
        self.name = name
    }

    package var arguments: [String] {
        let words = [phase.rawValue, name]
        return root == "/" ? words : words + ["--root=\(root)"]
    }

    /// Reads what follows the program's name.
    /// - Throws: `usage`.
    package init(_ arguments: [String]) throws(Problem) {
        var reader = try ArgumentReader(arguments, of: Self.program)
        let word = try reader.required("a phase", reader.operand())
        let name = reader.operand()
        root = try reader.value("root") ?? "/"
        try reader.finish()
        guard let phase = Phase(rawValue: word) else {
            throw reader.usage("expected source, compile or publish, got '\(word)'")
        }
        self.phase = phase
        self.name = try reader.required("the build's name", name)
    }
}
