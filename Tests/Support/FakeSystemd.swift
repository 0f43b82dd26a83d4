import Foundation
import Linux
import Synchronization
import SystemdBus

/// A systemd that answers on a socket of its own, as the real one does on its private socket, or as
/// if a bus were in between.
package final class FakeSystemd: Sendable {
    /// What it knows and does.
    package struct Behavior: Sendable {
        /// The properties of units by their names. Times and numbers are decimal, `AllowedCPUs` is
        /// a list of CPUs.
        package var units: [String: [String: String]] = [:]
        /// The properties of any other unit.
        package var others = ["LoadState": "not-found", "ActiveState": "inactive", "SubState": "dead"]
        /// The units that are part of a unit, by its name.
        package var parts: [String: [String]] = [:]
        /// The unit and the type of each job.
        package var jobs: [(unit: String, type: String)] = []
        /// How the jobs of units end that do not end with `done`.
        package var results: [String: String] = [:]
        /// The name and the text of the errors for calls about units.
        package var errors: [String: (name: String, message: String)] = [:]
        /// The state of a unit after it was stopped, if that is not `inactive`.
        package var afterStop: [String: String] = [:]
        /// How often a client has connected.
        package var connections = 0
        /// Whether calls get no answer.
        package var isSilent = false
        /// What it was called for: a method and a unit.
        package var calls: [String] = []
    }

    /// The path of its socket.
    package let path: String
    private let behavior: Mutex<Behavior>
    private let tree: Tree?

    /// Knows the units of a text such as `systemctl show` prints: `Id=…` and other properties, an
    /// empty line between units. Without a `path` its socket is in a directory of its own. Calls
    /// are written to the file `log`, too.
    package convenience init(_ text: String = "", at path: String? = nil, log: String? = nil) throws {
        let tree = path == nil ? try Tree() : nil
        try self.init(Self.units(text), tree, path ?? tree.map { $0.path + "/systemd" } ?? "", log)
    }

    private init(_ units: [String: [String: String]], _ tree: Tree?, _ path: String, _ log: String?) throws {
        var behavior = Behavior()
        behavior.units = units
        self.behavior = Mutex(behavior)
        self.tree = tree
        self.path = path
        let socket = try UnixSocket.listen(path, .stream, mode: 0o600)
        let listener = withExtendedLifetime(socket) { fcntl(socket.number, F_DUPFD_CLOEXEC, 0) }
        Thread.detachNewThread { [weak self] in
            // Closed by the thread that polls it: another socket may get its number.
            defer { close(listener) }
            while self != nil {
                guard Descriptor.poll(listener, .input, timeout: 50) else { continue }
                let end = accept(listener, nil, nil)
                _ = fcntl(end, F_SETFD, FD_CLOEXEC)
                self?.change { $0.connections += 1 }
                if end >= 0 { Thread.detachNewThread { [weak self] in FakeSystemdConnection(end, log).serve { self } } }
            }
        }
    }

    /// For a program that is to find it as the system bus.
    package var environment: [String: String] { ["DBUS_SYSTEM_BUS_ADDRESS": "unix:path=\(path)"] }

    /// For a program that is not to find any systemd.
    package static let nowhere = ["DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nonexistent"]

    /// What it was called for.
    package var calls: [String] { change { $0.calls } }

    /// Looks at what it knows, or changes it.
    @discardableResult package func change<R: Sendable>(_ body: (inout Behavior) -> R) -> R {
        behavior.withLock { body(&$0) }
    }

    /// Units by name, from such a text.
    package static func units(_ text: String) -> [String: [String: String]] {
        text.components(separatedBy: "\n\n").reduce(into: [:]) { units, block in
            let pairs = block.split(separator: "\n").compactMap { line -> (String, String)? in
                let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
            }
            let properties = Dictionary(pairs) { $1 }
            if let name = properties["Id"] { units[name] = properties }
        }
    }
}
