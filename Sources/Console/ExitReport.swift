/// What testpmd's end means.
struct ExitReport {
    /// One line about it.
    let message: String
    /// What to do; empty when all is well.
    let remedy: String
    /// The exit status of the service: 0 only when testpmd quit because it was asked to, and well.
    let status: Int32

    init(_ ending: Console.Ending, pid: Int32, settings: Console.Settings, wasAsked: Bool, hadToInsist: Bool) {
        let subject = "\(settings.name) (process \(pid))"
        let how =
            switch ending {
            case .status(let status): "ended with status \(status)"
            case .signal(let number): "was killed by signal \(number)" + (Self.signals[number].map { " (\($0))" } ?? "")
            }
        if !wasAsked && ending == .status(0) {
            status = 1
            message = "\(subject) ended without a stop of its service: quit was typed at its console"
            remedy = "to stop it for good: systemctl stop \(settings.name)"
        } else if !wasAsked {
            status = 1
            message = "\(subject) \(how)"
            remedy = "see the lines above"
        } else if hadToInsist {
            status = 1
            message = "\(subject) did not quit when asked and \(how)"
            remedy = "see the lines above; it may be given more time: [Testpmd] StopTimeout= in pvp.conf"
        } else if ending == .status(0) {
            status = 0
            message = "\(subject) quit"
            remedy = ""
        } else {
            status = 1
            message = "\(subject) was asked to quit and \(how)"
            remedy = "see the lines above"
        }
    }

    private static let signals: [Int32: String] = [
        1: "SIGHUP", 2: "SIGINT", 3: "SIGQUIT", 4: "SIGILL", 6: "SIGABRT", 7: "SIGBUS", 8: "SIGFPE", 9: "SIGKILL",
        11: "SIGSEGV",
        13: "SIGPIPE", 15: "SIGTERM",
    ]
}
