import CLibvirt

/// Reports the lifecycle events of every domain on a connection, and the connection's end, for as
/// long as it lives. Needs `EventLoop.start()`.
package final class LifecycleWatch: @unchecked Sendable {
    /// The connection that it watches.
    package let connection: Connection
    private var callbacks: [Int32] = []
    private var watchesClose = false

    /// An event and the domain that it is about.
    package struct Notice: Hashable, Sendable {
        /// The domain's name.
        package var name: String
        /// The domain's UUID as text.
        package var uuid: String
        /// What happened to it.
        package var event: LifecycleEvent
    }

    /// Begins to watch. Both closures are called on the event loop's thread; `onClose` when libvirt
    /// goes away, not when this object does.
    package convenience init(
        _ connection: Connection,
        onEvent: @escaping @Sendable (Notice) -> Void,
        onClose: @escaping @Sendable () -> Void
    ) throws(LibvirtError) {
        try self.init(connection, Self.functions, onEvent: onEvent, onClose: onClose)
    }

    /// The same with other kinds of events, for tests. What was registered before a failure is
    /// deregistered by `deinit`.
    init(
        _ connection: Connection,
        _ functions: [(virDomainEventID, virConnectDomainEventGenericCallback)],
        onEvent: @escaping @Sendable (Notice) -> Void,
        onClose: @escaping @Sendable () -> Void
    ) throws(LibvirtError) {
        self.connection = connection
        for (id, function) in functions {
            let box = Unmanaged.passRetained(Box(onEvent)).toOpaque()
            let callback = libvirt.virConnectDomainEventRegisterAny(
                connection.handle, nil, Int32(id.rawValue), function, box, freeBox)
            guard callback >= 0 else {
                let error = LibvirtError.last()
                freeBox(box)
                throw error
            }
            callbacks.append(callback)
        }
        let close = Unmanaged.passRetained(Box(onClose)).toOpaque()
        guard libvirt.virConnectRegisterCloseCallback(connection.handle, closed, close, freeBox) == 0 else {
            let error = LibvirtError.last()
            freeBox(close)
            throw error
        }
        watchesClose = true
    }

    deinit {
        if watchesClose { _ = libvirt.virConnectUnregisterCloseCallback(connection.handle, closed) }
        for callback in callbacks { _ = libvirt.virConnectDomainEventDeregisterAny(connection.handle, callback) }
    }
}

extension LifecycleWatch {
    /// A function for each kind of event. The C header has a cast macro for them, which Swift
    /// cannot see.
    static var functions: [(virDomainEventID, virConnectDomainEventGenericCallback)] {
        let lifecycle: virConnectDomainEventCallback = { _, domain, event, detail, box in
            pass(LifecycleEvent(event: event, detail: detail), of: domain, to: box)
            return 0
        }
        let reboot: virConnectDomainEventGenericCallback = { _, domain, box in pass(.rebooted, of: domain, to: box) }
        let diskError: virConnectDomainEventIOErrorReasonCallback = { _, domain, path, _, action, reason, box in
            let path = path.map { String(cString: $0) } ?? ""
            let reason = reason.map { String(cString: $0) } ?? ""
            pass(LifecycleEvent(diskError: path, reason: reason, action: action), of: domain, to: box)
        }
        let agent: virConnectDomainEventAgentLifecycleCallback = { _, domain, state, _, box in
            let isConnected =
                UInt32(bitPattern: state) == VIR_CONNECT_DOMAIN_EVENT_AGENT_LIFECYCLE_STATE_CONNECTED.rawValue
            pass(.agent(isConnected: isConnected), of: domain, to: box)
        }
        return [
            (VIR_DOMAIN_EVENT_ID_LIFECYCLE, unsafeBitCast(lifecycle, to: virConnectDomainEventGenericCallback.self)),
            (VIR_DOMAIN_EVENT_ID_REBOOT, reboot),
            (
                VIR_DOMAIN_EVENT_ID_IO_ERROR_REASON,
                unsafeBitCast(diskError, to: virConnectDomainEventGenericCallback.self)
            ),
            (VIR_DOMAIN_EVENT_ID_AGENT_LIFECYCLE, unsafeBitCast(agent, to: virConnectDomainEventGenericCallback.self)),
        ]
    }
}

private func pass(_ event: LifecycleEvent, of domain: OpaquePointer?, to box: UnsafeMutableRawPointer?) {
    guard let domain, let box else { return }
    let name = libvirt.virDomainGetName(domain).map { String(cString: $0) } ?? ""
    let notice = LifecycleWatch.Notice(name: name, uuid: LiveDomain.uuid(domain), event: event)
    Unmanaged<Box<@Sendable (LifecycleWatch.Notice) -> Void>>.fromOpaque(box).takeUnretainedValue().value(notice)
}

/// One function for registration and its end, which libvirt distinguishes by its address.
private let closed: virConnectCloseFunc = { _, _, box in
    if let box { Unmanaged<Box<@Sendable () -> Void>>.fromOpaque(box).takeUnretainedValue().value() }
}
