package import ArgumentParser
package import JSON

/// A verb of pvpgen. What it finds is printed as text while it runs, or as one JSON document at
/// its end; errors, too.
package protocol Verb: ParsableCommand {
    /// What the document of `--json` describes; `nil` for text.
    var document: Document.Kind? { get }

    /// Does the work. A problem that is thrown ends pvpgen with 1, an `ExitCode` with that code.
    func run(_ output: VerbOutput) throws
}

extension Verb {
    package var document: Document.Kind? { nil }

    package func run() throws {
        try VerbOutput(document).run { output in
            if let verb = self as? any RootedVerb { try verb.root.check() }
            try run(output)
        }
    }
}

/// A verb that works on a machine or tree.
package protocol RootedVerb: Verb {
    /// Which one.
    var root: RootOption { get }
}
