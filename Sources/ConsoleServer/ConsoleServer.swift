package import Console
package import Linux

/// The loop between the kernel and a `Console`: turns what happens on descriptors into events, and
/// does what the console decides.
package final class ConsoleServer {
    /// What a descriptor is ready for; the handler takes it.
    package typealias Handler = (Epoll.Interest) -> Void

    private struct Client {
        let descriptor: Descriptor
        /// It has said that it will send nothing more; it may still read.
        var isFinished = false
    }

    private let epoll: Epoll
    private let terminal: Descriptor
    private let resizesTerminal: Bool
    private let listeners: [Descriptor]
    private let access: PeerAccess
    private let sink: JournalSink
    private let perform: (Console.Action) -> Void
    private var console: Console
    private var handlers: [Int32: Handler] = [:]
    private var clients: [Int32: Client] = [:]
    /// Whether all that the terminal has shown was read.
    package private(set) var terminalEnded = false
    private var status: Int32?
    private var failure: SystemError?

    /// Serves `console` to those who connect to `listeners`, with `terminal` between it and the
    /// program. `perform` does what is not about bytes: `notify`, `survey`, `signal`, `report`.
    /// `resizesTerminal` says that the terminal is one, not a stream.
    package init(
        _ console: Console, terminal: Descriptor, resizesTerminal: Bool, listeners: [Descriptor], access: PeerAccess,
        sink: JournalSink,
        perform: @escaping (Console.Action) -> Void
    ) throws(SystemError) {
        self.console = console
        self.terminal = terminal
        self.resizesTerminal = resizesTerminal
        self.listeners = listeners
        self.access = access
        self.sink = sink
        self.perform = perform
        epoll = try Epoll()
        try watch(terminal.number) { [unowned self] in handleTerminal($0) }
        for listener in listeners { try watch(listener.number) { [unowned self] _ in accept(listener) } }
    }

    /// Calls the handler whenever the descriptor can be read, or is at its end.
    package func watch(_ descriptor: Int32, _ handler: @escaping Handler) throws(SystemError) {
        try epoll.set(descriptor, .read)
        handlers[descriptor] = handler
    }

    /// Before a descriptor is closed.
    package func forget(_ descriptor: Int32) {
        epoll.remove(descriptor)
        handlers[descriptor] = nil
    }

    /// Runs until the console is at its end; the exit status.
    package func run() throws(SystemError) -> Int32 {
        while true {
            for event in try epoll.wait(console.deadline.map { $0 - MonotonicClock.now }) where status == nil {
                if let handler = handlers[event.descriptor] { handler(event.ready) } else { handleClient(event) }
            }
            if let status { return status }
            if let failure { throw failure }
            feed(.tick)
        }
    }

    /// Feeds an event to the console, and carries out its actions.
    package func feed(_ event: Console.Event) {
        for action in console.handle(event, at: MonotonicClock.now) { take(action) }
    }

    /// Reads what the terminal has shown, up to 64 KiB; there may be more.
    package func readTerminal() {
        var output: [UInt8] = []
        // A terminal gives at most 4 KiB at once; more of them together are fewer writes.
        while output.count < 64 << 10 {
            let input = terminal.read(limit: 4096)
            guard case .bytes(let bytes) = input else {
                if input == .end {
                    terminalEnded = true
                    forget(terminal.number)
                }
                break
            }
            output.append(contentsOf: bytes)
        }
        if !output.isEmpty { feed(.output(output)) }
    }
}

// MARK: - What happens

extension ConsoleServer {
    private func handleTerminal(_ ready: Epoll.Interest) {
        if ready.contains(.write) {
            awaitReadiness(terminal.number, .read)
            feed(.writable(.terminal))
        }
        readTerminal()
    }

    private func accept(_ listener: Descriptor) {
        while let descriptor = UnixSocket.accept(listener) {
            // A socket without a name is one that no client can connect to.
            guard let credentials = UnixSocket.peer(descriptor) else { continue }
            awaitReadiness(descriptor.number, .read)
            clients[descriptor.number] = Client(descriptor: descriptor)
            feed(.connected(Int(descriptor.number), access.peer(credentials, of: descriptor)))
        }
    }

    private func handleClient(_ event: Epoll.Event) {
        let number = event.descriptor
        guard let client = clients[number] else { return }
        if event.ready.contains(.write) {
            awaitReadiness(number, client.isFinished ? [] : .read)
            feed(.writable(.client(Int(number))))
        }
        if event.ready.contains(.read), !client.isFinished {
            switch client.descriptor.read() {
            case .bytes(let bytes): feed(.input(Int(number), bytes))
            case .nothing: break
            case .end where clients[number] != nil:
                // It may have closed one direction only, so the other is served until the kernel
                // reports both.
                clients[number]?.isFinished = true
                awaitReadiness(number, [])
            case .end: break
            }
        } else if !event.ready.isDisjoint(with: .hangup), clients[number] != nil,
            Descriptor.poll(number, [], timeout: 0)
        {
            // The event may be of one that had the number before, and was closed in the same round;
            // so it is asked again.
            drop(number)
            feed(.disconnected(Int(number)))
        }
    }

    private func drop(_ number: Int32) {
        epoll.remove(number)
        clients[number] = nil
    }
}

// MARK: - What the console decides

extension ConsoleServer {
    private func take(_ action: Console.Action) {
        switch action {
        case .write(let sink, let bytes): write(bytes, to: sink)
        case .log(let entries): feed(.logged(sink.write(entries)))
        case .await(let sink): wait(for: sink)
        case .close(let id): drop(Int32(id))
        case .resize(let rows, let columns):
            if resizesTerminal { Terminal.resize(terminal, rows: rows, columns: columns) }
        case .exit(let status):
            sink.finish(console.unwritten())
            self.status = status
        case .notify, .survey, .signal, .report: perform(action)
        }
    }

    private func write(_ bytes: [UInt8], to sink: Console.Sink) {
        switch sink {
        case .journal: break
        case .terminal: feed(.wrote(sink, terminalEnded ? bytes.count : terminal.write(bytes) ?? bytes.count))
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
        switch sink {
        case .terminal: awaitReadiness(terminal.number, [.read, .write])
        case .client(let id):
            guard let client = clients[Int32(id)] else { return }
            awaitReadiness(Int32(id), client.isFinished ? .write : [.read, .write])
        case .journal:
            let number = self.sink.descriptor
            awaitReadiness(number, .write)
            handlers[number] = { [unowned self] _ in
                forget(number)
                feed(.writable(.journal))
            }
        }
    }

    /// What cannot be waited for is the end: its reader would never be served again.
    private func awaitReadiness(_ descriptor: Int32, _ interest: Epoll.Interest) {
        do throws(SystemError) {
            try epoll.set(descriptor, interest)
        } catch {
            failure = error
        }
    }
}
