package import Diagnostics
package import JSON
import Linux
import Presentation
package import SystemdBus
import Views

/// The loop of `pvpgen status` with `--watch` or `--wait`.
package struct StatusLoop {
    /// What is shown, and for how long.
    package struct Options {
        /// Whether each change is shown, rather than the last state alone.
        package var isWatching: Bool
        /// Milliseconds until which all units have to be up; `nil` if that is not waited for.
        package var limit: Int?
        /// The document to which each state is added, with one line for each change; `nil` for
        /// text.
        package var document: Document?

        package init(isWatching: Bool, limit: Int?, document: Document? = nil) {
            self.isWatching = isWatching
            self.limit = limit
            self.document = document
        }
    }

    /// The exit status if not all units are up.
    private static let notUp: Int32 = 3
    /// Milliseconds between two states, so that a burst of signals is one of them.
    private static let frame = 200
    /// Milliseconds between frames in which only the times have changed.
    private static let second = 1000

    private let manager: ServiceManager
    private let options: Options
    private let screen: Screen
    private let signals: Signals
    private let end: Int?
    private var watch: ChainWatch
    private var block = LiveBlock()
    private var output: OutputBuffer
    /// The last warning of each failed unit.
    private var warnings: [String: String] = [:]
    private var lastFrame = Int.min
    private var hasChanged = true

    /// Shows units until a signal comes or, with a limit, until all are up, one has failed or the
    /// time is over. The exit status: 0 if all are up, 3 if not, 128 plus the signal. Throws what
    /// ``ServiceManager`` throws.
    package static func run(
        _ units: [String], on manager: ServiceManager, options: Options, screen: Screen = .standard
    ) throws(Problem) -> Int32 {
        let signals = try Signals.ofTerminal()
        // First, so that no change is missed.
        try manager.subscribe()
        let watch = try ChainWatch(manager.properties(of: units), jobs: manager.units(named: units))
        var loop = StatusLoop(
            manager: manager, options: options, screen: screen, signals: signals,
            end: options.limit.map { MonotonicClock.now + $0 }, watch: watch,
            output: OutputBuffer(screen.output))
        return try loop.run()
    }

    private mutating func run() throws(Problem) -> Int32 {
        while true {
            while let signal = try manager.nextSignal(isWanted: { [watch] in watch.contains($0) }) {
                watch.apply(signal)
                hasChanged = true
            }
            if let status { return finish(status) }
            if options.isWatching { show() }
            if let signal = wait() { return finish(128 + signal) }
        }
    }

    /// How it ends now; `nil` if it does not.
    private var status: Int32? {
        guard let end else { return nil }
        switch watch.verdict {
        case .up: return 0
        case .failed: return Self.notUp
        case .pending: return MonotonicClock.now >= end ? Self.notUp : nil
        }
    }

    private mutating func finish(_ status: Int32) -> Int32 {
        if status < 128, hasChanged || !options.isWatching || screen.isLive { write() }
        output.drain(timeout: 10_000)
        return status
    }

    private var isLive: Bool { screen.isLive && options.isWatching && options.document == nil }

    /// When the next state is due, in milliseconds of `MonotonicClock.now`; `nil` if it is not.
    private var nextFrame: Int? {
        if lastFrame == .min { return lastFrame }
        return hasChanged ? lastFrame + Self.frame : isLive ? lastFrame + Self.second : nil
    }

    private mutating func show() {
        guard let nextFrame, MonotonicClock.now >= nextFrame, output.isEmpty else { return }
        write()
    }

    private mutating func write() {
        var status = watch.status(at: UInt64(MonotonicClock.microseconds))
        for index in status.units.indices { status.units[index].journal = warning(of: status.units[index]) }
        let style = Style(screen.output)
        if var document = options.document {
            document.add(status.json)
            output.write(options.isWatching ? document.json.line + "\n" : document.json.text)
        } else if isLive {
            output.write(block.text(status.lines, size: TerminalSize(of: screen.output), style: style))
        } else {
            output.write((lastFrame == .min ? "" : "\n") + status.text(style.paint))
        }
        lastFrame = MonotonicClock.now
        hasChanged = false
    }

    private mutating func warning(of unit: UnitStatus) -> String {
        guard unit.active == "failed" else {
            warnings[unit.unit] = nil
            return ""
        }
        // The journal may be written after the state has changed.
        if warnings[unit.unit]?.isEmpty ?? true { warnings[unit.unit] = UnitJournal.lastWarning(of: unit.unit) }
        return warnings[unit.unit] ?? ""
    }

    /// Waits until something happens; the signal that ends it.
    private mutating func wait() -> Int32? {
        var entries = [PollEntry(signals.descriptor.number, .input), manager.pollEntry, output.pollEntry]
        let next = options.isWatching && output.isEmpty ? nextFrame : nil
        let timeout = [next, end].compactMap(\.self).min().map { max(0, $0 - MonotonicClock.now) }
        PollEntry.wait(for: &entries, timeout: timeout)
        if !entries[2].events.isEmpty { output.flush() }
        if output.isClosed { return Signal.pipe }
        while let signal = signals.next() {
            guard signal == Signal.winch else { return signal }
            hasChanged = true
        }
        return nil
    }
}
