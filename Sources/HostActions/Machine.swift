import Diagnostics
package import Linux

/// The machine that an action works on: where its files are, and how a value is written to one of
/// `/sys`.
package struct Machine: Sendable {
    /// How a value is written: path within the root, value.
    package typealias Setter = @Sendable (_ path: String, _ value: String) throws(SystemError) -> Void

    /// The machine's files.
    package let root: Root
    let set: Setter

    /// A machine with a setter of its own: a test's stands for the kernel, which answers a write
    /// with new links and numbers.
    package init(_ root: Root, set: @escaping Setter) {
        self.root = root
        self.set = set
    }

    /// The machine whose files are below `root`.
    package init(_ root: Root = .machine) {
        self.init(root) { path, value throws(SystemError) in try root.set(path, value) }
    }
}
