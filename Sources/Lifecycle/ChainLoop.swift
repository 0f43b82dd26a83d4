package import Diagnostics
import Linux
import Presentation
package import SystemdBus

/// The loop of `pvpgen start`, `stop` and `restart`: waits for signals of systemd, for the journal
/// and for signals of the kernel, whichever comes first.
package struct ChainLoop {
    /// Milliseconds between two frames, so that a burst of signals is one of them.
    private static let frame = 200
    /// Milliseconds between frames in which only the time has changed.
    private static let second = 1000
    /// Milliseconds after which units that stay active without a job are given up.
    private static let settling = 3000

    private let manager: ServiceManager
    /// `nil` if nothing is shown.
    private let screen: Screen?
    private let signals: Signals
    private var progress: ChainProgress
    private var failures = FailureQueue()
    private var view = ProgressView()
    private var block = LiveBlock()
    private var output: OutputBuffer
    /// Failures that are printed above the next frame.
    private var above = ""
    private var lastFrame = Int.min
    private var hasChanged = true
    /// When the last signal of systemd came, in milliseconds of `MonotonicClock.now`.
    private var lastSignal = MonotonicClock.now

    /// Starts, stops or restarts a target and waits until its units are done, or a signal comes.
    /// Without a screen nothing is shown. Throws what ``ServiceManager`` throws, and
    /// `unit-not-loaded` if the target has no units.
    package static func run(
        _ verb: ChainVerb, target: String = "pvp.target", on manager: ServiceManager, screen: Screen? = .standard
    ) throws(Problem) -> ChainOutcome {
        let signals = try Signals.ofTerminal()
        try manager.subscribe()
        let parts = try manager.parts(of: target)
        guard !parts.isEmpty else {
            throw Problem(
                .unitNotLoaded, "\(target): no unit belongs to it",
                remedy: "run 'pvpgen check', then 'systemctl daemon-reload'")
        }
        let begin = UInt64(MonotonicClock.microseconds)
        let job = try manager.begin(verb.method, target)
        let units = try manager.units(named: parts + [target])
        var loop = ChainLoop(
            manager: manager, screen: screen, signals: signals,
            progress: ChainProgress(verb, target: target, job: job, units: units, begin: begin))
        return try loop.run()
    }

    private init(manager: ServiceManager, screen: Screen?, signals: Signals, progress: ChainProgress) {
        self.manager = manager
        self.screen = screen
        self.signals = signals
        self.progress = progress
        output = OutputBuffer(screen?.output ?? Descriptor.standardOutput)
    }

    private mutating func run() throws(Problem) -> ChainOutcome {
        while true {
            try receive()
            report()
            if progress.isStuck, MonotonicClock.now >= lastSignal + Self.settling { progress.giveUp() }
            for unit in progress.takeFailures() where screen != nil { failures.append(unit, begin: progress.begin) }
            let isDone = progress.isComplete && failures.isEmpty
            show(isLast: isDone)
            if isDone {
                output.drain(timeout: 10_000)
                return ChainOutcome(progress, at: now)
            }
            if let signal = wait() { return detach(signal) }
        }
    }

    private var now: UInt64 { UInt64(MonotonicClock.microseconds) }

    /// Takes over what systemd has sent.
    private mutating func receive() throws(Problem) {
        while let signal = try manager.nextSignal(isWanted: { [progress] in progress.isOfChain($0) }) {
            progress.apply(signal)
            hasChanged = true
            lastSignal = MonotonicClock.now
        }
    }

    /// Prints the failures whose lines are complete.
    private mutating func report() {
        guard let screen else { return }
        let reports = failures.takeReports()
        if screen.isLive {
            above += reports.map { $0.text(Style(screen.output)) }.joined()
        } else {
            for report in reports { Descriptor.write(text: report.text(Style(screen.error)), to: screen.error) }
        }
    }

    private mutating func show(isLast: Bool) {
        guard let screen else { return }
        let style = Style(screen.output)
        guard screen.isLive else {
            let last = isLast ? [ProgressView.summary(progress, at: now)] : []
            for line in view.newLines(progress, at: now) + last { output.write(line.text(style.paint) + "\n") }
            return
        }
        // A terminal that is held (Ctrl-S) gets the frame of then, not all since.
        guard isLast || output.isEmpty && MonotonicClock.now >= nextFrame else { return }
        var lines = ProgressView.block(progress, at: now)
        if isLast { lines.append(ProgressView.summary(progress, at: now)) }
        output.write(block.text(lines, above: above, size: TerminalSize(of: screen.output), style: style))
        above = ""
        hasChanged = false
        lastFrame = MonotonicClock.now
    }

    /// When the next frame is due, in milliseconds of `MonotonicClock.now`.
    private var nextFrame: Int {
        if lastFrame == .min { return lastFrame }
        return lastFrame + (hasChanged || !above.isEmpty ? Self.frame : Self.second)
    }

    /// Waits until something happens; the signal with which the user detaches.
    private mutating func wait() -> Int32? {
        var entries = [
            PollEntry(signals.descriptor.number, .input), manager.pollEntry, failures.pollEntry, output.pollEntry,
        ]
        let times = [
            screen?.isLive == true && output.isEmpty ? nextFrame : nil, failures.deadline,
            progress.isStuck ? lastSignal + Self.settling : nil,
        ]
        let timeout = times.compactMap(\.self).min().map { max(0, $0 - MonotonicClock.now) }
        PollEntry.wait(for: &entries, timeout: timeout)
        if !entries[3].events.isEmpty { output.flush() }
        if output.isClosed { return Signal.pipe }
        while let signal = signals.next() {
            guard signal == Signal.winch else { return signal }
            hasChanged = true
        }
        return nil
    }

    /// Says that the jobs go on.
    private mutating func detach(_ signal: Int32) -> ChainOutcome {
        output.drain(timeout: 500)
        let text =
            "\(progress.verb.rawValue): detached, the jobs of \(progress.target) continue\n"
            + "  run 'pvpgen status --watch' to follow them\n"
        if let screen, !output.isClosed { Descriptor.write(text: "\n" + text, to: screen.error) }
        return ChainOutcome(progress, at: now, signal: signal)
    }
}
