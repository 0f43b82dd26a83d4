import Glibc
import Linux

/// Tells the service manager about this service: `READY=1`, `STATUS=…`, `STOPPING=1`. Without a manager it does nothing.
///
/// `sd_notify(3)` promises that the protocol stays as it is, so that a program need not load libsystemd and what that loads:
/// a datagram to `$NOTIFY_SOCKET`. While the manager has not read the ones before it waits, 5 s at most, and then gives up.
public func notify(_ state: String) {
    guard let path = Environment["NOTIFY_SOCKET"], let socket = try? UnixSocket.connect(path, .datagrams) else { return }
    while socket.write(Array(state.utf8)) == 0 {
        guard Descriptor.poll(socket.number, POLLOUT, timeout: 5000) else { return }
    }
}
