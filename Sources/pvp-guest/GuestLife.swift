import Diagnostics
import Libvirt
import Linux
import Values

/// One guest's life, as a value: what happens goes in, what is to be done comes out.
struct GuestLife: Sendable {
    /// Something that happened.
    enum Input: Hashable, Sendable {
        /// No domain of our name runs.
        case vacant
        /// A domain of ours runs with this UUID, and how it compares with the XML of the unit.
        case found(uuid: String, DomainRecord.Comparison)
        /// The domain was created, and has this UUID.
        case created(uuid: String)
        /// It could not be created.
        case creationFailed(Problem)
        /// The limit for the creation is over; these sockets have no client.
        case createTimeout(unconnected: [String])
        /// The condition of READY=1 is met.
        case reached
        /// The limit for all until then is over: these sockets have no client, and this is what was
        /// seen last.
        case startTimeout(unconnected: [String], seen: String)
        /// SIGTERM.
        case terminate
        /// SIGUSR1: the unit is restarted, and the guest goes on.
        case leave
        /// libvirt reports a domain of our name.
        case event(LifecycleEvent, uuid: String)
        /// Time to ask for the shutdown again.
        case retryShutdown
        /// The guest did not take the request.
        case shutdownFailed(Problem)
        /// The limit for the shutdown is over.
        case stopTimeout
        /// The limit for the shutdown of a domain with other XML is over.
        case replaceTimeout
        /// The domain that was to be destroyed is gone, or there was none.
        case destroyed
        /// It could not be destroyed.
        case destroyFailed(Problem)
        /// Time to destroy again what a creation in progress may have created.
        case retryDestroy
        /// libvirt does not answer any more.
        case giveUp
        /// libvirt does not say whether the guest runs, and its end is wanted.
        case searchTimeout
        /// libvirt went away.
        case connectionLost
        /// libvirt is back; whether it still runs the domain.
        case reconnected(running: Bool)
        /// libvirt has been away for long; the attempts go on.
        case reconnectFailed(Problem)
    }

    /// Something to do.
    enum Action: Hashable, Sendable {
        case notify(String)
        case say(Level, String)
        case after(seconds: Int, Input)
        /// Create the domain, within the limit for it.
        case create
        /// Begin the limit for all until the guest is ready.
        case limitStart
        /// Look for what READY=1 waits for.
        case watch(ReadyWhen)
        case shutdown
        case destroy
        case reconnect(uuid: String)
        case exit(Int32)
    }

    private enum Phase: Hashable {
        /// It is looked whether the guest runs already.
        case searching
        /// A domain with other XML is asked to shut down, to be created from the XML of the unit
        /// then.
        case replacing
        /// It did not, and is destroyed.
        case evicting
        case creating
        /// The creation is under way and its end is wanted; then exit with the code.
        case cancelling(Int32)
        case running
        case stopping
        /// The last destroy is under way; then exit with the code.
        case removing(Int32)
    }

    /// How long a guest gets before it is asked again, in seconds: one that still boots ignores the
    /// ACPI button.
    static let askInterval = 10
    /// How long libvirt may take to end a domain, in seconds: it gives an emulator up to 40 to die.
    static let patience = 45

    let name: String
    let stopTimeout: Int
    let createTimeout: Int
    let startTimeout: Int
    let readyWhen: ReadyWhen
    /// What the guest does, for people.
    private var state = "running"
    private var isReady = false
    /// The disk and the error that it stopped for.
    private var diskError: String?
    /// Whether it stands still for that.
    private var isHeldUp = false
    private var phase = Phase.searching
    /// The domain's; empty until it is known.
    private(set) var uuid = ""
    /// Whether an earlier pvp-guest created it.
    private var isAdopted = false
    /// Whether its end is wanted, and it is not known yet whether it runs.
    private var isUnwanted: Bool
    /// Whether libvirt went away before the creation returned.
    private var isLost = false
    /// Events that came before the creation returned, from the last start on.
    private var early: [(event: LifecycleEvent, uuid: String)] = []

