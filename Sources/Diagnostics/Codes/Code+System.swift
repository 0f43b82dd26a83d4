extension Problem.Code {
    /// The command line is invalid.
    package static let usage = Problem.Code("usage")
    /// A required program is not installed.
    package static let programMissing = Problem.Code("program-missing")
    /// A library cannot be loaded.
    package static let libraryMissing = Problem.Code("library-missing")
    /// A program cannot be started.
    package static let programNotStarted = Problem.Code("program-not-started")
    /// systemd does not report the state of units.
    package static let systemdSilent = Problem.Code("systemd-silent")
    /// systemd does not answer in time.
    package static let systemdTimeout = Problem.Code("systemd-timeout")
    /// systemd denies access.
    package static let systemdDenied = Problem.Code("systemd-denied")
    /// systemd refuses an operation.
    package static let systemdRefused = Problem.Code("systemd-refused")
    /// A unit could not be started or stopped.
    package static let jobFailed = Problem.Code("job-failed")
    /// A unit is not loaded.
    package static let unitNotLoaded = Problem.Code("unit-not-loaded")
    /// A unit is not active.
    package static let unitNotActive = Problem.Code("unit-not-active")
    /// The journal cannot be read.
    package static let journalUnreadable = Problem.Code("journal-unreadable")
    /// A file cannot be read.
    package static let fileUnreadable = Problem.Code("file-unreadable")
    /// A file cannot be written.
    package static let fileUnwritable = Problem.Code("file-unwritable")
    /// A state file cannot be read.
    package static let stateUnreadable = Problem.Code("state-unreadable")
    /// A state file cannot be written.
    package static let stateUnwritable = Problem.Code("state-unwritable")
    /// A file is not a report of pvpgen.
    package static let reportUnknown = Problem.Code("report-unknown")
    /// The help text cannot be read.
    package static let helpUnreadable = Problem.Code("help-unreadable")
    /// A system call failed.
    package static let systemFailed = Problem.Code("system-failed")
}
