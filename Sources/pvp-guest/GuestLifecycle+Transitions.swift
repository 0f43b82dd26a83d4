import Diagnostics
import Libvirt
import Linux

extension GuestLifecycle {
    /// Enters the phase that follows from an input; returns what is to be done, in order.
    mutating func handle(_ input: Input) -> [Action] {
        switch (phase, input) {
        case (.cancelling, .giveUp), (.removing, .giveUp), (.evicting, .giveUp):
            return fail("libvirt did not end the domain within \(Self.destroyTimeout) s; run 'virsh destroy \(name)'")

        case (.searching, .vacant):
            if isUnwanted { return [.exit(0)] }
            return create()
        case (.searching, .found(let uuid, let comparison)):
            return adopt(uuid, comparison)
        case (.searching, .creationFailed(let problem)):
            return isUnwanted ? [.exit(0)] : [.log(.error, problem.line), .exit(1)]
        case (.searching, .terminate):
            isUnwanted = true
            return [
                .notify("STOPPING=1\nSTATUS=looking for the guest"),
                .after(seconds: Self.destroyTimeout, .searchTimeout),
            ]
        case (.searching, .searchTimeout):
            return fail("libvirt did not report within \(Self.destroyTimeout) s whether the guest runs")

        case (.running, .leave), (.replacing, .leave), (.evicting, .leave):
            return [.notify("STOPPING=1\nSTATUS=left running"), .exit(0)]
        case (.searching, .leave), (.creating, .leave):
            return handle(.terminate)

        case (.replacing, .event(.stopped, uuid)), (.replacing, .reconnected(false)), (.evicting, .destroyed):
            return create()
        case (.replacing, .retryShutdown):
            return [.shutdown, .after(seconds: Self.shutdownInterval, .retryShutdown)]
        case (.replacing, .shutdownFailed(let problem)):
            return [.log(.warning, problem.line)]
        case (.replacing, .replaceTimeout):
            phase = .evicting
            return [
                .log(.warning, "guest \(name): did not shut down within \(stopTimeout) s; destroying it"), .destroy,
                .after(seconds: Self.destroyTimeout, .giveUp),
            ]
        case (.evicting, .destroyFailed(let problem)):
            return [.log(.error, problem.line), .exit(1)]
        case (.replacing, .terminate):
            return stop()
        case (.evicting, .terminate):
            phase = .removing(0)
            return [.notify("STOPPING=1\nSTATUS=destroying")]

        case (.creating, .event(let event, let uuid)), (.searching, .event(let event, let uuid)):
            if event == .started { earlyEvents = [] }
            earlyEvents.append((event, uuid))
            return []
        case (.creating, .created(let uuid)):
            self.uuid = uuid
            return run()
        case (.creating, .creationFailed(let problem)):
            return [.log(.error, problem.line), .exit(1)]
        case (.creating, .createTimeout(let unconnected)):
            phase = .cancelling(1)
            return [.log(.error, lateLine(unconnected, createTimeout)), .notify("STATUS=creation given up")] + cancel()
        case (.creating, .startTimeout(let unconnected, _)):
            phase = .cancelling(Self.notReady)
            return [.log(.error, lateLine(unconnected, startTimeout)), .notify("STATUS=creation given up")] + cancel()
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
            return apply(event)
        case (.running, .ready):
            return isReady ? [] : ready()
        case (.running, .startTimeout(_, let seen)):
            if isReady { return [] }
            if isAdopted { return runUnready(seen) }
            phase = .removing(Self.notReady)
            let line = notReadyLine("not ready within \(startTimeout) s", seen)
            return [
                .log(.error, line), .notify("STATUS=\(line)"), .destroy, .after(seconds: Self.destroyTimeout, .giveUp),
            ]
        case (.running, .terminate):
            return stop()

        case (.stopping, .event(let event, uuid)):
            return apply(event)
        case (.stopping, .retryShutdown):
            return [.shutdown, .after(seconds: Self.shutdownInterval, .retryShutdown)]
        case (.stopping, .shutdownFailed(let problem)):
            return [.log(.warning, problem.line)]
        case (.stopping, .stopTimeout):
            phase = .removing(0)
            return [
                .log(.warning, "guest \(name): did not shut down within \(stopTimeout) s; destroying it"),
                .notify("STATUS=destroying"), .destroy, .after(seconds: Self.destroyTimeout, .giveUp),
            ]

        case (.running, .connectionLost), (.stopping, .connectionLost), (.replacing, .connectionLost):
            return [
                .log(.warning, "guest \(name): the connection to libvirt was closed; the guest runs on, reconnecting"),
                .notify("STATUS=waiting for libvirt"), .reconnect(uuid: uuid),
            ]
        case (.replacing, .reconnected(true)):
            return [.shutdown]
        case (.running, .reconnected(true)):
            return [.log(.notice, "guest \(name): reconnected to libvirt, the guest runs"), status]
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
            return [.log(.error, problem.line)]

        case (.removing(let code), .destroyed):
            return [.exit(code)]
        case (.removing, .destroyFailed(let problem)):
            return [.log(.error, problem.line), .exit(1)]

        default:
            // Timers and answers that outlived their phase.
            return []
        }
    }
}
