import Foundation
package import Linux

/// A tree of files in a temporary directory of its own, which goes when the value does.
package final class Tree: Sendable {
    /// Where it is.
    package let path: String
    /// The same, to read and write it.
    package var root: Root { Root(path) }

    /// A tree with these files in it, by name.
    package init(_ files: [String: String] = [:]) throws {
        var template = Array(FileManager.default.temporaryDirectory.appending(path: "pvp-test.XXXXXX").path.utf8CString)
        let made = mkdtemp(&template).map { String(cString: $0) }
        guard let made else { throw CocoaError(.fileWriteUnknown) }
        path = made
        for (file, content) in files { try write(file, content) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file.
    package func write(_ file: String, _ content: String) throws {
        // Root.replace() would wait for the disk each time.
        try OpenDirectory(root).replace(String(file.drop { $0 == "/" }), with: Array(content.utf8))
    }

    /// Creates a directory.
    package func directory(_ name: String) throws { try root.makeDirectory(name) }

    /// Creates a link, in the place of an existing one.
    package func link(_ name: String, _ target: String) throws {
        try root.remove(name)
        try OpenDirectory(root).makeLink(String(name.drop { $0 == "/" }), to: target)
    }

    /// A file's text.
    package func text(_ file: String) throws -> String { try root.text(file) }

    /// All names of state files that are left.
    package var state: [String] { (try? root.list("/run/pvp/state")) ?? [] }
}
