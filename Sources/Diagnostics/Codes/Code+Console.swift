extension Problem.Code {
    /// The console does not exist.
    package static let consoleMissing = Problem.Code("console-missing")
    /// The console is not named.
    package static let consoleAmbiguous = Problem.Code("console-ambiguous")
    /// The console cannot be opened.
    package static let consoleClosed = Problem.Code("console-closed")
    /// The console has too many pending connections.
    package static let consoleBusy = Problem.Code("console-busy")
    /// The console refused the connection.
    package static let consoleRefused = Problem.Code("console-refused")
    /// The console does not answer.
    package static let consoleSilent = Problem.Code("console-silent")
    /// The connection to the console was closed.
    package static let consoleLost = Problem.Code("console-lost")
    /// The console sent invalid data.
    package static let consoleInvalid = Problem.Code("console-invalid")
    /// The console is open for reading only.
    package static let consoleReadOnly = Problem.Code("console-read-only")
    /// The console cannot be provided or attached.
    package static let consoleFailed = Problem.Code("console-failed")
    /// testpmd reported an invalid command.
    package static let commandInvalid = Problem.Code("command-invalid")
    /// testpmd did not answer in time.
    package static let commandTimeout = Problem.Code("command-timeout")
    /// testpmd ended during a command.
    package static let commandEnded = Problem.Code("command-ended")
    /// The console refused a command.
    package static let commandRefused = Problem.Code("command-refused")
    /// The service manager passed no socket.
    package static let noSocket = Problem.Code("no-socket")
}
