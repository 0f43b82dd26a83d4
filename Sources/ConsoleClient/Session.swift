import Console
package import Diagnostics
package import Linux

/// An attached client without a descriptor: events in, actions out.
package struct Session {
    /// Who attaches, to what.
    package struct Settings {
        /// Of the testpmd or guest.
        package var name: String
        /// The unit that serves it.
        package var unit: String
        /// Whether it is only to look.
        package var isReadOnly: Bool
        /// The terminal's size; `nil` when the input is none.
        package var terminal: TerminalSize?
    }

    /// What happened.
    package enum Event: Hashable {
        /// The console sent something.
        case received([UInt8])
        /// The console closed the connection.
        case closed
        /// The console has not said what it is, in the time that it has for that.
        case silence
        /// The input has something.
        case typed([UInt8])
        /// The input is at its end.
        case inputEnded
        /// The terminal may have another size.
        case resized(TerminalSize)
        /// All input is sent, and nothing has come for a while.
        case quiet
    }

    /// What to do, in this order.
    package enum Action: Hashable {
        /// Send to the console.
        case send([UInt8])
        /// Make the terminal raw.
        case enter
        /// Show.
        case write([UInt8])
        /// Print a message to the user, apart from the output.
        case log(String)
        /// Forget what was typed and not read: the rest of what was pasted is not for the shell.
        case dropInput
        /// It is over; with a problem if it went wrong.
        case finish(Problem?)
    }

    /// Ctrl-], as telnet and virsh have it.
    private static let detachKey: UInt8 = 0x1d
    /// Screens that are shown again.
    private static let screens = 3

    private let settings: Settings
    private var incoming = StreamDecoder()
    private var role: Frame.Role?
    private var note: String?
    private var hasShown = false
    private var inputHasEnded = false
    private var isOver = false
    private var actions: [Action] = []

    /// Nothing has happened yet.
    package init(_ settings: Settings) { self.settings = settings }

    /// Whether the console has said what it is.
    package var isAttached: Bool { role != nil }
    /// Whether something is to be read of the input now. Who only looks without a terminal has
    /// none.
    package var wantsInput: Bool {
        isAttached && !inputHasEnded && !isOver && (settings.terminal != nil || !settings.isReadOnly)
    }
    /// Whether all that is left is to wait for the rest of the answer.
    package var isLast: Bool { inputHasEnded && !isOver }

    /// The first bytes.
    package func start() -> [Action] {
        let size = settings.terminal
        // Who wants nothing of what went before is shown nothing of what follows: it only asks.
        let replay = size.map { Self.screens * $0.rows * $0.columns } ?? 1
        return [.send(Frame.preface + Frame.hello(role: settings.isReadOnly ? .view : .control, replay: replay).bytes)]
            + (size.map { [.send(Self.window($0))] } ?? [])
    }

    /// What follows from an event.
    package mutating func handle(_ event: Event) -> [Action] {
        actions = []
        guard !isOver else { return [] }
        switch event {
        case .received(let bytes): receive(bytes)
        case .closed:
            let name = settings.name
            let unit = settings.unit
            finish(incoming.isFramed ? .lost(name, unit: unit) : .refused(name, incoming.lastWords, unit: unit))
        case .silence: finish(.silent(settings.name, incoming.lastWords, unit: settings.unit))
        case .typed(let bytes): type(bytes)
        case .inputEnded:
            inputHasEnded = true
            // A terminal that hangs up.
            if settings.terminal != nil { finish(nil) }
        case .resized(let size): if settings.terminal != nil { actions.append(.send(Self.window(size))) }
        case .quiet: finish(nil)
        }
        return actions
    }

    private mutating func receive(_ bytes: [UInt8]) {
        do throws(FrameReader.Malformed) {
            for frame in try incoming.read(bytes) where !isOver { take(frame) }
        } catch {
            finish(.garbled(settings.name, unit: settings.unit))
        }
        // Nothing to show came with the welcome.
        if !isOver, let note {
            self.note = nil
            notify(note)
        }
    }

    private mutating func take(_ frame: Frame) {
        switch frame {
        case .welcome(let role, let name):
            self.role = role
            if settings.terminal != nil {
                actions.append(.enter)
                let readOnly = settings.isReadOnly ? ", read-only" : ", read-only: no permission to type"
                let limit = role == .control ? "" : readOnly
                note = "attached to \(name)\(limit); Ctrl-] detaches"
            } else if role == .view, !settings.isReadOnly {
                finish(.readOnly(settings.name))
            }
        case .output(let bytes):
            // A script is not to read the last byte of an earlier prompt.
            if settings.terminal == nil, !hasShown, bytes == [0x20] { return }
            write(bytes)
        case .end(let text):
            settings.terminal == nil ? actions.append(.log(text)) : notify(text, first: "\r\n")
            finish(nil)
        case .answer, .hello, .input, .window, .ask: break
        }
    }

    /// What was shown before comes first, so the note stands between its whole lines and the one
    /// where the cursor is.
    private mutating func write(_ bytes: [UInt8]) {
        hasShown = true
        guard let note else { return actions.append(.write(bytes)) }
        self.note = nil
        let lines = bytes.lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
        if lines > 0 { actions.append(.write(Array(bytes[..<lines]))) }
        notify(note)
        if lines < bytes.count { actions.append(.write(Array(bytes[lines...]))) }
    }

    private mutating func type(_ bytes: [UInt8]) {
        let end = settings.terminal == nil ? nil : bytes.firstIndex(of: Self.detachKey)
        let keys = bytes[..<(end ?? bytes.count)]
        if !keys.isEmpty, role == .control { actions.append(.send(Frame.input(Array(keys)).bytes)) }
        guard end != nil else { return }
        notify("detached", first: "\r\n")
        actions.append(.dropInput)
        finish(nil)
    }

    private mutating func notify(_ text: String, first: String = "") {
        actions.append(.write(Array("\(first)[\(text)]\r\n".utf8)))
    }

    private mutating func finish(_ problem: Problem?) {
        isOver = true
        actions.append(.finish(problem))
    }

    private static func window(_ size: TerminalSize) -> [UInt8] {
        Frame.window(rows: size.rows, columns: size.columns).bytes
    }
}
