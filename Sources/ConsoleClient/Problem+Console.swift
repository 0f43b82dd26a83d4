import Diagnostics

/// Problems with a console that is served.
extension Problem {
    /// It closed the connection instead of serving it.
    static func refused(_ name: String, _ words: String?, unit: String) -> Problem {
        Problem(
            .consoleRefused, "\(name): \(words ?? "the console closed the connection without a reason")",
            remedy: look(unit))
    }

    /// The console exists and sends nothing that this program understands.
    static func silent(_ name: String, _ words: String?, unit: String) -> Problem {
        guard words != nil else {
            return Problem(.consoleSilent, "\(name): the console does not answer", remedy: look(unit))
        }
        let message = "\(name): the console has an older protocol than this program"
        return Problem(.consoleSilent, message, remedy: "run 'systemctl restart \(unit)'")
    }

    /// It went away without its last words.
    static func lost(_ name: String, unit: String) -> Problem {
        Problem(.consoleLost, "\(name): the connection to the console was closed", remedy: look(unit))
    }

    /// It sent nonsense.
    static func garbled(_ name: String, unit: String) -> Problem {
        Problem(
            .consoleInvalid, "\(name): the console sent an invalid frame", remedy: "run 'systemctl restart \(unit)'")
    }

    /// Input of a read-only client.
    static func readOnly(_ name: String) -> Problem {
        Problem(
            .consoleReadOnly, "\(name): read-only access, so nothing was sent",
            remedy: "run the command as a member of the group pvp")
    }

    private static func look(_ unit: String) -> String { "run 'systemctl status \(unit)'" }
}
