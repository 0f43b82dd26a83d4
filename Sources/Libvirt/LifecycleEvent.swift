import CLibvirt

/// What happened to a domain (`virDomainEventType` and its details).
package enum LifecycleEvent: Hashable, Sendable {
    /// Its definition was stored or removed, which does not affect a running domain.
    case definition
    /// It began to run.
    case started
    /// Its CPUs stand still.
    case suspended(Suspension)
    /// Its CPUs run again.
    case resumed
    /// The guest powered itself off, or the emulator was asked to end; `stopped` follows.
    case shuttingDown
    /// It no longer runs.
    case stopped(Stop)
    /// The guest put itself to sleep.
    case asleep
    /// The guest's kernel panicked; what comes of that is up to `<on_crash>`.
    case panicked
    /// The guest rebooted in the same emulator (`VIR_DOMAIN_EVENT_ID_REBOOT`).
    case rebooted
    /// A disk of it failed: which, and why; whether its CPUs stand still for it
    /// (`VIR_DOMAIN_EVENT_ID_IO_ERROR_REASON`).
    case diskError(String, pauses: Bool)
    /// The agent in it opened its channel, or closed it (`VIR_DOMAIN_EVENT_ID_AGENT_LIFECYCLE`).
    case agent(isConnected: Bool)
    /// An event that this program does not know, in libvirt's numbers.
    case other(event: Int32, detail: Int32)

    /// Why a domain was suspended.
    package enum Suspension: Hashable, Sendable {
        case asked
        case ioError
        case watchdog
        case other(Int32)
    }

    /// Why a domain stopped.
    package enum Stop: Hashable, Sendable {
        /// The guest shut down.
        case shutdown
        /// It was destroyed through libvirt.
        case destroyed
        /// The guest crashed.
        case crashed
        /// It went to another host.
        case migrated
        /// It was saved to a file.
        case saved
        /// The emulator failed or was killed.
        case failed
        case other(Int32)
    }

    /// Reads libvirt's numbers.
    package init(event: Int32, detail: Int32) {
        switch virDomainEventType(rawValue: UInt32(bitPattern: event)) {
        case VIR_DOMAIN_EVENT_DEFINED, VIR_DOMAIN_EVENT_UNDEFINED: self = .definition
        case VIR_DOMAIN_EVENT_STARTED: self = .started
        case VIR_DOMAIN_EVENT_SUSPENDED: self = .suspended(Suspension(detail))
        case VIR_DOMAIN_EVENT_RESUMED: self = .resumed
        case VIR_DOMAIN_EVENT_SHUTDOWN: self = .shuttingDown
        case VIR_DOMAIN_EVENT_STOPPED: self = .stopped(Stop(detail))
        case VIR_DOMAIN_EVENT_PMSUSPENDED: self = .asleep
        case VIR_DOMAIN_EVENT_CRASHED: self = .panicked
        default: self = .other(event: event, detail: detail)
        }
    }
}

extension LifecycleEvent {
    /// Reads what libvirt says of a disk: `enospc` is the one reason that it has a word for.
    init(diskError path: String, reason: String, action: Int32) {
        let why =
            switch reason {
            case "enospc": "no space left"
            case "": "input/output error"
            default: reason
            }
        self = .diskError(
            path.isEmpty ? why : "\(path): \(why)",
            pauses: UInt32(bitPattern: action) == VIR_DOMAIN_EVENT_IO_ERROR_PAUSE.rawValue)
    }
}

extension LifecycleEvent.Suspension {
    init(_ detail: Int32) {
        switch virDomainEventSuspendedDetailType(rawValue: UInt32(bitPattern: detail)) {
        case VIR_DOMAIN_EVENT_SUSPENDED_PAUSED: self = .asked
        case VIR_DOMAIN_EVENT_SUSPENDED_IOERROR: self = .ioError
        case VIR_DOMAIN_EVENT_SUSPENDED_WATCHDOG: self = .watchdog
        default: self = .other(detail)
        }
    }
}

extension LifecycleEvent.Stop {
    init(_ detail: Int32) {
        switch virDomainEventStoppedDetailType(rawValue: UInt32(bitPattern: detail)) {
        case VIR_DOMAIN_EVENT_STOPPED_SHUTDOWN: self = .shutdown
        case VIR_DOMAIN_EVENT_STOPPED_DESTROYED: self = .destroyed
        case VIR_DOMAIN_EVENT_STOPPED_CRASHED: self = .crashed
        case VIR_DOMAIN_EVENT_STOPPED_MIGRATED: self = .migrated
        case VIR_DOMAIN_EVENT_STOPPED_SAVED: self = .saved
        case VIR_DOMAIN_EVENT_STOPPED_FAILED: self = .failed
        default: self = .other(detail)
        }
    }
}
