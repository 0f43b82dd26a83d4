import Diagnostics
import Glibc
import Libvirt
import Linux
import Systemd

/// Does what a guest's life asks for, and tells it what came of that.
final class Runner {
    private let hypervisor: Hypervisor
    private let arguments: Arguments
    private let xml: String
    private let sockets: [String]
    private let mailbox = Mailbox<Message>()
    private let console: GuestConsole?
    private let readiness = ReadinessWatch()
    private var watch: LifecycleWatch?

    /// What the threads send to the one that decides.
    private enum Message: Sendable {
        case input(GuestLife.Input)
        case watching(LifecycleWatch)
    }

    init(_ arguments: Arguments, xml: String, sockets: [String]) {
        self.arguments = arguments
        self.xml = xml
        self.sockets = sockets
        hypervisor = Hypervisor(uri: arguments.connect, name: arguments.name)
        console = GuestConsole(hypervisor)
    }

    /// Creates the guest, stays with it, and gives the exit code.
    func run(_ termination: Termination) -> Int32 {
        termination.watch { [mailbox] in mailbox.post(.input(.terminate)) }
        console?.serve()
        create()
        EventLoop.after(seconds: arguments.createTimeout) { [mailbox, sockets] in
            mailbox.post(.input(.createTimeout(unconnected: UnixSockets.unconnected(sockets))))
        }
        EventLoop.after(seconds: arguments.startTimeout) { [mailbox, sockets, readiness] in
            mailbox.post(.input(.startTimeout(unconnected: UnixSockets.unconnected(sockets), seen: readiness.seen)))
        }
        var life = GuestLife(
            name: arguments.name, createTimeout: arguments.createTimeout, stopTimeout: arguments.stopTimeout,
            startTimeout: arguments.startTimeout, readyWhen: arguments.readyWhen)
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
        case .say(let level, let line): Report.say(level, line)
        case .after(let seconds, let input): EventLoop.after(seconds: seconds) { [mailbox] in mailbox.post(.input(input)) }
        case .watch(let level): watch(for: level)
        case .shutdown: attempt(nil, GuestLife.Input.shutdownFailed) { hypervisor throws(Problem) in try hypervisor.shutdown() }
        case .destroy: attempt(.destroyed, GuestLife.Input.destroyFailed) { hypervisor throws(Problem) in _ = try hypervisor.destroyOurs() }
        case .reconnect(let uuid): reconnect(uuid)
        case .exit: break
        }
    }

    /// That the agent is there is told by libvirt.
    private func watch(for level: Readiness) {
        let reached: @Sendable () -> Void = { [mailbox] in mailbox.post(.input(.reached)) }
        switch level {
        case .running: reached()
        case .vhost: readiness.vhosts(arguments.vhosts, then: reached)
        case .agent: readiness.saw("its agent has not connected")
        case .ssh: if let address = arguments.ssh { readiness.ssh(address, then: reached) }
        }
    }

    private func create() {
        notify(sockets.isEmpty ? "STATUS=creating" : "STATUS=creating; waits for testpmd to connect to \(sockets.joined(separator: ", "))")
        EventLoop.inBackground { [hypervisor, xml, mailbox, console] in
            do throws(Problem) {
                if try hypervisor.clear() {
                    Report.say(.notice, "guest \(hypervisor.name): destroyed what an earlier run left behind")
                }
                mailbox.post(.watching(try hypervisor.watch { mailbox.post(.input($0)) }))
                let uuid = try hypervisor.create(xml: xml)
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
        EventLoop.inBackground { [hypervisor, mailbox] in
            do throws(Problem) {
                try body(hypervisor)
                if let success { mailbox.post(.input(success)) }
            } catch {
                mailbox.post(.input(failure(error)))
            }
        }
    }

    /// Tries each second for half a minute to watch again; first watches, then looks, so that no end goes unseen.
    private func reconnect(_ uuid: String) {
        watch = nil
        EventLoop.inBackground { [hypervisor, mailbox, console] in
            var attempts = 30
            while true {
                do throws(Problem) {
                    mailbox.post(.watching(try hypervisor.watch { mailbox.post(.input($0)) }))
                    let found = try hypervisor.look(uuid: uuid)
                    mailbox.post(.input(.reconnected(running: found.isActive)))
                    // What happened meanwhile came as no event.
                    if found.isPaused { mailbox.post(.input(.event(.suspended(.asked), uuid: uuid))) }
                    if found.hasAgent { mailbox.post(.input(.event(.agent(isThere: true), uuid: uuid))) }
                    console?.open()
                    return
                } catch {
                    attempts -= 1
                    if attempts == 0 { return mailbox.post(.input(.reconnectFailed(error))) }
                    sleep(1)
                }
            }
        }
    }
}
