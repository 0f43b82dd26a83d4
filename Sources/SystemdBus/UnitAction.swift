package import Linux

/// What the service manager is to do with units.
package enum UnitAction: Hashable, Sendable {
    case start([String])
    case stop([String])
    case restart([String])
    /// Run the generators and read all unit files again.
    case reload

    /// The same for systemctl, as it is shown to users.
    package var command: Command {
        switch self {
        case .start(let units): Command(["systemctl", "start", "--"] + units)
        case .stop(let units): Command(["systemctl", "stop", "--"] + units)
        case .restart(let units): Command(["systemctl", "restart", "--"] + units)
        case .reload: Command(["systemctl", "daemon-reload"])
        }
    }

    /// The method of systemd's manager, and the units that it is called for, one by one.
    var calls: (method: String, units: [String]) {
        switch self {
        case .start(let units): ("StartUnit", units)
        case .stop(let units): ("StopUnit", units)
        case .restart(let units): ("RestartUnit", units)
        case .reload: ("Reload", [])
        }
    }
}
