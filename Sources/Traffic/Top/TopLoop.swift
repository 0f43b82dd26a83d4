package import Diagnostics
package import JSON
import Linux
import Presentation

/// The loop of `pvpgen top`: waits for answers, keys, signals and the next sample, whichever comes
/// first.
package struct TopLoop {
    /// How samples are shown.
    package enum Form {
        /// Drawn over each other.
        case screen
        /// One after the other.
        case text
        /// An object in one line each.
        case json
    }

    /// Milliseconds that telemetry has for its answers.
    private static let answerTimeout = 2000

    private let watch: TrafficWatch
    private let form: Form
    private let interval: Int
    private let isOnce: Bool
    /// To which each sample is added.
    private let document: Document
    private let signals: Signals
    /// Keys come one by one, and as themselves.
    private let keyboard: RawTerminal?
    private let style = Style.output
    /// What the terminal or pipe has not taken yet.
    private var pending: [UInt8] = []
    /// The lines of the last sample, for a terminal that changes its size.
    private var lines: [Traffic.Line] = []
    private var isShown = false

    /// Runs until a key, a signal or, with `isOnce`, the end of the interval. The exit status: 0, 1
    /// when a testpmd gave no answer, 128 plus the signal that ended it. The terminal is as before
    /// on every return.
    package static func run(
        _ watch: TrafficWatch, form: Form, interval: Int, isOnce: Bool, document: Document? = nil
    ) throws(Problem) -> Int32 {
        do throws(SystemError) {
            let signals = try Signals([Signal.term, Signal.int, Signal.hup, Signal.quit, Signal.pipe, Signal.winch])
            let keyboard = form == .screen ? RawTerminal(Descriptor.standardInput) : nil
            var loop = TopLoop(
                watch: watch, form: form, interval: interval, isOnce: isOnce, document: document ?? Document(.traffic),
                signals: signals, keyboard: keyboard)
            if form == .screen { loop.write(ScreenFrame.enter) }
            let status = loop.run()
            if form == .screen { loop.leave() }
            return status
        } catch {
            throw error.problem(.systemFailed, remedy: "raise the limit of open files")
        }
    }

    private mutating func run() -> Int32 {
        var next = MonotonicClock.now
        var limit = Int.max
        while true {
            if MonotonicClock.now >= limit { watch.giveUp() }
            if MonotonicClock.now >= next {
                // A machine that was suspended is not asked for all that it missed.
                next = max(next + interval, MonotonicClock.now + interval / 2)
                limit = min(next, MonotonicClock.now + Self.answerTimeout)
                watch.begin()
                isShown = false
            }
            if watch.isComplete, !isShown, let status = take() { return status }
            if let status = wait(until: watch.isComplete ? next : limit) { return status }
        }
    }

    /// Waits until something happens; an exit status when it is to end.
    private mutating func wait(until end: Int) -> Int32? {
        let answers = watch.descriptors
        var entries = [
            PollEntry(signals.descriptor.number, .input),
            PollEntry(keyboard == nil ? nil : Descriptor.standardInput, .input),
            PollEntry(pending.isEmpty ? nil : Descriptor.standardOutput, .output),
        ]
        entries += answers.map { PollEntry($0, .input) }
        guard PollEntry.wait(for: &entries, timeout: end - MonotonicClock.now) > 0 else { return nil }
        while let signal = signals.next() {
            if signal == Signal.pipe { return 0 }
            guard signal == Signal.winch else { return 128 + signal }
            if form == .screen { draw(after: ScreenFrame.clear) }
        }
        if !entries[1].events.isEmpty, isLeaving() { return 0 }
        if !entries[2].events.isEmpty, !write("") { return 0 }
        for index in answers.indices where !entries[3 + index].events.isEmpty { watch.proceed(index) }
        return nil
    }

    /// Whether a key that ends it was pressed, or the terminal is gone.
    private func isLeaving() -> Bool {
        switch Descriptor.read(Descriptor.standardInput) {
        case .nothing: false
        case .end: true
        case .bytes(let keys): keys.contains { [UInt8(ascii: "q"), UInt8(ascii: "Q"), 0x03].contains($0) }
        }
    }

    /// Shows a sample; an exit status when it was the last.
    private mutating func take() -> Int32? {
        isShown = true
        let traffic = watch.traffic
        let problems = traffic.problems
        // No testpmd answers: another interval would not help.
        let isHopeless = isOnce && problems.count == traffic.testpmds.count
        guard form == .screen || watch.hasRates || isHopeless else { return nil }
        let isTaken: Bool
        switch form {
        case .screen:
            let names = traffic.testpmds.filter { $0.problem != nil }.map(\.target.name)
            let waiting = names.isEmpty ? "" : "; waiting for \(names.joined(separator: ", "))"
            lines =
                [Traffic.Line("pvpgen top, every \(seconds); q ends\(waiting)"), Traffic.Line("")] + traffic.lines()
            isTaken = draw()
        case .text:
            let text = traffic.lines(withProblems: !isOnce).map { style.paint($0.emphasis, $0.text) + "\n" }.joined()
            isTaken = write(text.isEmpty || isOnce ? text : text + "\n")
        case .json:
            var document = document
            document.problems += problems
            document.add(traffic.json(at: MonotonicClock.sinceEpoch))
            isTaken = write(document.json.line + "\n")
        }
        guard isOnce || !isTaken else { return nil }
        while !pending.isEmpty, Descriptor.poll(Descriptor.standardOutput, .output, timeout: 10_000), write("") {}
        if isOnce, form != .json { printProblems(problems) }
        return problems.isEmpty ? 0 : 1
    }

    private var seconds: String { interval % 1000 == 0 ? "\(interval / 1000) s" : "\(interval) ms" }

    @discardableResult private mutating func draw(after start: String = "") -> Bool {
        // A terminal that is held (Ctrl-S) gets the frame of then, not all since.
        guard pending.isEmpty else { return true }
        return write(start + ScreenFrame.text(lines, size: TerminalSize(of: Descriptor.standardOutput), style: style))
    }

    /// Writes what is pending and the text, as far as accepted. False if the reader is gone.
    @discardableResult private mutating func write(_ text: String) -> Bool {
        // A reader that is slower than the samples misses some.
        if pending.isEmpty { pending = Array(text.utf8) }
        guard let count = Descriptor.write(pending, to: Descriptor.standardOutput) else { return false }
        pending.removeFirst(count)
        return true
    }

    private mutating func leave() {
        // Half a frame could end within an escape sequence. A terminal that is held gets what it
        // takes in a moment.
        while !pending.isEmpty, Descriptor.poll(Descriptor.standardOutput, .output, timeout: 500), write("") {}
        pending = []
        write(ScreenFrame.leave)
    }
}
