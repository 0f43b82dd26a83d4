import Diagnostics
import HelperCalls
import Libvirt
import Linux
import Systemd
import Values

/// Carries out the actions of a guest's state machine, and feeds the results to it.
final class Runner {
    private let hypervisor: Hypervisor
    private let call: GuestCall
    private let xml: String
    private let domain: DomainXML
    private let queue = BlockingQueue<Message>()
    private let console: GuestConsole?
    private let readiness = ReadinessWatch()
    private var watch: LifecycleWatch?
    private var lifecycle: GuestLifecycle

    /// What the threads send to the one that decides.
    private enum Message: Sendable {
        case input(GuestLifecycle.Input)
        case watching(LifecycleWatch)
    }

    /// For a guest that may be created from `xml`, which is of `domain`.
    init(_ call: GuestCall, xml: String = "", domain: DomainXML = DomainXML()) {
        self.call = call
        self.xml = xml
        self.domain = domain
        hypervisor = Hypervisor(uri: call.connect, name: call.name)
        console = GuestConsole(hypervisor)
        lifecycle = GuestLifecycle(
            name: call.name, createTimeout: call.creationLimit, stopTimeout: call.stopTimeout,
            startTimeout: call.startTimeout, readyWhen: call.readyWhen, isUnwanted: call.verb == .end)
    }

    /// Adopts or creates the guest, stays with it, and gives the exit code.
    func run(_ termination: Termination) -> Int32 {
        termination.watch { [queue] leaves in queue.post(.input(leaves ? .leave : .terminate)) }
        console?.serve()
        search()
        while true {
            switch queue.next() {
            case .watching(let watch): self.watch = watch
            case .input(let input):
                for action in lifecycle.handle(input) {
                    if case .exit(let code) = action { return code }
                    perform(action)
                }
            }
        }
    }

    private func perform(_ action: GuestLifecycle.Action) {
        switch action {
        case .notify(let state): notify(state)
        case .log(let level, let line): log.write(line, level: level)
        case .after(let seconds, let input):
            EventLoop.after(seconds: seconds) { [queue] in queue.post(.input(input)) }
        case .watch(let level): watch(for: level)
        case .create: create()
        case .limitStart: limitStart()
        case .shutdown:
            let uuid = lifecycle.uuid
            attempt(nil, GuestLifecycle.Input.shutdownFailed) { hypervisor throws(Problem) in
                try hypervisor.shutdown(uuid: uuid)
            }
        case .destroy:
            // Its UUID is not known before it was created.
            let uuid = lifecycle.uuid.isEmpty ? nil : lifecycle.uuid
            attempt(.destroyed, GuestLifecycle.Input.destroyFailed) { hypervisor throws(Problem) in
                _ = try hypervisor.destroyOurs(uuid: uuid)
            }
        case .reconnect(let uuid): reconnect(uuid)
        case .exit: break
        }
    }

    /// libvirt reports that the agent is connected.
    private func watch(for level: ReadyWhen) {
        let ready: @Sendable () -> Void = { [queue] in queue.post(.input(.ready)) }
        switch level {
        case .running: ready()
        case .vhost: readiness.vhosts(call.vhosts, then: ready)
        case .agent: readiness.record("its agent has not connected")
        case .ssh: if let address = call.ssh { readiness.ssh(address, then: ready) }
        }
    }

    private func limitStart() {
        EventLoop.after(seconds: call.startTimeout) { [queue, sockets = domain.vhostSockets, readiness] in
            queue.post(.input(.startTimeout(unconnected: UnixSockets.unconnected(sockets), seen: readiness.lastStatus)))
        }
    }

    /// Looks whether the guest runs already. First watches, then looks, so that no end goes unseen.
    private func search() {
        DetachedThread.start { [hypervisor, xml, queue, console] in
            do throws(Problem) {
                let alarm = Alarm()
                _ = alarm.arm()
                queue.post(.watching(try hypervisor.watch(alarm) { queue.post(.input($0)) }))
                switch try hypervisor.find(xml: xml) {
                case .nothing: queue.post(.input(.vacant))
                case .unfinished:
                    if try hypervisor.destroyOurs() {
                        log.notice("guest \(hypervisor.name): destroyed what an interrupted creation left behind")
                    }
                    queue.post(.input(.vacant))
                case .ours(let uuid, let comparison):
                    let found = try hypervisor.info(uuid: uuid)
                    guard found.isActive else { return queue.post(.input(.vacant)) }
                    queue.post(.input(.found(uuid: uuid, comparison)))
                    Self.post(found, uuid, to: queue)
                    console?.open()
                }
            } catch {
                queue.post(.input(.creationFailed(error)))
            }
        }
    }

    /// What happened before there was a watch came as no event.
    private static func post(_ found: Hypervisor.DomainInfo, _ uuid: String, to queue: BlockingQueue<Message>) {
        if found.isPaused { queue.post(.input(.event(.suspended(.asked), uuid: uuid))) }
        if found.hasAgent { queue.post(.input(.event(.agent(isConnected: true), uuid: uuid))) }
    }

    private func create() {
        let sockets = domain.vhostSockets
        notify(
            sockets.isEmpty
                ? "STATUS=creating"
                : "STATUS=creating; waits for testpmd to connect to \(sockets.joined(separator: ", "))")
        EventLoop.after(seconds: call.creationLimit) { [queue] in
            queue.post(.input(.createTimeout(unconnected: UnixSockets.unconnected(sockets))))
        }
        DetachedThread.start { [hypervisor, xml, queue, console] in
            // QEMU replaces what an earlier one left, but not with SELinux: each guest has
            // categories of its own.
            for socket in sockets { try? Root.machine.remove(socket) }
            do throws(Problem) {
                let uuid = try hypervisor.create(xml: DomainRecord.recorded(xml))
                console?.open()
                queue.post(.input(.created(uuid: uuid)))
            } catch {
                queue.post(.input(.creationFailed(error)))
            }
        }
    }

    /// Does something on a thread of its own and posts what came of it.
    private func attempt(
        _ success: GuestLifecycle.Input?,
        _ failure: @escaping @Sendable (Problem) -> GuestLifecycle.Input,
        _ body: @escaping @Sendable (Hypervisor) throws(Problem) -> Void
    ) {
        DetachedThread.start { [hypervisor, queue] in
            do throws(Problem) {
                try body(hypervisor)
                if let success { queue.post(.input(success)) }
            } catch {
                queue.post(.input(failure(error)))
            }
        }
    }

    /// Tries each second to watch again, and after half a minute every five: as long as it takes.
    private func reconnect(_ uuid: String) {
        watch = nil
        DetachedThread.start { [hypervisor, queue, console] in
            var attempt = 0
            while true {
                do throws(Problem) {
                    let alarm = Alarm()
                    let watch = try hypervisor.watch(alarm) { queue.post(.input($0)) }
                    let found = try hypervisor.info(uuid: uuid)
                    guard alarm.arm() else { throw hypervisor.lost }
                    queue.post(.watching(watch))
                    queue.post(.input(.reconnected(running: found.isActive)))
                    Self.post(found, uuid, to: queue)
                    console?.open()
                    return
                } catch {
                    attempt += 1
                    if attempt == 30 { queue.post(.input(.reconnectFailed(error))) }
                    MonotonicClock.sleep(seconds: attempt < 30 ? 1 : 5)
                }
            }
        }
    }
}
