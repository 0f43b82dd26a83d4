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
    private let mailbox = BlockingQueue<Message>()
    private let console: GuestConsole?
    private let readiness = ReadinessWatch()
    private var watch: LifecycleWatch?
    private var life: GuestLife

    /// What the threads send to the one that decides.
    private enum Message: Sendable {
        case input(GuestLife.Input)
        case watching(LifecycleWatch)
    }

    /// For a guest that may be created from `xml`, which is of `domain`.
    init(_ call: GuestCall, xml: String = "", domain: DomainXML = DomainXML()) {
        self.call = call
        self.xml = xml
        self.domain = domain
        hypervisor = Hypervisor(uri: call.connect, name: call.name)
        console = GuestConsole(hypervisor)
        life = GuestLife(
            name: call.name, createTimeout: call.createTimeout, stopTimeout: call.stopTimeout,
            startTimeout: call.startTimeout, readyWhen: call.readyWhen, isUnwanted: call.verb == .end)
    }

    /// Adopts or creates the guest, stays with it, and gives the exit code.
    func run(_ termination: Termination) -> Int32 {
        termination.watch { [mailbox] leaves in mailbox.post(.input(leaves ? .leave : .terminate)) }
        console?.serve()
        search()
        while true {
            switch mailbox.next() {
            case .watching(let watch): self.watch = watch
            case .input(let input):
                for action in life.handle(input) {
                    if case .exit(let code) = action { return code }
                    perform(action)
                }
            }
        }
    }

    private func perform(_ action: GuestLife.Action) {
        switch action {
        case .notify(let state): notify(state)
        case .say(let level, let line): GuestLog.say(level, line)
        case .after(let seconds, let input):
            EventLoop.after(seconds: seconds) { [mailbox] in mailbox.post(.input(input)) }
        case .watch(let level): watch(for: level)
        case .create: create()
        case .limitStart: limitStart()
        case .shutdown:
            let uuid = life.uuid
            attempt(nil, GuestLife.Input.shutdownFailed) { hypervisor throws(Problem) in
                try hypervisor.shutdown(uuid: uuid)
            }
        case .destroy:
            // Its UUID is not known before it was created.
            let uuid = life.uuid.isEmpty ? nil : life.uuid
            attempt(.destroyed, GuestLife.Input.destroyFailed) { hypervisor throws(Problem) in
                _ = try hypervisor.destroyOurs(uuid: uuid)
            }
        case .reconnect(let uuid): reconnect(uuid)
        case .exit: break
        }
    }

    /// libvirt reports that the agent is connected.
    private func watch(for level: ReadyWhen) {
        let reached: @Sendable () -> Void = { [mailbox] in mailbox.post(.input(.reached)) }
        switch level {
        case .running: reached()
        case .vhost: readiness.vhosts(call.vhosts, then: reached)
        case .agent: readiness.saw("its agent has not connected")
        case .ssh: if let address = call.ssh { readiness.ssh(address, then: reached) }
        }
    }

    private func limitStart() {
        EventLoop.after(seconds: call.startTimeout) { [mailbox, sockets = domain.vhostSockets, readiness] in
            mailbox.post(.input(.startTimeout(unconnected: UnixSockets.unconnected(sockets), seen: readiness.seen)))
        }
    }

    /// Looks whether the guest runs already. First watches, then looks, so that no end goes unseen.
    private func search() {
        DetachedThread.start { [hypervisor, xml, mailbox, console] in
            do throws(Problem) {
                let alarm = Alarm()
                _ = alarm.arm()
                mailbox.post(.watching(try hypervisor.watch(alarm) { mailbox.post(.input($0)) }))
                switch try hypervisor.find(xml: xml) {
                case .nothing: mailbox.post(.input(.vacant))
                case .unfinished:
                    if try hypervisor.destroyOurs() {
                        GuestLog.say(
                            .notice, "guest \(hypervisor.name): destroyed what an interrupted creation left behind")
                    }
                    mailbox.post(.input(.vacant))
                case .ours(let uuid, let comparison):
                    let found = try hypervisor.look(uuid: uuid)
                    guard found.isActive else { return mailbox.post(.input(.vacant)) }
                    mailbox.post(.input(.found(uuid: uuid, comparison)))
                    Self.post(found, uuid, to: mailbox)
                    console?.open()
                }
            } catch {
                mailbox.post(.input(.creationFailed(error)))
            }
        }
    }

    /// What happened before there was a watch came as no event.
    private static func post(_ found: Hypervisor.DomainInfo, _ uuid: String, to mailbox: BlockingQueue<Message>) {
        if found.isPaused { mailbox.post(.input(.event(.suspended(.asked), uuid: uuid))) }
        if found.hasAgent { mailbox.post(.input(.event(.agent(isConnected: true), uuid: uuid))) }
    }

    private func create() {
        let sockets = domain.vhostSockets
        notify(
            sockets.isEmpty
                ? "STATUS=creating"
                : "STATUS=creating; waits for testpmd to connect to \(sockets.joined(separator: ", "))")
        EventLoop.after(seconds: call.createTimeout) { [mailbox] in
            mailbox.post(.input(.createTimeout(unconnected: UnixSockets.unconnected(sockets))))
        }
        DetachedThread.start { [hypervisor, xml, mailbox, console] in
            // QEMU replaces what an earlier one left, but not with SELinux: each guest has
            // categories of its own.
            for socket in sockets { try? Root.machine.remove(socket) }
            do throws(Problem) {
                let uuid = try hypervisor.create(xml: DomainRecord.recorded(xml))
                console?.open()
                mailbox.post(.input(.created(uuid: uuid)))
            } catch {
                mailbox.post(.input(.creationFailed(error)))
            }
        }
    }

    /// Does something on a thread of its own and posts what came of it.
    private func attempt(
        _ success: GuestLife.Input?,
        _ failure: @escaping @Sendable (Problem) -> GuestLife.Input,
        _ body: @escaping @Sendable (Hypervisor) throws(Problem) -> Void
    ) {
        DetachedThread.start { [hypervisor, mailbox] in
            do throws(Problem) {
                try body(hypervisor)
                if let success { mailbox.post(.input(success)) }
            } catch {
                mailbox.post(.input(failure(error)))
            }
        }
    }

    /// Tries each second to watch again, and after half a minute every five: as long as it takes.
    private func reconnect(_ uuid: String) {
        watch = nil
        DetachedThread.start { [hypervisor, mailbox, console] in
            var attempt = 0
            while true {
                do throws(Problem) {
                    let alarm = Alarm()
                    let watch = try hypervisor.watch(alarm) { mailbox.post(.input($0)) }
                    let found = try hypervisor.look(uuid: uuid)
                    guard alarm.arm() else { throw hypervisor.lost }
                    mailbox.post(.watching(watch))
                    mailbox.post(.input(.reconnected(running: found.isActive)))
                    Self.post(found, uuid, to: mailbox)
                    console?.open()
                    return
                } catch {
                    attempt += 1
                    if attempt == 30 { mailbox.post(.input(.reconnectFailed(error))) }
                    MonotonicClock.sleep(seconds: attempt < 30 ? 1 : 5)
                }
            }
        }
    }
}
