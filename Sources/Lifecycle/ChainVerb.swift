/// What is done with the chain of units: the verbs of systemctl.
package enum ChainVerb: String, Hashable, Sendable {
    case start
    case stop
    case restart

    /// The method of systemd's manager (`org.freedesktop.systemd1(5)`).
    var method: String {
        switch self {
        case .start: "StartUnit"
        case .stop: "StopUnit"
        case .restart: "RestartUnit"
        }
    }

    /// Whether the units are active when it has succeeded.
    var endsActive: Bool { self != .stop }

    /// How it ended when it has succeeded.
    var participle: String {
        switch self {
        case .start: "started"
        case .stop: "stopped"
        case .restart: "restarted"
        }
    }
}
