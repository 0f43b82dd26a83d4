import Diagnostics
package import Linux

/// The files of the host that an action works on, and how a value is written to one of `/sys`.
package struct HostFilesystem: Sendable {
    /// Writes a value to the file at a path within the root.
    package typealias Writer = @Sendable (_ path: String, _ value: String) throws(SystemError) -> Void

    /// The host's files.
    package let root: Root
    let write: Writer

    /// Creates one with a writer of its own: a test's stands for the kernel, which answers a write
    /// with new links and numbers.
    package init(_ root: Root, write: @escaping Writer) {
        self.root = root
        self.write = write
    }

    /// Creates one for the files below `root`.
    package init(_ root: Root = .machine) {
        self.init(root) { path, value throws(SystemError) in try root.writeValue(value, to: path) }
    }
}
