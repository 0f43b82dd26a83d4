package import Diagnostics
import Linux

/// Why a call on the bus has no result.
package struct BusFailure: Hashable, Sendable {
    /// The name of the error, such as `org.freedesktop.systemd1.NoSuchUnit`; `nil` if neither
    /// systemd nor libsystemd gave one.
    package var name: String?
    /// The text of that error, or the kernel's reason.
    package var message: String
    /// The value of `errno` that stands for it.
    package var code: Int32

    package init(name: String?, message: String, code: Int32) {
        self.name = name
        self.message = message
        self.code = code
    }

    /// A failure without an answer; `result` is what a function of libsystemd returned, a negative
    /// `errno`.
    init(_ result: Int32) {
        self.init(name: nil, message: SystemError("sd-bus", "systemd", code: -result).reason, code: -result)
    }

    /// The problem for people. `subject` is what was asked for, such as `testpmd.service:
    /// StartUnit`.
    package func problem(_ subject: String) -> Problem {
        switch name {
        case "org.freedesktop.systemd1.NoSuchUnit", "org.freedesktop.systemd1.LoadFailed":
            Problem(.unitNotLoaded, "\(subject): \(message)", remedy: "run 'systemctl daemon-reload'")
        case "org.freedesktop.DBus.Error.AccessDenied", "org.freedesktop.DBus.Error.InteractiveAuthorizationRequired":
            denied(subject)
        case "org.freedesktop.DBus.Error.NoReply", "org.freedesktop.DBus.Error.Timeout": timeout(subject)
        case let name? where !Self.isOfConnection(name):
            Problem(
                .systemdRefused, "\(subject): systemd refuses: \(message)",
                remedy: "run 'systemctl status' for the unit")
        default:
            switch code {
            case Errno.timedOut: timeout(subject)
            case Errno.permissionDenied, Errno.notPermitted: denied(subject)
            default: Problem(.systemdSilent, "\(subject): cannot reach systemd: \(message)", remedy: Self.look)
            }
        }
    }

    /// Whether the error is not systemd's own: the bus knows no systemd, or libsystemd has lost the
    /// connection.
    private static func isOfConnection(_ name: String) -> Bool {
        let ends = ["ServiceUnknown", "NameHasNoOwner", "Disconnected", "NoServer"].map {
            "org.freedesktop.DBus.Error.\($0)"
        }
        return ends.contains(name) || name.hasPrefix("System.Error.")
    }

    private func denied(_ subject: String) -> Problem {
        Problem(.systemdDenied, "\(subject): systemd denies access: \(message)", remedy: "run the command as root")
    }

    private func timeout(_ subject: String) -> Problem {
        Problem(.systemdTimeout, "\(subject): no answer from systemd in time", remedy: Self.look)
    }

    private static let look = "run 'systemctl is-system-running' to see whether systemd runs"
}
