package import Linux

/// What gives kernel arguments to a boot loader: files, and commands that must follow.
package struct BootSteps: Hashable, Sendable {
    /// A file of another owner to which our arguments are added.
    package struct Shared: Hashable, Sendable {
        /// Its path.
        package var path: String
        /// How it is written.
        package var format: SharedFormat
        /// The content without our arguments if the file is missing and has to be created; `nil` if
        /// it exists.
        package var baseContent: [UInt8]?
        /// Whether kernel-install or grub2-mkconfig reads this file when creating entries.
        package var isTemplate: Bool

        init(_ path: String, _ format: SharedFormat, baseContent: [UInt8]? = nil, isTemplate: Bool = false) {
            self.path = path
            self.format = format
            self.baseContent = baseContent
            self.isTemplate = isTemplate
        }
    }

    /// A file of ours that a program writes.
    package struct Product: Hashable, Sendable {
        /// Its path.
        package var path: String
        /// What the program is run with, but for where its output goes.
        package var arguments: [String]

        /// The command that creates the file at a path.
        package func command(to path: String) -> Command { Command(arguments + ["--output=\(path)"]) }
    }

    /// Files that are ours as a whole, by path.
    package var owned: [String: [UInt8]] = [:]
    /// Files of others.
    package var shared: [Shared] = []
    /// Created before any file is written.
    package var product: Product?
    /// Run when all files are in place, and again when they are taken back.
    package var commands: [Command] = []

    /// Nothing at all.
    package init() {}
}
