import ArgumentParser
import Linux

/// The tree that a command works on.
struct RootOption: ParsableArguments {
    @Option(
        help: ArgumentHelp("Work on the tree below DIR instead of this machine.", valueName: "dir"),
        completion: .directory)
    var root = "/"

    var tree: Root { Root(root) }

    /// Throws a `ValidationError` if the tree does not exist.
    func check() throws {
        guard Root.machine.exists(root + "/.") else { throw ValidationError("--root=\(root): no such directory") }
    }

    /// The tree of a command line that is still being typed.
    static func tree(_ words: [String]) -> Root {
        guard let index = words.lastIndex(of: "--root"), index + 1 < words.count else { return .machine }
        return Root(words[index + 1])
    }
}

/// How a command prints what it found out.
struct JSONOption: ParsableArguments {
    @Flag(help: "Print JSON.")
    var json = false
}