    /// The exit status for a guest that did not come up: systemd does not try that again.
    static let notReady: Int32 = 3

    init(
        name: String, createTimeout: Int, stopTimeout: Int, startTimeout: Int = 180, readyWhen: ReadyWhen = .running,
        isUnwanted: Bool = false
    ) {
        self.name = name
        self.createTimeout = createTimeout
        self.stopTimeout = stopTimeout
        self.startTimeout = startTimeout
        self.readyWhen = readyWhen
        self.isUnwanted = isUnwanted
    }

    /// Takes what happened and says what to do, in order.
    mutating func handle(_ input: Input) -> [Action] {
        switch (phase, input) {
        case (.cancelling, .giveUp), (.removing, .giveUp), (.evicting, .giveUp):
            return fail("libvirt did not end the domain within \(Self.patience) s; run 'virsh destroy \(name)'")

        case (.searching, .vacant):
            if isUnwanted { return [.exit(0)] }
            return create()
        case (.searching, .found(let uuid, let comparison)):
            return take(uuid, comparison)
        case (.searching, .creationFailed(let problem)):
            return isUnwanted ? [.exit(0)] : [.say(.error, problem.line), .exit(1)]
        case (.searching, .terminate):
            isUnwanted = true
            return [
                .notify("STOPPING=1\nSTATUS=looking for the guest"), .after(seconds: Self.patience, .searchTimeout),
            ]
        case (.searching, .searchTimeout):
            return fail("libvirt did not report within \(Self.patience) s whether the guest runs")

        case (.running, .leave), (.replacing, .leave), (.evicting, .leave):
            return [.notify("STOPPING=1\nSTATUS=left running"), .exit(0)]
        case (.searching, .leave), (.creating, .leave):
            return handle(.terminate)

        case (.replacing, .event(.stopped, uuid)), (.replacing, .reconnected(false)), (.evicting, .destroyed):
            return create()
        case (.replacing, .retryShutdown):
            return [.shutdown, .after(seconds: Self.askInterval, .retryShutdown)]
        case (.replacing, .shutdownFailed(let problem)):
            return [.say(.warning, problem.line)]
        case (.replacing, .replaceTimeout):
            phase = .evicting
            return [
                .say(.warning, "guest \(name): did not shut down within \(stopTimeout) s; destroying it"), .destroy,
                .after(seconds: Self.patience, .giveUp),
            ]
        case (.evicting, .destroyFailed(let problem)):
            return [.say(.error, problem.line), .exit(1)]
        case (.replacing, .terminate):
            return stop()
        case (.evicting, .terminate):
            phase = .removing(0)
            return [.notify("STOPPING=1\nSTATUS=destroying")]

        case (.creating, .event(let event, let uuid)), (.searching, .event(let event, let uuid)):
            if event == .started { early = [] }
            early.append((event, uuid))
            return []
        case (.creating, .created(let uuid)):
            self.uuid = uuid
            return run()
        case (.creating, .creationFailed(let problem)):
            return [.say(.error, problem.line), .exit(1)]
        case (.creating, .createTimeout(let unconnected)):
            phase = .cancelling(1)
            return [.say(.error, lateLine(unconnected, createTimeout)), .notify("STATUS=creation given up")] + cancel()
        case (.creating, .startTimeout(let unconnected, _)):
            phase = .cancelling(Self.notReady)
            return [.say(.error, lateLine(unconnected, startTimeout)), .notify("STATUS=creation given up")] + cancel()
        case (.creating, .terminate):
            phase = .cancelling(0)
            return [.notify("STOPPING=1\nSTATUS=creation cancelled")] + cancel()
        case (.creating, .connectionLost), (.searching, .connectionLost):
            // The creation's own call fails as well and reports the reason, unless it was through
            // already.
            isLost = true
            return []

        case (.cancelling(let code), .creationFailed):
            return [.exit(code)]
        case (.cancelling(let code), .created):
            phase = .removing(code)
            return [.destroy]
        case (.cancelling, .destroyed), (.cancelling, .destroyFailed):
            // The creation has not returned, so it may yet create the missing domain.
            return [.after(seconds: 1, .retryDestroy)]
        case (.cancelling, .retryDestroy):
            return [.destroy]

        case (.running, .event(let event, uuid)):
            return act(on: event)
        case (.running, .reached):
            return isReady ? [] : ready()
        case (.running, .startTimeout(_, let seen)):
            if isReady { return [] }
            if isAdopted { return runUnready(seen) }
            phase = .removing(Self.notReady)
            let line = notReadyLine("not ready within \(startTimeout) s", seen)
            return [.say(.error, line), .notify("STATUS=\(line)"), .destroy, .after(seconds: Self.patience, .giveUp)]
        case (.running, .terminate):
            return stop()

        case (.stopping, .event(let event, uuid)):
            return act(on: event)
        case (.stopping, .retryShutdown):
            return [.shutdown, .after(seconds: Self.askInterval, .retryShutdown)]
        case (.stopping, .shutdownFailed(let problem)):
            return [.say(.warning, problem.line)]
        case (.stopping, .stopTimeout):
            phase = .removing(0)
            return [
                .say(.warning, "guest \(name): did not shut down within \(stopTimeout) s; destroying it"),
                .notify("STATUS=destroying"), .destroy, .after(seconds: Self.patience, .giveUp),
            ]

        case (.running, .connectionLost), (.stopping, .connectionLost), (.replacing, .connectionLost):
            return [
                .say(.warning, "guest \(name): the connection to libvirt was closed; the guest runs on, reconnecting"),
                .notify("STATUS=waiting for libvirt"), .reconnect(uuid: uuid),
            ]
        case (.replacing, .reconnected(true)):
            return [.shutdown]
        case (.running, .reconnected(true)):
            return [.say(.notice, "guest \(name): reconnected to libvirt, the guest runs"), status]
        case (.stopping, .reconnected(true)):
            return [.notify("STATUS=shutting down"), .shutdown]
        case (.running, .reconnected(false)):
            return fail("ended while libvirt was not running")
        case (.stopping, .reconnected(false)):
            return [.exit(0)]
        case (.running, .reconnectFailed(let problem)), (.stopping, .reconnectFailed(let problem)),
            (.replacing, .reconnectFailed(let problem)):
            // The guest does not need libvirt to go on; a pvp-guest that ended would be no help to
            // it.
            return [.say(.error, problem.line)]

        case (.removing(let code), .destroyed):
            return [.exit(code)]
        case (.removing, .destroyFailed(let problem)):
            return [.say(.error, problem.line), .exit(1)]

        default:
            // Timers and answers that outlived their phase.
            return []
        }
    }

