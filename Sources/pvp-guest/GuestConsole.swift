import Console
import ConsoleServer
import Diagnostics
import Libvirt
import Linux
import Synchronization
import Systemd

/// The guest's serial console, for the journal and for those who attach: a server on a thread of
/// its own, and libvirt's stream behind it.
final class GuestConsole: @unchecked Sendable {
    private let hypervisor: Hypervisor
    private let listeners: [Descriptor]
    /// What the server takes for the terminal, and the end that is libvirt's.
    private let terminal: Descriptor
    private let pipe: Descriptor
    private let opened = Mutex<SerialConsole?>(nil)

    /// `nil` when the service manager has passed no socket, as by hand.
    init?(_ hypervisor: Hypervisor) {
        listeners = passedSockets().map(\.descriptor)
        guard !listeners.isEmpty, let ends = try? UnixSocket.pair() else { return nil }
        self.hypervisor = hypervisor
        (terminal, pipe) = ends
    }

    /// Serves those who attach, from now on until the process ends. The guest does not wait for it.
    func serve() {
        DetachedThread.start { [self] in
            do throws(SystemError) {
                let name = hypervisor.name
                let server = try ConsoleServer(
                    Console(Console.Settings(name: name, prompt: nil)), terminal: terminal, resizesTerminal: false,
                    listeners: listeners,
                    access: PeerAccess(group: "pvp", viewGroup: nil),
                    sink: JournalSink(identity: [("SYSLOG_IDENTIFIER", name), ("PVP_GUEST", name)]), perform: { _ in })
                _ = try server.run()
            } catch {
                log.warning(
                    error.problem(.consoleFailed, remedy: "the guest runs; restart its unit to have its console").line)
            }
        }
    }

    /// Opens the guest's console; again when it is closed, or as soon as another client that has it
    /// open leaves.
    func open() {
        DetachedThread.start { [self] in
            // libvirt does not report to a stream that its connection is gone, so an old stream is
            // closed first.
            opened.withLock { serial in
                serial?.close()
                serial = nil
            }
            do throws(Problem) {
                // Without a domain there is nothing to come back to.
                let serial = try hypervisor.openConsole(pipe: pipe) { [self] in tryAgain() }
                opened.withLock { $0 = serial }
            } catch {
                tryAgain()
            }
        }
    }

    private func tryAgain() {
        EventLoop.after(seconds: 5) { [self] in
            if opened.withLock({ $0?.isOpen != true }) { open() }
        }
    }
}
