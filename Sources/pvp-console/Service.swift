import Console
import ConsoleServer
import Diagnostics
import HelperCalls
import Linux
import Systemd

/// testpmd on its terminal, the console before it, and the notifications to the service manager.
final class Service {
    private let signals: Signals
    private let terminal: Terminal
    private let child: Child
    private let probe: Probe
    private var server: ConsoleServer?
    private var notifier = Notifier()

    /// Takes the sockets, then starts testpmd. Throws before there is a testpmd, or with none left.
    init(_ call: ConsoleServerCall) throws(Problem) {
        let telemetry = try call.telemetryPath
        do throws(SystemError) {
            signals = try Signals([Signal.term, Signal.int, Signal.hup, Signal.pipe])
            terminal = try Terminal()
            // testpmd's line editor echoes; before it does, what is typed would be seen twice. One
            // Ctrl-S would stop the terminal of all.
            try terminal.disableEchoAndFlowControl()
        } catch {
            throw Self.failed(error)
        }
        let listeners = passedSockets().map(\.descriptor)
        guard !listeners.isEmpty else {
            throw Problem(
                .noSocket, "expected a listening socket from the service manager, got none",
                remedy: "start it by its unit, or by hand: systemd-socket-activate -l PATH pvp-console …")
        }
        child = try Self.start(call.command, on: terminal)
        probe = Probe(path: telemetry)
        do throws(SystemError) {
            let server = try ConsoleServer(
                Console(Console.Settings(call)), terminal: terminal.descriptor, resizesTerminal: true,
                listeners: listeners,
                access: PeerAccess(group: call.group, viewGroup: call.viewGroup),
                sink: JournalSink(identity: [("SYSLOG_IDENTIFIER", call.name), ("PVP_TESTPMD", call.name)]),
                perform: { [unowned self] in perform($0) })
            self.server = server
            try server.watch(signals.descriptor.number) { [unowned self, unowned server] _ in
                while let signal = signals.next() {
                    if signal != Signal.pipe { server.feed(.terminate) }
                }
            }
            try server.watch(child.descriptor.number) { [unowned self, unowned server] _ in end(server) }
        } catch {
            throw Self.failed(error)
        }
    }

    private static func failed(_ error: SystemError) -> Problem {
        error.problem(.systemFailed, remedy: "check the limits of the service")
    }

    private static func start(_ command: [String], on terminal: Terminal) throws(Problem) -> Child {
        // What is meant for this process only: testpmd is not the one that notifies, and its output
        // is a terminal.
        let environment = Environment.all { name in
            ["NOTIFY_SOCKET", "JOURNAL_STREAM", "WATCHDOG_USEC", "WATCHDOG_PID"].contains(name)
                || name.hasPrefix("LISTEN_")
        }
        let remedy = "install the package that has dpdk-testpmd, or set [Testpmd] Binary= in pvp.conf"
        guard let program = Command.find(command[0]) else {
            let found = Root.machine.exists(command[0]) ? "may not be executed" : "not found"
            throw Problem(.testpmdMissing, "\(command[0]): \(found)", remedy: remedy)
        }
        do throws(SystemError) {
            return try terminal.spawn([program] + command.dropFirst(), environment: environment)
        } catch {
            throw error.problem(.programNotStarted, remedy: remedy)
        }
    }

    /// Runs until testpmd has ended; the exit status.
    func run() throws(Problem) -> Int32 {
        server?.feed(.started(child.pid))
        do throws(SystemError) {
            return try server?.run() ?? 1
        } catch {
            throw error.problem(.systemFailed, remedy: "see the journal of the kernel")
        }
    }

    private func end(_ server: ConsoleServer) {
        // A process that testpmd left behind could go on writing, so there is an end to it.
        for _ in 0..<16 where !server.terminalEnded { server.readTerminal() }
        switch try? child.reap() {
        case .status(let status): server.feed(.ended(.status(status)))
        case .signal(let signal): server.feed(.ended(.signal(signal)))
        // No other process waits for it.
        case nil: server.feed(.ended(.status(255)))
        }
    }

    private func perform(_ action: Console.Action) {
        switch action {
        case .notify(let state): notifier.send(state)
        case .survey: survey()
        case .signal(let number): child.signal(number)
        case .report(let message, let remedy): log.write(Problem(.testpmd, message, remedy: remedy))
        case .write, .log, .await, .close, .resize, .exit: break
        }
    }

    private func survey() {
        // Surveys go on every few seconds for as long as testpmd runs.
        notifier.flush()
        if let server, !probe.start(on: server) { server.feed(.ports(nil)) }
    }
}
