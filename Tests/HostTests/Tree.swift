import Foundation
import Linux

/// A tree of files in a temporary directory of its own, which goes when the value does.
final class Tree: Sendable {
    let path: String
    var root: Root { Root(path) }

    init(_ files: [String: String] = [:]) throws {
        var template = Array((NSTemporaryDirectory() + "/pvp-host-test.XXXXXX").utf8CString)
        let made = mkdtemp(&template).map { String(cString: $0) }
        guard let made else { throw CocoaError(.fileWriteUnknown) }
        path = made
        for (file, content) in files { try write(file, content) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ file: String, _ content: String) throws {
        try root.replace(file, with: Array(content.utf8))
    }

    func directory(_ name: String) throws { try root.makeDirectory(name) }

    func link(_ name: String, _ target: String) throws {
        try root.remove(name)
        try root.makeLink(name, to: target)
    }

    func text(_ file: String) throws -> String { try root.text(file) }

    /// All names of state files that are left.
    var state: [String] { (try? root.list("/run/pvp/state")) ?? [] }
}
