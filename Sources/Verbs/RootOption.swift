import ArgumentParser
package import Linux

/// The tree that a command works on.
package struct RootOption: ParsableArguments {
    @Option(
        help: ArgumentHelp("Work on the tree below DIR instead of this machine.", valueName: "dir"),
        completion: .directory)
    package var root = "/"

    package init() {}

    /// The same as a value.
    package var tree: Root { Root(root) }

    /// Throws a `ValidationError` if the tree does not exist.
    func check() throws {
        guard Root.machine.exists(root + "/.") else { throw ValidationError("--root=\(root): no such directory") }
    }

    /// The tree of a command line that is still being typed.
    package static func tree(_ words: [String]) -> Root {
        guard let index = words.lastIndex(of: "--root"), index + 1 < words.count else { return .machine }
        return Root(words[index + 1])
    }
}