    /// Asks for the domain's creation.
    private mutating func create() -> [Action] {
        phase = .creating
        uuid = ""
        isAdopted = false
        early = []
        return [.create, .limitStart]
    }

    /// Takes a domain that runs already.
    private mutating func take(_ uuid: String, _ comparison: DomainRecord.Comparison) -> [Action] {
        self.uuid = uuid
        isAdopted = true
        if isUnwanted {
            // As long as its unit ran the guest was its unit's to shut down.
            return [.say(.notice, "guest \(name): shutting it down")] + stop() + (isLost ? handle(.connectionLost) : [])
        }
        switch comparison {
        case .same:
            return [.say(.notice, "guest \(name): runs already, created from the same XML; adopted")] + run() + [
                .limitStart
            ]
        case .sameButIdentity:
            let line =
                "runs already, created by an earlier release; adopted. Its UUID and MAC addresses change at its next start"
            return [.say(.notice, "guest \(name): \(line)")] + run() + [.limitStart]
        case .unknown:
            let line = "runs already, created by an earlier release, which did not record from what XML; adopted"
            return [.say(.warning, "guest \(name): \(line)")] + run() + [.limitStart]
        case .other:
            phase = .replacing
            let limit = (stopTimeout + Self.patience + startTimeout + Self.patience) * 1_000_000
            return [
                .say(
                    .notice,
                    "guest \(name): runs already, created from other XML; shutting it down to create it from that of the unit"
                ),
                .notify("EXTEND_TIMEOUT_USEC=\(limit)\nSTATUS=shutting down, to be created from other XML"), .shutdown,
                .after(seconds: Self.askInterval, .retryShutdown), .after(seconds: stopTimeout, .replaceTimeout),
            ] + (isLost ? handle(.connectionLost) : [])
        }
    }

