/// The settings of `[Host]` that need no planning.
package struct HostOptions: Hashable, Sendable {
    /// Whether pvp.target is started at boot.
    package var autostart = false
    /// Where metrics are served: a path below `/run`, or a loopback address and port, as a socket
    /// unit has it; `nil` for nowhere.
    package var metricsListen: String?
    /// Every default.
    package init() {}
}
