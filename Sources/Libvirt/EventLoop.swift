import CLibvirt
import Linux
import Synchronization

/// libvirt's own event loop, one per process: events of domains, lost connections and timers arrive
/// on its thread.
package enum EventLoop {
    /// What the program does when the loop ends or a timer cannot be created: without either, an
    /// end or a limit would go unnoticed.
    static let onFailure = Mutex<@Sendable (LibvirtError) -> Void>({ _ in })

    /// Registers the loop and runs it on a thread of its own; to be called once, before the first
    /// connection, with those signals blocked that the program wants to see elsewhere. From then on
    /// libvirt prints nothing: each failure is a thrown `LibvirtError` and nothing else.
    /// `onFailure` is called on any thread when the loop cannot go on or a timer cannot be created;
    /// it should end the process.
    package static func start(onFailure: @escaping @Sendable (LibvirtError) -> Void) throws(LibvirtError) {
        try start(onFailure: onFailure) { libvirt.virEventRunDefaultImpl() }
    }

    /// The same with another iteration of the loop, for tests.
    static func start(
        onFailure: @escaping @Sendable (LibvirtError) -> Void, iterate: @escaping @Sendable () -> Int32
    ) throws(LibvirtError) {
        self.onFailure.withLock { $0 = onFailure }
        try loadLibvirt()
        libvirt.virSetErrorFunc(nil) { _, _ in }
        guard libvirt.virInitialize() == 0, libvirt.virEventRegisterDefaultImpl() == 0 else { throw .last() }
        DetachedThread.start {
            while iterate() == 0 {}
            fail(.last())
        }
    }

    private static func fail(_ error: LibvirtError) { onFailure.withLock { $0 }(error) }

    /// Calls `body` once, on the loop's thread, as soon as it can.
    package static func now(_ body: @escaping @Sendable () -> Void) { after(seconds: 0, body) }

    /// Calls `body` once, on the loop's thread, `seconds` from now (0 and up).
    package static func after(seconds: Int, _ body: @escaping @Sendable () -> Void) {
        let box = Unmanaged.passRetained(Box(body)).toOpaque()
        let timer = libvirt.virEventAddTimeout(
            Int32(clamping: seconds * 1000),
            { timer, box in
                guard let box else { return }
                _ = libvirt.virEventRemoveTimeout(timer)
                Unmanaged<Box<@Sendable () -> Void>>.fromOpaque(box).takeUnretainedValue().value()
            },
            box,
            freeBox
        )
        guard timer < 0 else { return }
        freeBox(box)
        fail(LibvirtError(.other(0), "a timer of \(seconds) s cannot be created"))
    }
}

/// Carries a Swift value through the `void *` of a C callback.
final class Box<Value> {
    let value: Value
    init(_ value: Value) { self.value = value }
}

/// Frees a box when libvirt no longer needs it.
let freeBox: @convention(c) (UnsafeMutableRawPointer?) -> Void = { box in
    if let box { Unmanaged<AnyObject>.fromOpaque(box).release() }
}
