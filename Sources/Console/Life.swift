/// The life of a testpmd as its service manager sees it: when it is ready, whether it is well, and how it is made to end.
struct Life {
    /// What is to be done about it.
    enum Step: Hashable {
        case notify(String)
        case survey
        case signal(Int32)
        case report(String, remedy: String)
    }

    private enum Phase: Hashable {
        case starting, ready, quitting, terminating, killing, ended
    }

    /// Milliseconds without an answer from telemetry after which that is reported, and the question put again.
    private static let patience = 10_000
    /// Milliseconds between surveys, and at least between signs of life.
    private static let interval = 3000

    private let settings: Console.Settings
    private var phase = Phase.starting
    private var pid: Int32 = 0
    private var nextSurvey: Int?
    private var stopDeadline: Int?
    private var status = ""
    private var lastAnswer = 0
    private var lastSign = 0
    private var isAsked = false
    private var isSilent = false
    private var ports: [Console.Port] = []
    private var portsAt = 0
    private var forwarding = ForwardingState()

    init(_ settings: Console.Settings) { self.settings = settings }

    /// When `tick` is due.
    var deadline: Int? { [nextSurvey, stopDeadline].compactMap { $0 }.min() }

    /// Whether it has said so, and its end is not wanted.
    var isReady: Bool { phase == .ready }

    /// Whether its end is wanted.
    var isStopping: Bool { phase != .starting && phase != .ready }

    mutating func start(_ pid: Int32, at now: Int) -> [Step] {
        self.pid = pid
        lastAnswer = now
        nextSurvey = now
        return tick(now)
    }

    /// testpmd has printed a line, or shows its prompt.
    mutating func read(_ line: [UInt8]) { forwarding.read(line) }
    mutating func prompt() { forwarding.prompt() }

    mutating func tick(_ now: Int) -> [Step] {
        var steps: [Step] = []
        if let due = nextSurvey, now >= due {
            if isAsked { steps += silence(now) }
            isAsked = true
            nextSurvey = now + Self.patience
            steps.append(.survey)
        }
        guard let due = stopDeadline, now >= due else { return steps }
        if phase == .quitting {
            phase = .terminating
            stopDeadline = now + settings.stopTimeout / 3
            steps.append(.signal(15))
        } else {
            phase = .killing
            stopDeadline = nil
            steps.append(.signal(9))
        }
        return steps
    }

    /// Telemetry has answered a question; the survey goes on. On a busy host all its questions together may take longer than the watchdog waits.
    mutating func answer(at now: Int) -> [Step] {
        guard phase == .starting || phase == .ready else { return [] }
        lastAnswer = now
        isSilent = false
        nextSurvey = now + Self.patience
        guard phase == .ready, now - lastSign >= Self.interval else { return [] }
        return [signOfLife(now)]
    }

    // Only an answer keeps the watchdog quiet: a testpmd that hangs is restarted.
    private mutating func signOfLife(_ now: Int) -> Step {
        lastSign = now
        return .notify("WATCHDOG=1")
    }

    /// The survey has ended: telemetry has answered all its questions, or one not.
    mutating func survey(_ found: [Console.Port]?, at now: Int) -> [Step] {
        guard phase == .starting || phase == .ready else { return [] }
        defer { nextSurvey = now + (phase == .ready ? Self.interval : 100) }
        isAsked = false
        guard let found else { return silence(now) }
        lastAnswer = now
        isSilent = false
        defer { (ports, portsAt) = (found, now) }
        let started = found.filter(\.isStarted)
        if phase == .starting {
            guard started.count >= settings.ports else { return tell(StatusLine.waiting(found, wanted: settings.ports)) }
            guard forwarding.isOn || !settings.forwards else {
                return tell("waiting for testpmd to forward: \(started.count) ports are started")
            }
            phase = .ready
            return tell(StatusLine.ready(started, wanted: settings.ports, forwards: forwarding.isOn), first: "READY=1\n")
        }
        let rates = StatusLine.rates(ports, started, milliseconds: now - portsAt)
        return [signOfLife(now)] + tell(StatusLine.ready(started, wanted: settings.ports, forwards: forwarding.isOn, rates: rates))
    }

    private mutating func silence(_ now: Int) -> [Step] {
        if phase == .starting { return tell(StatusLine.waiting(nil, wanted: settings.ports)) }
        var steps = tell("\(settings.name)'s telemetry does not answer")
        if now - lastAnswer >= Self.patience, !isSilent {
            isSilent = true
            steps.append(
                .report(
                    "\(settings.name) (process \(pid)) has not answered telemetry for \((now - lastAnswer) / 1000) s",
                    remedy: "if it hangs, its watchdog restarts it; see what it does: cat /proc/\(pid)/stack"))
        }
        return steps
    }

    private mutating func tell(_ new: String, first: String = "") -> [Step] {
        guard new != status else { return [] }
        status = new
        return [.notify("\(first)STATUS=\(new)")]
    }

    /// The service is to end. Empty when that is under way.
    mutating func stop(_ now: Int) -> [Step] {
        guard !isStopping else { return [] }
        phase = .quitting
        nextSurvey = nil
        stopDeadline = now + settings.stopTimeout * 2 / 3
        return [.notify("STOPPING=1\nSTATUS=asked \(settings.name) to quit")]
    }

    /// It has ended.
    mutating func end(_ ending: Console.Ending) -> Verdict {
        let verdict = Verdict(ending, pid: pid, settings: settings, wasAsked: isStopping, hadToInsist: isStopping && phase != .quitting)
        phase = .ended
        nextSurvey = nil
        stopDeadline = nil
        return verdict
    }
}
