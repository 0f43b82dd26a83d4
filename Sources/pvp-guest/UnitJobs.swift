import SystemdBus

/// The jobs of the service manager: whether a unit is on its way down for good, or down and up
/// again.
struct UnitJobs: Hashable, Sendable {
    /// A unit's name to the type of its job.
    let types: [String: String]

    /// The jobs there are now; `nil` when systemd does not answer within 5 s.
    static func current() -> UnitJobs? { (try? ServiceManager(within: .seconds(5)).jobs()).map(UnitJobs.init(types:)) }

    /// Whether the unit is being stopped, and not started again.
    func isStopped(_ unit: String) -> Bool { types[unit] == "stop" }

    /// Whether the unit is stopped to be started again.
    func isRestarted(_ unit: String) -> Bool { types[unit].map { $0 == "restart" || $0 == "try-restart" } ?? false }

    /// Whether the guest's service is restarted alone, so that its guest can go on. A guest whose
    /// memory, network or disk is restarted as well, as by `systemctl restart pvp.target`, cannot.
    func isRestartedAlone(_ guest: String) -> Bool {
        isRestarted(Self.service(guest))
            && !types.contains { unit, type in Self.goesDown(type) && Self.holds(unit, guest) }
    }

    /// The unit that is a guest.
    static func service(_ guest: String) -> String { "pvp-guest@\(guest).service" }
    /// The unit that ends it when that has failed.
    static func domain(_ guest: String) -> String { "pvp-domain@\(guest).service" }

    private static func goesDown(_ type: String) -> Bool { ["stop", "restart", "try-restart"].contains(type) }

    private static func holds(_ unit: String, _ guest: String) -> Bool {
        unit.hasPrefix("pvp-hugepages@") || unit == "pvp-network.service" || unit == "pvp-image@\(guest).service"
    }
}
