import Console
import Diagnostics
import Glibc
import Linux
import Systemd

/// The loop between the kernel and the `Console`: turns what happens on descriptors into events, and does what the console decides.
final class Server {
    private static let standardOutput: Int32 = 1

    private struct Client {
        let descriptor: Descriptor
        /// It has said that it will type nothing more; it may still read.
        var isFinished = false
    }

    private let options: Options
    private let signals: Signals
    private let socket: ServedSocket
    private let epoll: Epoll
    private let terminal: Terminal
    private let child: Child
    private let probe: Probe
    private var console: Console
    private var clients: [Int32: Client] = [:]
    private var terminalEnded = false
    private var status: Int32?

    /// Takes the socket, then starts testpmd. Throws before there is a testpmd, or with none left.
    init(_ options: Options) throws(Problem) {
        self.options = options
        console = Console(Console.Settings(name: options.name, ports: options.ports, quitTimeout: options.quitTimeout * 1000))
        do throws(SystemError) {
            signals = try Signals([SIGTERM, SIGINT, SIGHUP, SIGPIPE])
            epoll = try Epoll()
            terminal = try Terminal()
        } catch {
            throw error.problem("system-failed", remedy: "check the limits of the service")
        }
        probe = Probe(path: options.telemetry, epoll: epoll)
        socket = try ServedSocket(options.socket, group: "pvp", stop: "systemctl stop \(options.name)")
        child = try Self.start(options.command, on: terminal)
        do throws(SystemError) {
            for descriptor in [signals.descriptor, socket.descriptor, terminal.descriptor, child.descriptor] {
                try epoll.set(descriptor.number, .read)
            }
        } catch {
            throw error.problem("system-failed", remedy: "check the limits of the service")
        }
    }

    private static func start(_ command: [String], on terminal: Terminal) throws(Problem) -> Child {
        // What is meant for this process only: testpmd is not the one that notifies, and its output is a terminal.
        let environment = Environment.all { name in
            ["NOTIFY_SOCKET", "JOURNAL_STREAM", "WATCHDOG_USEC", "WATCHDOG_PID"].contains(name) || name.hasPrefix("LISTEN_")
        }
        let remedy = "install the package that has dpdk-testpmd, or set [Testpmd] Binary= in pvp.conf"
        guard let program = Command.find(command[0]) else {
            let found = access(command[0], F_OK) == 0 ? "may not be executed" : "there is no such program"
            throw Problem("testpmd-missing", "\(command[0]): \(found)", remedy: remedy)
        }
        do throws(SystemError) {
            return try terminal.spawn([program] + command.dropFirst(), environment: environment)
        } catch {
            throw error.problem("testpmd-not-started", remedy: remedy)
        }
    }

    /// Runs until testpmd has ended; the exit status.
    func run() throws(Problem) -> Int32 {
        feed(.started(child.pid))
        do throws(SystemError) {
            while true {
                for event in try epoll.wait(console.deadline.map { $0 - Clock.now }) where status == nil { try handle(event) }
                if let status { return status }
                feed(.tick)
            }
        } catch {
            throw error.problem("system-failed", remedy: "see the journal of the kernel")
        }
    }

    private func handle(_ event: Epoll.Event) throws(SystemError) {
        switch event.descriptor {
        case terminal.descriptor.number:
            if event.ready.contains(.write) {
                try epoll.set(event.descriptor, .read)
                feed(.writable(.terminal))
            }
            readTerminal()
        case signals.descriptor.number:
            while let signal = signals.next() {
                if signal != SIGPIPE { feed(.terminate) }
            }
        case child.descriptor.number:
            let ending = try child.reap()
            // A process that testpmd left behind could go on writing, so there is an end to it.
            for _ in 0..<16 where !terminalEnded { readTerminal() }
            switch ending {
            case .status(let status): feed(.ended(.status(status)))
            case .signal(let signal): feed(.ended(.signal(signal)))
            }
        case socket.descriptor.number:
            while let descriptor = UnixSocket.accept(socket.descriptor) {
                try epoll.set(descriptor.number, .read)
                clients[descriptor.number] = Client(descriptor: descriptor)
                feed(.connected(Int(descriptor.number)))
            }
        case Self.standardOutput:
            epoll.remove(event.descriptor)
            feed(.writable(.journal))
        case let number where probe.owns(number):
            if let event = probe.proceed() { feed(event) }
        default:
            try handleClient(event)
        }
    }

