import CLibvirt
package import Linux
import Synchronization

/// A domain's first console, which is its serial port: what the guest prints can be read from a
/// descriptor, what is written there is typed (`virDomainOpenConsole`). Needs `EventLoop.start()`;
/// everything happens on its thread.
package final class SerialConsole: @unchecked Sendable {
    private let domain: LiveDomain
    private let connection: Connection
    private let stream: OpaquePointer
    private let pipe: Descriptor
    private let onEnd: @Sendable () -> Void
    private var watch: Int32 = -1
    /// Typed, and not taken by the guest yet.
    private var typed: [UInt8] = []
    private let state = Atomic(true)

    /// Opens the console; fails while another client has it open. `pipe` is one end of a pair of
    /// stream sockets (`socketpair(2)`), non-blocking, whose other end is the caller's. `onEnd` is
    /// called once, when the guest or libvirt has closed the console; not by `close()`.
    package init(
        _ domain: LiveDomain, on connection: Connection, pipe: Descriptor, onEnd: @escaping @Sendable () -> Void
    ) throws(LibvirtError) {
        guard let stream = libvirt.virStreamNew(connection.handle, UInt32(VIR_STREAM_NONBLOCK.rawValue)) else {
            throw .last()
        }
        guard libvirt.virDomainOpenConsole(domain.handle, nil, stream, UInt32(VIR_DOMAIN_CONSOLE_SAFE.rawValue)) == 0
        else {
            let error = LibvirtError.last()
            _ = libvirt.virStreamFree(stream)
            throw error
        }
        self.domain = domain
        self.connection = connection
        self.stream = stream
        self.pipe = pipe
        self.onEnd = onEnd
        EventLoop.now { [self] in start() }
    }

    deinit { _ = libvirt.virStreamFree(stream) }

    /// Whether neither side has closed it.
    package var isOpen: Bool { state.load(ordering: .relaxed) }

    /// Closes it.
    package func close() { EventLoop.now { [self] in end(isOurs: true) } }

    private func start() {
        guard isOpen else { return }
        let readable = Int32(VIR_STREAM_EVENT_READABLE.rawValue)
        let added = libvirt.virStreamEventAddCallback(
            stream, readable,
            { _, events, box in if let box { SerialConsole.from(box).handle(streamEvents: events) } }, retained(),
            freeBox)
        watch = libvirt.virEventAddHandle(
            pipe.number, Int32(VIR_EVENT_HANDLE_READABLE.rawValue),
            { _, _, _, box in if let box { SerialConsole.from(box).type() } }, retained(), freeBox)
        if added != 0 || watch < 0 { end() }
    }

    private func retained() -> UnsafeMutableRawPointer { Unmanaged.passRetained(self).toOpaque() }

    private static func from(_ box: UnsafeMutableRawPointer) -> SerialConsole {
        Unmanaged<SerialConsole>.fromOpaque(box).takeUnretainedValue()
    }

    private func handle(streamEvents events: Int32) {
        let events = UInt32(bitPattern: events)
        if events & VIR_STREAM_EVENT_READABLE.rawValue != 0, !show() { return end() }
        if events & VIR_STREAM_EVENT_WRITABLE.rawValue != 0 { send() }
        if events & (VIR_STREAM_EVENT_ERROR.rawValue | VIR_STREAM_EVENT_HANGUP.rawValue) != 0 { end() }
    }

    /// False when there will be nothing more.
    private func show() -> Bool {
        var buffer = [CChar](repeating: 0, count: 16384)
        while isOpen {
            let count = libvirt.virStreamRecv(stream, &buffer, buffer.count)
            if count == -2 { return true }
            guard count > 0 else { return false }
            // The other end is read at once by a loop that never blocks; what it does not accept is
            // dropped, because the guest must not wait.
            _ = pipe.write(buffer[..<Int(count)].map { UInt8(bitPattern: $0) })
        }
        return false
    }

    private func type() {
        switch pipe.read(limit: 4096) {
        case .bytes(let bytes):
            typed += bytes
            send()
        case .nothing: break
        case .end: end(isOurs: true)
        }
    }

    private func send() {
        while isOpen, !typed.isEmpty {
            let count = typed.withUnsafeBytes {
                libvirt.virStreamSend(stream, $0.bindMemory(to: CChar.self).baseAddress, $0.count)
            }
            if count == -2 { break }
            guard count > 0 else { return end() }
            typed.removeFirst(Int(count))
        }
        guard isOpen else { return }
        let both = VIR_STREAM_EVENT_READABLE.rawValue | (typed.isEmpty ? 0 : VIR_STREAM_EVENT_WRITABLE.rawValue)
        _ = libvirt.virStreamEventUpdateCallback(stream, Int32(bitPattern: both))
        // Nothing more is read of what is typed than the guest takes.
        libvirt.virEventUpdateHandle(watch, typed.isEmpty ? Int32(VIR_EVENT_HANDLE_READABLE.rawValue) : 0)
    }

    private func end(isOurs: Bool = false) {
        guard isOpen else { return }
        state.store(false, ordering: .relaxed)
        if watch >= 0 { _ = libvirt.virEventRemoveHandle(watch) }
        _ = libvirt.virStreamEventRemoveCallback(stream)
        _ = libvirt.virStreamAbort(stream)
        if !isOurs { onEnd() }
    }
}
