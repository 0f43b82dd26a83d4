import Linux

/// Where units go as they are made.
protocol UnitOutput {
    /// A file, named relative to the directory of units.
    mutating func add(_ name: String, _ content: [UInt8])
    /// A link.
    mutating func link(_ name: String, to target: String)
}

extension UnitTree: UnitOutput {
    mutating func add(_ name: String, _ content: [UInt8]) { files[name] = content }
    mutating func link(_ name: String, to target: String) { links[name] = target }
}

/// A directory that units are written into, each file whole or not at all.
struct UnitDirectory: UnitOutput {
    private let directory: OpenDirectory
    /// What could not be written; nothing more is written then.
    private(set) var error: SystemError?

    init(_ root: Root) throws(SystemError) { directory = try OpenDirectory(root) }

    mutating func add(_ name: String, _ content: [UInt8]) {
        attempt { directory throws(SystemError) in try directory.replace(name, with: content) }
    }

    mutating func link(_ name: String, to target: String) {
        attempt { directory throws(SystemError) in try directory.makeLink(name, to: target) }
    }

    private mutating func attempt(_ step: (OpenDirectory) throws(SystemError) -> Void) {
        guard error == nil else { return }
        do throws(SystemError) { try step(directory) } catch { self.error = error }
    }
}
