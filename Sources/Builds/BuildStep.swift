package import Linux

/// One command of a build.
package struct BuildStep: Hashable, Sendable {
    /// `Configure` or `Compile`, for messages.
    package var name: String
    package var command: Command
    /// The working directory of the command.
    package var directory: String

    static let configure = "Configure"
    static let compile = "Compile"

    init(_ name: String, _ arguments: [String], in directory: String) {
        self.name = name
        command = Command(arguments)
        self.directory = directory
    }
}
