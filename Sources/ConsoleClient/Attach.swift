package import Diagnostics
import Linux

/// An attached terminal: input is sent to the console, its output is printed.
///
/// On a terminal keys go through as they are and Ctrl-] detaches; the terminal is as before on
/// every return, also after a signal, and when this process is killed. Otherwise the input is sent
/// to its end, and output is copied until there was none for half a second; who only looks has no
/// input.
package struct Attach {
    /// Milliseconds of quiet after the end of the input that count as the end of the answer, as
    /// with socat.
    private static let quiet = 500
    /// Milliseconds in which a console has to say what it is: it may just be started for us.
    private static let welcomeTimeout = 10_000
    /// Milliseconds for what is still to be sent, and to be shown on a terminal, when it is over.
    private static let drainTimeout = 1000

    private let socket: Descriptor
    private let signals: Signals
    private let input: Int32
    private let output: Int32
    /// The output once more when it is a terminal: that one must not keep us waiting.
    private let screen: Descriptor?
    private let isInteractive: Bool
    private var session: Session
    private var terminal: RawTerminal?
    private var unsent: [UInt8] = []
    private var unshown: [UInt8] = []
    private var deadline: Int
    private var isOver = false
    private var problem: Problem?

    /// Attaches until the console ends or the user detaches. Returns the exit status: 0, or 128
    /// plus the signal that ended it. Throws `console-refused`, `console-silent`, `console-lost`,
    /// `console-invalid`, and `console-read-only` for input that may not be sent.
    package static func run(
        _ connection: ConsoleLocator.Connection, readOnly: Bool, input: Int32 = 0, output: Int32 = 1
    ) throws(Problem)
        -> Int32
    {
        let isInteractive = Descriptor.isTerminal(input)
        let signals: Signals
        do throws(SystemError) {
            signals = try Signals(
                [Signal.term, Signal.int, Signal.hup, Signal.quit, Signal.pipe]
                    + (isInteractive ? [Signal.tstp, Signal.cont, Signal.winch] : []))
        } catch {
            throw error.problem(.consoleFailed, remedy: "raise the limit of open files")
        }
        let settings = Session.Settings(
            name: connection.name, unit: connection.unit, isReadOnly: readOnly,
            terminal: isInteractive ? TerminalSize(of: input) : nil)
        var attach = Attach(
            connection.socket, signals, Session(settings), input: input, output: output, isInteractive: isInteractive)
        let signal = attach.copy()
        attach.leave(by: signal)
        if let signal { return 128 + signal }
        if let problem = attach.problem { throw problem }
        return 0
    }

    private init(
        _ socket: Descriptor, _ signals: Signals, _ session: Session, input: Int32, output: Int32,
        isInteractive: Bool
    ) {
        self.socket = socket
        self.signals = signals
        self.session = session
        self.input = input
        self.output = output
        self.isInteractive = isInteractive
        screen = Descriptor.terminal(output)
        deadline = MonotonicClock.now + Self.welcomeTimeout
    }

    /// Until it is over; the signal that ended it, if one did.
    private mutating func copy() -> Int32? {
        perform(session.start())
        while !isDone {
            // No more is read than is passed on.
            var entries = [
                PollEntry(session.wantsInput && unsent.isEmpty ? input : nil, .input),
                PollEntry(isOver && unsent.isEmpty || interest.isEmpty ? nil : socket.number, interest),
                PollEntry(screen?.number ?? output, unshown.isEmpty ? [] : .output),
                PollEntry(signals.descriptor.number, .input),
            ]
            let count = PollEntry.wait(for: &entries, timeout: timeout)
            while let signal = signals.next() {
                if !handle(signal: signal) { return signal }
            }
            if count == 0 { perform(session.handle(session.isAttached ? .quiet : .silence)) }
            if !entries[1].events.subtracting(.output).isEmpty { receive() }
            if !entries[0].events.isEmpty { type() }
            // No reader is left.
            if !entries[2].events.isDisjoint(with: [.error, .hangup]) { close() }
            pass()
        }
        return nil
    }

    private var interest: PollEvents {
        var events: PollEvents = []
        if unshown.isEmpty && !isOver { events.insert(.input) }
        if !unsent.isEmpty { events.insert(.output) }
        return events
    }

    /// A pipe may take its time to the end, as with any program.
    private var isDone: Bool {
        isOver && (unsent.isEmpty && unshown.isEmpty || isInteractive && MonotonicClock.now >= deadline)
    }

    private var timeout: Int? {
        if !session.isAttached || isOver && isInteractive { return deadline - MonotonicClock.now }
        return session.isLast && unsent.isEmpty && unshown.isEmpty ? Self.quiet : nil
    }

    private mutating func receive() {
        switch socket.read() {
        case .bytes(let bytes): perform(session.handle(.received(bytes)))
        case .nothing: break
        case .end: perform(session.handle(.closed))
        }
    }

    private mutating func type() {
        switch Descriptor.read(input) {
        case .bytes(let bytes): perform(session.handle(.typed(bytes)))
        case .nothing: break
        case .end: perform(session.handle(.inputEnded))
        }
    }

    /// As much as is taken without waiting.
    private mutating func pass() {
        // A write that fails means that the console has closed, which the next read reports.
        if !unsent.isEmpty { unsent.removeFirst(socket.write(unsent) ?? unsent.count) }
        guard !unshown.isEmpty else { return }
        if let count = Descriptor.write(unshown, to: screen?.number ?? output) {
            unshown.removeFirst(count)
        } else {
            close()
        }
    }

    private mutating func close() {
        isOver = true
        unsent = []
        unshown = []
    }

    private mutating func perform(_ actions: [Session.Action]) {
        for action in actions {
            switch action {
            case .send(let bytes): unsent += bytes
            case .enter: terminal = RawTerminal(input)
            case .write(let bytes): unshown += bytes
            case .log(let text): Log().error(text)
            case .dropInput: terminal?.dropInput()
            case .finish(let problem):
                self.problem = problem
                isOver = true
                deadline = MonotonicClock.now + Self.drainTimeout
                if !isInteractive { unsent = [] }
            }
        }
        pass()
    }

    /// False when the signal ends this.
    private mutating func handle(signal: Int32) -> Bool {
        switch signal {
        case Signal.winch: perform(session.handle(.resized(TerminalSize(of: input))))
        case Signal.tstp:
            terminal?.leave()
            signals.raise(Signal.tstp)
            resume()
        case Signal.cont: resume()
        default: return false
        }
        return true
    }

    /// Another process may have changed the terminal meanwhile.
    private mutating func resume() {
        terminal?.enter()
        perform(session.handle(.resized(TerminalSize(of: input))))
    }

    /// Restores the terminal first: a reader of the message may use it at once.
    private mutating func leave(by signal: Int32?) {
        guard terminal != nil else { return }
        terminal = nil
        guard signal != nil || problem != nil else { return }
        let note = signal.map { "[ended by signal \($0)]\r\n" } ?? ""
        _ = Descriptor.write(Array("\r\n\(note)".utf8), to: screen?.number ?? output)
    }
}
