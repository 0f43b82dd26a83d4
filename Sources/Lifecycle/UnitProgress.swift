package import SystemdBus
package import Views

/// What has become of one unit since the chain is started or stopped.
package struct UnitProgress: Hashable, Sendable {
    /// How far it is.
    package enum State: String, Hashable, Sendable {
        /// It has no job: nothing is to be done.
        case unchanged
        /// Its job waits for other units.
        case waiting
        /// It starts or stops.
        case running
        /// It is up, or has done what it does once.
        case up
        /// It has stopped.
        case stopped
        /// It has failed, or its job has.
        case failed
    }

    /// What systemd says about it, as far as that has changed.
    package var properties: UnitProperties
    /// How far it is.
    package var state: State
    /// The path of its job on the bus; `nil` if it has none.
    package var job: String?
    /// Why it failed, such as `failed (exit-code)`; `nil` if it did not.
    package var failure: String?
    /// When it began to start or stop, in microseconds of `CLOCK_MONOTONIC`; `nil` if it did not.
    package var begin: UInt64?
    /// When it was done, on the same clock.
    package var end: UInt64?

    /// A unit as it is before the first signal.
    package init(_ unit: ServiceManager.Listed) {
        properties = UnitProperties(id: unit.name, activeState: unit.activeState)
        job = unit.job
        state = unit.job == nil ? .unchanged : .waiting
    }

    /// The name.
    package var unit: String { properties.id }
    /// The stage of the chain that it belongs to.
    package var stage: Stage { Stage(of: unit) }
    /// Whether something is still to come.
    package var isPending: Bool { job != nil || state == .waiting || state == .running }
    /// Whether it is neither active nor on its way.
    var isInactive: Bool { ["inactive", "failed"].contains(properties.activeState) }
    /// Microseconds that it took; `nil` if it did nothing or is not done.
    package var duration: UInt64? {
        guard !isPending, let begin, let end, end >= begin else { return nil }
        return end - begin
    }
}

extension UnitProgress {
    /// A job was created for it.
    mutating func jobNew(_ path: String) {
        job = path
        guard state != .running else { return }
        // As by Restart= after a failure.
        state = .waiting
        failure = nil
    }

    /// Its properties have changed. `since` is when the operation began: earlier times are those of
    /// an earlier operation.
    mutating func update(_ update: UnitUpdate, since: UInt64) {
        let before = properties.activeState
        update.apply(to: &properties)
        let times = [properties.inactiveExit, properties.activeExit].compactMap(\.self).filter { $0 >= since }
        begin = begin ?? times.min()
        switch properties.activeState {
        case "activating" where properties.subState == "auto-restart":
            end = properties.inactiveEntry?.monotonic ?? end
            fail("failed (\(properties.result)), and systemd will restart it")
        case "activating", "deactivating", "reloading":
            if job != nil || before != properties.activeState { state = .running }
        case "failed":
            end = properties.inactiveEntry?.monotonic ?? end
            if before != "failed" { fail("failed (\(properties.result))") }
        case "active":
            end = properties.activeEntry?.monotonic ?? end
            // After a reload, or a start without a job.
            if job == nil, state == .running { state = .up }
        default:
            end = properties.inactiveEntry?.monotonic ?? end
            if job == nil, state == .running { state = .stopped }
        }
    }

    /// A job of it has ended.
    mutating func jobRemoved(_ path: String, _ result: String, _ verb: ChainVerb) {
        // A later job has taken its place.
        if let job, job != path { return }
        job = nil
        switch result {
        case "done", "skipped":
            if state == .failed { return }
            state = verb.endsActive ? .up : .stopped
        // The unit has failed, and said why.
        case _ where state == .failed: break
        case "dependency": fail("not started, because a unit that it requires failed")
        case "timeout": fail("time limit exceeded")
        case "canceled": fail("canceled by another job")
        case "assert": fail("an assertion of the unit file is not met")
        default: fail(result == "failed" ? "failed (\(properties.result))" : result)
        }
    }

    /// Notes that it failed, unless that is known.
    mutating func fail(_ reason: String) {
        failure = failure ?? reason
        state = .failed
    }
}
