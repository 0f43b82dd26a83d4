/// A kind of signal of systemd that a connection subscribes to, as a match rule of the bus (D-Bus
/// specification, "Match Rules").
struct SignalMatch: Hashable {
    /// The rule without the sender.
    var rule: String

    /// A job has ended.
    static let jobRemoved = SignalMatch(rule: "interface='\(BusMethod.manager)',member='JobRemoved'")
    /// A job was created.
    static let jobNew = SignalMatch(rule: "interface='\(BusMethod.manager)',member='JobNew'")
    /// Properties of a unit have changed.
    static let unitChanged = SignalMatch(
        rule: "interface='\(BusMethod.properties)',member='PropertiesChanged',path_namespace='\(ManagerSignal.units)'")
}
