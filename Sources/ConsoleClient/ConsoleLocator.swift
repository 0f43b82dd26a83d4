package import Diagnostics
package import Linux

/// The consoles of a machine: each is a socket in `/run/pvp`, named after a testpmd, or after a
/// guest with `guest-` before it.
package struct ConsoleLocator: Sendable {
    private let root: Root

    /// Those below a root.
    package init(in root: Root) { self.root = root }

    /// A console that is served, and a connection to it.
    package struct Connection {
        /// Of the testpmd or guest.
        package var name: String
        /// The unit that serves it.
        package var unit: String
        /// The connection, non-blocking.
        package var socket: Descriptor
    }

    /// The names of the testpmds that have a console.
    package var testpmds: [String] { names.filter { !$0.hasPrefix(Self.guest) } }

    /// The names of the guests that have a console.
    package var guests: [String] {
        names.filter { $0.hasPrefix(Self.guest) }.map { String($0.dropFirst(Self.guest.count)) }
    }

    private static let guest = "guest-"

    private var names: [String] {
        let files = (try? root.list("/run/pvp")) ?? []
        return files.filter { $0.hasSuffix(".sock") && !$0.hasSuffix("@view.sock") }.map {
            String($0.dropLast(".sock".count))
        }
    }

    /// Connects to the console of a testpmd, or of a guest. Who may not type there gets in to look,
    /// when `allowsReadOnly`. Throws `console-missing` when no process serves it, `console-closed`
    /// when the permissions of this user do not suffice.
    package func connect(_ name: String, allowsReadOnly: Bool) throws(Problem) -> Connection {
        let candidates = [(name, "\(name).service"), (Self.guest + name, "pvp-guest@\(name).service")]
        for (file, unit) in candidates {
            let path = "/run/pvp/\(file).sock"
            do throws(SystemError) {
                return Connection(name: name, unit: unit, socket: try UnixSocket.connect(root.path(path), .stream))
            } catch {
                if error.isMissing { continue }
                if error.code == Errno.permissionDenied, allowsReadOnly,
                    let socket = try? UnixSocket.connect(root.path("/run/pvp/\(file)@view.sock"), .stream)
                {
                    return Connection(name: name, unit: unit, socket: socket)
                }
                throw Self.problem(error, path, unit)
            }
        }
        throw missing(name)
    }

    private func missing(_ name: String) -> Problem {
        let others = testpmds + guests
        if others.isEmpty {
            return Problem(.consoleMissing, "\(name): console not found", remedy: "run 'systemctl start pvp.target'")
        }
        let known = others.joined(separator: ", ")
        return Problem(
            .consoleMissing, "\(name): console not found, expected one of: \(known)",
            remedy: "name one of them, or start the unit of \(name)")
    }

    private static func problem(_ error: SystemError, _ path: String, _ unit: String) -> Problem {
        switch error.code {
        case Errno.connectionRefused:
            Problem(.consoleMissing, "\(path): no process serves this console", remedy: "run 'systemctl start \(unit)'")
        case Errno.permissionDenied:
            Problem(
                .consoleClosed, "\(path): \(error.reason)",
                remedy: "run the command as root or as a member of the group pvp")
        case Errno.again:
            Problem(.consoleBusy, "\(path): too many pending connections", remedy: "run 'systemctl status \(unit)'")
        default: error.problem(.consoleClosed, remedy: "run 'systemctl status \(unit)'")
        }
    }
}