    private func handleClient(_ event: Epoll.Event) throws(SystemError) {
        let number = event.descriptor
        guard let client = clients[number] else { return }
        if event.ready.contains(.write) {
            try epoll.set(number, client.isFinished ? [] : .read)
            feed(.writable(.client(Int(number))))
        }
        if event.ready.contains(.read), !client.isFinished {
            switch client.descriptor.read() {
            case .bytes(let bytes): feed(.input(Int(number), bytes))
            case .nothing: break
            case .end where clients[number] != nil:
                // It may have closed one direction only, so the other is served until the kernel reports both.
                clients[number]?.isFinished = true
                try epoll.set(number, [])
            case .end: break
            }
        } else if !event.ready.isDisjoint(with: .hangup), clients[number] != nil {
            drop(number)
            feed(.disconnected(Int(number)))
        }
    }

    private func readTerminal() {
        var output: [UInt8] = []
        // A terminal gives at most 4 KiB at once; more of them together are fewer writes.
        while output.count < 64 << 10 {
            let input = terminal.descriptor.read(limit: 4096)
            guard case .bytes(let bytes) = input else {
                if input == .end {
                    terminalEnded = true
                    epoll.remove(terminal.descriptor.number)
                }
                break
            }
            output.append(contentsOf: bytes)
        }
        if !output.isEmpty { feed(.output(output)) }
    }

    private func drop(_ number: Int32) {
        epoll.remove(number)
        clients[number] = nil
    }
}

// MARK: - What the console decides

extension Server {
    private func feed(_ event: Console.Event) {
        for action in console.handle(event, at: Clock.now) { perform(action) }
    }

    private func perform(_ action: Console.Action) {
        switch action {
        case .write(let sink, let bytes): write(bytes, to: sink)
        case .await(let sink): wait(for: sink)
        case .close(let id): drop(Int32(id))
        case .notify(let state): notify(state)
        case .survey: if !probe.start() { feed(.ports(nil)) }
        case .signal(let number): child.signal(number)
        case .report(let message, let remedy): report(Problem("testpmd-ended", message, remedy: remedy), from: "pvp-console")
        case .exit(let status):
            writeOut(console.unwritten)
            self.status = status
        }
    }

    private func write(_ bytes: [UInt8], to sink: Console.Sink) {
        switch sink {
        case .terminal: feed(.wrote(sink, terminalEnded ? bytes.count : terminal.descriptor.write(bytes) ?? bytes.count))
        case .journal: feed(.wrote(sink, Descriptor.write(bytes, to: Self.standardOutput) ?? bytes.count))
        case .client(let id):
            guard let client = clients[Int32(id)] else { return }
            if let count = client.descriptor.write(bytes) {
                feed(.wrote(sink, count))
            } else {
                drop(Int32(id))
                feed(.disconnected(id))
            }
        }
    }

    private func wait(for sink: Console.Sink) {
        let (number, interest): (Int32, Epoll.Interest) =
            switch sink {
            case .terminal: (terminal.descriptor.number, [.read, .write])
            case .journal: (Self.standardOutput, .write)
            case .client(let id): (Int32(id), clients[Int32(id)]?.isFinished == true ? .write : [.read, .write])
            }
        do throws(SystemError) {
            try epoll.set(number, interest)
        } catch {
            // It cannot be waited for, so what it did not take is lost; no reader is worth a stop.
            report(error.problem("sink-lost", remedy: "attach again"), from: "pvp-console")
        }
    }

    /// The last of the journal: worth a short wait, but not for ever.
    private func writeOut(_ bytes: [UInt8]) {
        var rest = bytes
        while !rest.isEmpty, Descriptor.poll(Self.standardOutput, POLLOUT, timeout: 2000) {
            guard let count = Descriptor.write(rest, to: Self.standardOutput) else { return }
            rest.removeFirst(count)
        }
    }
}
