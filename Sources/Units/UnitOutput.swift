import Linux

/// Receives units as they are written.
protocol UnitOutput: AnyObject {
    /// A file, named relative to the directory of units.
    func add(_ name: String, _ content: [UInt8])
    /// A link.
    func link(_ name: String, to target: String)
}

/// Units that are kept in memory.
final class UnitMemory: UnitOutput {
    private(set) var tree = UnitTree()

    func add(_ name: String, _ content: [UInt8]) { tree.files[name] = content }
    func link(_ name: String, to target: String) { tree.links[name] = target }
}

/// A directory that units are written into, each file whole or not at all.
final class UnitDirectory: UnitOutput {
    private let directory: OpenDirectory
    /// What could not be written; nothing more is written then.
    private(set) var error: SystemError?

    init(_ root: Root) throws(SystemError) { directory = try OpenDirectory(root) }

    func add(_ name: String, _ content: [UInt8]) {
        attempt { directory throws(SystemError) in try directory.replace(name, with: content) }
    }

    func link(_ name: String, to target: String) {
        attempt { directory throws(SystemError) in try directory.makeLink(name, to: target) }
    }

    private func attempt(_ step: (OpenDirectory) throws(SystemError) -> Void) {
        guard error == nil else { return }
        do throws(SystemError) { try step(directory) } catch { self.error = error }
    }
}
