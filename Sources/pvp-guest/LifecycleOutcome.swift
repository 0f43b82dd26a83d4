import Libvirt

/// What an event means for the unit.
enum LifecycleOutcome: Hashable, Sendable {
    case nothing
    /// The guest's state changed.
    case state(String)
    /// The same, and worth a line in the log.
    case notice(String)
    /// The guest goes on, with a warning in the log.
    case warning(String)
    /// The guest ended as it should.
    case end
    /// The guest ended as it should not.
    case failure(String)

    /// Judges an event; `stopping` after our request to shut down, `diskError` is the last error of
    /// its disk.
    init(_ event: LifecycleEvent, stopping: Bool, diskError: String? = nil) {
        switch event {
        case .definition, .other, .agent, .diskError(_, true): self = .nothing
        case .diskError(let text, false):
            self = .warning("running, with a disk error that was reported to the guest: \(text)")
        case .rebooted: self = stopping ? .nothing : .notice("running, rebooted from inside")
        case .started, .resumed: self = stopping ? .nothing : .state("running")
        case .shuttingDown: self = .state("shutting down")
        case .asleep: self = .state("asleep")
        case .panicked: self = .warning("its kernel panicked")
        case .suspended(.asked): self = .state("paused")
        case .suspended(.ioError) where diskError != nil:
            self = .warning("paused by a disk error: \(diskError ?? ""); after freeing space, run 'virsh resume'")
        case .suspended(.ioError): self = .warning("paused by a disk error; is the host's disk full?")
        case .suspended(.watchdog): self = .warning("paused by its watchdog")
        case .suspended(.other): self = .state("paused")
        case .stopped(.shutdown): self = .end
        case .stopped(.destroyed):
            self = stopping ? .end : .failure("was destroyed by another process; systemd starts it again")
        case .stopped(.crashed): self = .failure("crashed; see journalctl and its console")
        case .stopped(.failed): self = .failure("its emulator died; see /var/log/libvirt/qemu")
        case .stopped(.saved): self = .failure("was saved to a file by another client of libvirt")
        case .stopped(.migrated): self = .failure("was migrated away by another client of libvirt")
        case .stopped(.other(let detail)): self = .failure("stopped for a reason that is not known here (\(detail))")
        }
    }
}