    /// The domain exists.
    private mutating func run() -> [Action] {
        phase = .running
        var actions = readyWhen == .running ? ready() : [status, .watch(readyWhen)]
        for (event, of) in early where of == uuid { actions += handle(.event(event, uuid: of)) }
        if isLost { actions += handle(.connectionLost) }
        return actions
    }

    private mutating func stop() -> [Action] {
        phase = .stopping
        return [
            .notify("STOPPING=1\nSTATUS=shutting down"), .shutdown,
            .after(seconds: Self.askInterval, .retryShutdown), .after(seconds: stopTimeout, .stopTimeout),
        ]
    }

    /// An adopted guest may have been ready before, and is not ended for what it lacks now.
    private mutating func runUnready(_ seen: String) -> [Action] {
        isReady = true
        let line = notReadyLine("not ready within \(startTimeout) s after it was adopted", seen)
        return [.say(.warning, line), .notify("READY=1\nSTATUS=\(state); not ready: \(seen)")]
    }

    private func cancel() -> [Action] { [.destroy, .after(seconds: Self.patience, .giveUp)] }

    private mutating func ready() -> [Action] {
        isReady = true
        return [.notify("READY=1\nSTATUS=\(state)")]
    }

    private var status: Action { .notify("STATUS=\(state)" + (isReady ? "" : "; waits for \(readyWhen.awaited)")) }

    private mutating func act(on event: LifecycleEvent) -> [Action] {
        switch event {
        case .agent(let isConnected):
            return isConnected && readyWhen == .agent && phase == .running && !isReady ? ready() : []
        case .diskError(let text, true):
            diskError = text
            // That it stands still is an event of its own, before or after.
            if isHeldUp { return act(on: .suspended(.ioError)) }
        case .suspended(.ioError): isHeldUp = true
        case .resumed: (isHeldUp, diskError) = (false, nil)
        default: break
        }
        switch LifecycleVerdict(event, stopping: phase == .stopping, diskError: diskError) {
        case .nothing: return []
        case .state(let state): return change(state)
        case .news(let state): return change(state, .notice)
        case .trouble(let state): return change(state, .warning)
        case .end where !isReady && !isAdopted && phase == .running:
            let line = notReadyLine("shut down before it was ready", "it powered itself off")
            return [.notify("STATUS=\(line)"), .say(.error, line), .exit(Self.notReady)]
        case .end: return [.notify("STATUS=shut down"), .exit(0)]
        case .failure(let line): return fail(line)
        }
    }

    /// Notifies of a new state; also in the log if it has a level. A state that has been logged is
    /// not repeated.
    private mutating func change(_ state: String, _ level: Level? = nil) -> [Action] {
        let isNew = state != self.state
        self.state = state
        let said: [Action] = level.map { isNew ? [.say($0, "guest \(name): \(state)")] : [] } ?? []
        return [phase == .stopping ? .notify("STATUS=\(state)") : status] + said
    }

    private func fail(_ line: String) -> [Action] {
        [.notify("STATUS=\(line)"), .say(.error, "guest \(name): \(line)"), .exit(1)]
    }

    private func notReadyLine(_ what: String, _ seen: String) -> String {
        "guest \(name): \(what): ReadyWhen=\(readyWhen.rawValue) waits for \(readyWhen.awaited), seen: \(seen); \(readyWhen.remedy)"
    }

    private func lateLine(_ unconnected: [String], _ seconds: Int) -> String {
        if unconnected.isEmpty {
            return "guest \(name): not created within \(seconds) s; see /var/log/libvirt/qemu/\(name).log"
        }
        return
            "guest \(name): not created within \(seconds) s: no process connected to \(unconnected.joined(separator: ", "));"
            + " is testpmd running? systemctl status testpmd"
    }
}
