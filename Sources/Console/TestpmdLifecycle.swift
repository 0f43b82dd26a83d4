/// The life of a testpmd as its service manager sees it: when it is ready, whether it is well, and
/// how it is stopped.
struct TestpmdLifecycle {
    /// What is to be done about it.
    enum Step: Hashable {
        case notify(String)
        case survey
        case signal(Int32)
        case report(String, remedy: String)
    }

    private enum Phase: Hashable {
        case starting, ready
        /// testpmd was asked to quit, and gets SIGTERM at `until`.
        case quitting(until: Int)
        /// testpmd has got SIGTERM, and gets SIGKILL at `until`.
        case terminating(until: Int)
        case killing, ended
    }

    private enum Survey: Hashable {
        /// The next one begins at `until`.
        case waiting(until: Int)
        /// One is under way. Without an answer it begins again at `until`.
        case running(until: Int)
    }

    private enum Telemetry: Hashable {
        /// The last answer came at `time`.
        case answers(time: Int)
        /// It does not answer, which was reported.
        case silent
    }

    /// Milliseconds without an answer from telemetry after which that is reported, and the question
    /// put again.
    private static let telemetryTimeout = 10_000
    /// Milliseconds between surveys, and at least between signs of life.
    private static let interval = 3000

    private let settings: Console.Settings
    private var phase = Phase.starting
    private var pid: Int32 = 0
    /// `nil` before testpmd runs, and when its end is wanted.
    private var surveyState: Survey?
    private var telemetry = Telemetry.answers(time: 0)
    private var status = ""
    private var lastSign = 0
    private var ports: [Console.Port] = []
    private var portsAt = 0
    private var forwarding = ForwardingState()

    init(_ settings: Console.Settings) { self.settings = settings }

    /// When `tick` is due.
    var deadline: Int? {
        switch (phase, surveyState) {
        case (.quitting(let until), _), (.terminating(let until), _): until
        case (_, .waiting(let until)?), (_, .running(let until)?): until
        case (.starting, nil), (.ready, nil), (.killing, nil), (.ended, nil): nil
        }
    }

    /// Whether it has said so, and its end is not wanted.
    var isReady: Bool { phase == .ready }

    /// Whether its end is wanted.
    var isStopping: Bool { phase != .starting && phase != .ready }

    mutating func start(_ pid: Int32, at now: Int) -> [Step] {
        self.pid = pid
        telemetry = .answers(time: now)
        surveyState = .waiting(until: now)
        return tick(now)
    }

    /// testpmd has printed a line, or shows its prompt.
    mutating func read(_ line: [UInt8]) { forwarding.read(line) }
    mutating func prompt() { forwarding.prompt() }

    mutating func tick(_ now: Int) -> [Step] {
        guard let deadline, now >= deadline else { return [] }
        switch phase {
        case .starting, .ready:
            var steps: [Step] = []
            if case .running? = surveyState { steps = silence(now) }
            surveyState = .running(until: now + Self.telemetryTimeout)
            return steps + [.survey]
        case .quitting:
            phase = .terminating(until: now + settings.stopTimeout / 3)
            return [.signal(15)]
        case .terminating:
            phase = .killing
            return [.signal(9)]
        case .killing, .ended: return []
        }
    }

    /// Telemetry has answered a question; the survey goes on. On a busy host all its questions
    /// together may take longer than the watchdog waits.
    mutating func answer(at now: Int) -> [Step] {
        guard phase == .starting || phase == .ready else { return [] }
        telemetry = .answers(time: now)
        surveyState = .running(until: now + Self.telemetryTimeout)
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
        defer { surveyState = .waiting(until: now + (phase == .ready ? Self.interval : 100)) }
        guard let found else { return silence(now) }
        telemetry = .answers(time: now)
        defer { (ports, portsAt) = (found, now) }
        let started = found.filter(\.isStarted)
        if phase == .starting {
            guard started.count >= settings.ports else {
                return status(StatusLine.waiting(found, wanted: settings.ports))
            }
            guard forwarding.isOn || !settings.forwards else {
                return status("waiting for testpmd to forward: \(started.count) ports are started")
            }
            phase = .ready
            return status(
                StatusLine.ready(started, wanted: settings.ports, forwards: forwarding.isOn), first: "READY=1\n")
        }
        let rates = StatusLine.rates(ports, started, milliseconds: now - portsAt)
        return [signOfLife(now)]
            + status(StatusLine.ready(started, wanted: settings.ports, forwards: forwarding.isOn, rates: rates))
    }

    private mutating func silence(_ now: Int) -> [Step] {
        if phase == .starting { return status(StatusLine.waiting(nil, wanted: settings.ports)) }
        var steps = status("\(settings.name)'s telemetry does not answer")
        if case .answers(let time) = telemetry, now - time >= Self.telemetryTimeout {
            telemetry = .silent
            steps.append(
                .report(
                    "\(settings.name) (process \(pid)) has not answered telemetry for \((now - time) / 1000) s",
                    remedy: "if it hangs, its watchdog restarts it; see what it does: cat /proc/\(pid)/stack"))
        }
        return steps
    }

    private mutating func status(_ new: String, first: String = "") -> [Step] {
        guard new != status else { return [] }
        status = new
        return [.notify("\(first)STATUS=\(new)")]
    }

    /// The service is to end. Empty when that is under way.
    mutating func stop(_ now: Int) -> [Step] {
        guard !isStopping else { return [] }
        phase = .quitting(until: now + settings.stopTimeout * 2 / 3)
        surveyState = nil
        return [.notify("STOPPING=1\nSTATUS=asked \(settings.name) to quit")]
    }

    /// It has ended.
    mutating func end(_ ending: Console.Ending) -> ExitReport {
        let hadToInsist =
            switch phase {
            case .terminating, .killing: true
            case .starting, .ready, .quitting, .ended: false
            }
        let verdict = ExitReport(ending, pid: pid, settings: settings, wasAsked: isStopping, hadToInsist: hadToInsist)
        phase = .ended
        surveyState = nil
        return verdict
    }
}
