import Libvirt
import Linux
import Values

/// What the transitions do.
extension GuestLifecycle {
    /// Creates the domain.
    mutating func create() -> [Action] {
        phase = .creating
        uuid = ""
        isAdopted = false
        earlyEvents = []
        return [.create, .limitStart]
    }

    /// Adopts a domain that runs already, or replaces it.
    mutating func adopt(_ uuid: String, _ comparison: DomainRecord.Comparison) -> [Action] {
        self.uuid = uuid
        isAdopted = true
        if isUnwanted {
            // As long as its unit ran the guest was its unit's to shut down.
            return [.log(.notice, "guest \(name): shutting it down")] + stop() + (isLost ? handle(.connectionLost) : [])
        }
        switch comparison {
        case .same:
            return [.log(.notice, "guest \(name): runs already, created from the same XML; adopted")] + run() + [
                .limitStart
            ]
        case .sameButIdentity:
            let line =
                "runs already, created by an earlier release; adopted. Its UUID and MAC addresses change at its next "
                + "start"
            return [.log(.notice, "guest \(name): \(line)")] + run() + [.limitStart]
        case .unknown:
            let line = "runs already, created by an earlier release, which did not record from what XML; adopted"
            return [.log(.warning, "guest \(name): \(line)")] + run() + [.limitStart]
        case .other:
            phase = .replacing
            let limit = (stopTimeout + Self.destroyTimeout + startTimeout + Self.destroyTimeout) * 1_000_000
            return [
                .log(
                    .notice,
                    "guest \(name): runs already, created from other XML; shutting it down to create it from that of "
                        + "the unit"
                ),
                .notify("EXTEND_TIMEOUT_USEC=\(limit)\nSTATUS=shutting down, to be created from other XML"), .shutdown,
                .after(seconds: Self.shutdownInterval, .retryShutdown), .after(seconds: stopTimeout, .replaceTimeout),
            ] + (isLost ? handle(.connectionLost) : [])
        }
    }

    /// The domain exists.
    mutating func run() -> [Action] {
        phase = .running
        var actions = readyWhen == .running ? ready() : [status, .watch(readyWhen)]
        for (event, of) in earlyEvents where of == uuid { actions += handle(.event(event, uuid: of)) }
        if isLost { actions += handle(.connectionLost) }
        return actions
    }

    mutating func stop() -> [Action] {
        phase = .stopping
        return [
            .notify("STOPPING=1\nSTATUS=shutting down"), .shutdown,
            .after(seconds: Self.shutdownInterval, .retryShutdown), .after(seconds: stopTimeout, .stopTimeout),
        ]
    }

    /// An adopted guest may have been ready before, and is not ended for what it lacks now.
    mutating func runUnready(_ seen: String) -> [Action] {
        isReady = true
        let line = notReadyLine("not ready within \(startTimeout) s after it was adopted", seen)
        return [.log(.warning, line), .notify("READY=1\nSTATUS=\(state); not ready: \(seen)")]
    }

    func cancel() -> [Action] { [.destroy, .after(seconds: Self.destroyTimeout, .giveUp)] }

    mutating func ready() -> [Action] {
        isReady = true
        return [.notify("READY=1\nSTATUS=\(state)")]
    }

    var status: Action { .notify("STATUS=\(state)" + (isReady ? "" : "; waits for \(readyWhen.awaited)")) }

    mutating func apply(_ event: LifecycleEvent) -> [Action] {
        switch event {
        case .agent(let isConnected):
            return isConnected && readyWhen == .agent && phase == .running && !isReady ? ready() : []
        case .diskError(let text, true):
            diskError = text
            // That it stands still is an event of its own, before or after.
            if isPausedByError { return apply(.suspended(.ioError)) }
        case .suspended(.ioError): isPausedByError = true
        case .resumed:
            isPausedByError = false
            diskError = nil
        default: break
        }
        switch LifecycleOutcome(event, stopping: phase == .stopping, diskError: diskError) {
        case .nothing: return []
        case .state(let state): return change(state)
        case .notice(let state): return change(state, .notice)
        case .warning(let state): return change(state, .warning)
        case .end where !isReady && !isAdopted && phase == .running:
            let line = notReadyLine("shut down before it was ready", "it powered itself off")
            return [.notify("STATUS=\(line)"), .log(.error, line), .exit(Self.notReady)]
        case .end: return [.notify("STATUS=shut down"), .exit(0)]
        case .failure(let line): return fail(line)
        }
    }

    /// Notifies of a new state; also in the log if it has a level. A state that has been logged is
    /// not repeated.
    mutating func change(_ state: String, _ level: Log.Level? = nil) -> [Action] {
        let isNew = state != self.state
        self.state = state
        let lines: [Action] = level.map { isNew ? [.log($0, "guest \(name): \(state)")] : [] } ?? []
        return [phase == .stopping ? .notify("STATUS=\(state)") : status] + lines
    }

    func fail(_ line: String) -> [Action] {
        [.notify("STATUS=\(line)"), .log(.error, "guest \(name): \(line)"), .exit(1)]
    }

    func notReadyLine(_ what: String, _ seen: String) -> String {
        "guest \(name): \(what): ReadyWhen=\(readyWhen.rawValue) waits for \(readyWhen.awaited), seen: \(seen); "
            + "\(readyWhen.remedy)"
    }

    func lateLine(_ unconnected: [String], _ seconds: Int) -> String {
        if unconnected.isEmpty {
            return "guest \(name): not created within \(seconds) s; see /var/log/libvirt/qemu/\(name).log"
        }
        return
            "guest \(name): not created within \(seconds) s: no process connected to "
            + "\(unconnected.joined(separator: ", ")); is testpmd running? systemctl status testpmd"
    }
}
