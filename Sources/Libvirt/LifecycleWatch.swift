import CLibvirt

/// Tells of the lifecycle of every domain on a connection, and of the connection's end, for as long as it lives. Needs `EventLoop.start()`.
public final class LifecycleWatch: @unchecked Sendable {
    /// The connection that it watches.
    public let connection: Connection
    private let callback: Int32

    /// An event and the domain that it is about.
    public struct Notice: Hashable, Sendable {
        /// The domain's name.
        public var name: String
        /// The domain's UUID as text.
        public var uuid: String
        /// What happened to it.
        public var event: LifecycleEvent
    }

    /// Begins to watch. Both closures are called on the event loop's thread; `onClose` when libvirt goes away, not when this object does.
    public init(
        _ connection: Connection,
        onEvent: @escaping @Sendable (Notice) -> Void,
        onClose: @escaping @Sendable () -> Void
    ) throws(LibvirtError) {
        let lifecycle: virConnectDomainEventCallback = { _, domain, event, detail, box in
            if let domain, let box {
                let name = virDomainGetName(domain).map { String(cString: $0) } ?? ""
                let notice = Notice(name: name, uuid: LiveDomain.uuid(domain), event: LifecycleEvent(event: event, detail: detail))
                Unmanaged<Box<@Sendable (Notice) -> Void>>.fromOpaque(box).takeUnretainedValue().value(notice)
            }
            return 0
        }
        let events = Unmanaged.passRetained(Box(onEvent)).toOpaque()
        let id = Int32(VIR_DOMAIN_EVENT_ID_LIFECYCLE.rawValue)
        // The C header has a cast macro for this, which Swift cannot see.
        let generic = unsafeBitCast(lifecycle, to: virConnectDomainEventGenericCallback.self)
        let callback = virConnectDomainEventRegisterAny(connection.handle, nil, id, generic, events, freeBox)
        guard callback >= 0 else {
            let error = LibvirtError.last()
            freeBox(events)
            throw error
        }
        self.connection = connection
        self.callback = callback
        let close = Unmanaged.passRetained(Box(onClose)).toOpaque()
        let registered = virConnectRegisterCloseCallback(connection.handle, closed, close, freeBox)
        if registered != 0 {
            let error = LibvirtError.last()
            freeBox(close)
            throw error
        }
    }

    deinit {
        virConnectUnregisterCloseCallback(connection.handle, closed)
        virConnectDomainEventDeregisterAny(connection.handle, callback)
    }
}

/// One function for registration and its end, which libvirt tells apart by its address.
private let closed: virConnectCloseFunc = { _, _, box in
    if let box { Unmanaged<Box<@Sendable () -> Void>>.fromOpaque(box).takeUnretainedValue().value() }
}
