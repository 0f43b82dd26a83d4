/// What becomes of a domain that outlived the main process of its unit, as ExecStopPost= has to
/// decide it.
enum Remains: Hashable, Sendable {
    /// It stays: the unit is restarted at once.
    case handedOver
    /// It stays: pvp-guest failed, and the guest did not. Its next start finds it.
    case kept
    /// It goes.
    case destroyed

    /// Decides by how the service ended (`SERVICE_RESULT` and `EXIT_STATUS` in `systemd.exec(5)`)
    /// and by its jobs, which are `nil` when systemd does not answer. Without a result it was
    /// called by hand.
    init(guest: String, result: String?, status: String?, jobs: UnitJobs?) {
        guard let result else {
            self = .destroyed
            return
        }
        let unit = UnitJobs.service(guest)
        if jobs?.isStopped(unit) == true {
            // What did not shut down in its time is ended now.
            self = .destroyed
        } else if let jobs, jobs.isRestarted(unit) {
            self = jobs.isRestartedAlone(guest) ? .handedOver : .destroyed
        } else if result == "success" || result == "exit-code" && status == "\(GuestLifecycle.notReady)" {
            // The guest has ended, or did not come up; what is left of it is not worth keeping.
            self = .destroyed
        } else if jobs == nil, result == "timeout" {
            // A stop that took too long is the likely reason.
            self = .destroyed
        } else {
            self = .kept
        }
    }
}
