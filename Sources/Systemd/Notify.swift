import Linux

/// Notifies the service manager about this service: `READY=1`, `STATUS=…`, `STOPPING=1`. Without a
/// manager it does nothing.
///
/// `sd_notify(3)` promises that the protocol stays as it is, so that a program need not load
/// libsystemd and what that loads: a datagram to `$NOTIFY_SOCKET`. While the manager has not read
/// the ones before it waits, 5 s at most, and then gives up. Not for an event loop, which has a
/// ``Notifier``.
package func notify(_ state: String) {
    guard let path = Environment["NOTIFY_SOCKET"], let socket = try? UnixSocket.connect(path, .datagrams) else {
        return
    }
    while socket.write(Array(state.utf8)) == 0 {
        guard Descriptor.poll(socket.number, .output, timeout: 5000) else { return }
    }
}

/// Notifications from an event loop: a service manager that does not read, as during `systemctl
/// daemon-reexec`, is never waited for. Assignments that it does not take are kept, the newest of
/// each variable, and sent together by `flush()`.
package struct Notifier {
    private let path: String?
    /// Assignments that are not sent yet, in the order of their first assignment.
    private var pending: [Substring] = []

    /// Sends to the socket at `path`; does nothing without one.
    package init(_ path: String?) { self.path = path }

    /// Sends to the service manager of this process.
    package init() { self.init(Environment["NOTIFY_SOCKET"]) }

    /// Whether something is not sent yet.
    package var isPending: Bool { !pending.isEmpty }

    /// Sends assignments, one a line, after those that are not sent yet.
    package mutating func send(_ state: String) {
        guard path != nil else { return }
        for line in state.split(separator: "\n") {
            let variable = line.prefix { $0 != "=" } + "="
            if let index = pending.firstIndex(where: { $0.hasPrefix(variable) }) {
                pending[index] = line
            } else {
                pending.append(line)
            }
        }
        flush()
    }

    /// Sends what is pending, in one datagram. A manager that is missing gets nothing, then or
    /// later.
    package mutating func flush() {
        guard let path, isPending else { return }
        do throws(SystemError) {
            let socket = try UnixSocket.connect(path, .datagrams)
            // The kernel reports a full queue by 0; a datagram is taken whole or not at all.
            if socket.write(Array(pending.joined(separator: "\n").utf8)) != 0 { pending = [] }
        } catch {
            if error.code != Errno.again { pending = [] }
        }
    }
}
