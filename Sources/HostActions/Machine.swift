import Diagnostics
public import Linux

/// The machine that an action works on: where its files are, and how a value is written to one of `/sys`.
public struct Machine: Sendable {
    /// How a value is written: path within the root, value.
    public typealias Setter = @Sendable (_ path: String, _ value: String) throws(SystemError) -> Void

    /// The machine's files.
    public let root: Root
    let set: Setter

    /// A machine with a setter of its own: a test's stands for the kernel, which answers a write with new links and numbers.
    public init(_ root: Root, set: @escaping Setter) {
        self.root = root
        self.set = set
    }

    /// The machine whose files are below `root`.
    public init(_ root: Root = .machine) {
        self.init(root) { path, value throws(SystemError) in try root.set(path, value) }
    }
}

/// What an action found before it changed anything: one small file in `/run/pvp/state`, which a reboot empties as it undoes the change.
struct Memory {
    static let directory = "/run/pvp/state"
    let root: Root
    let path: String

    init(_ root: Root, _ name: String) {
        self.root = root
        path = "\(Self.directory)/\(name)"
    }

    /// `nil` when there is none.
    func recall() throws(Problem) -> String? {
        do {
            return try root.text(path)
        } catch {
            if error.isMissing { return nil }
            throw error.problem("state-unreadable", remedy: "run it as root")
        }
    }

    func keep(_ text: String) throws(Problem) {
        do {
            try root.makeDirectory(Self.directory, mode: 0o700)
            try root.replace(path, with: Array((text + "\n").utf8), mode: 0o600)
        } catch {
            throw error.problem("state-unwritable", remedy: "run it as root, with /run writable")
        }
    }

    func forget() throws(Problem) {
        do {
            try root.remove(path)
        } catch {
            throw error.problem("state-unwritable", remedy: "run it as root, with /run writable")
        }
    }
}
