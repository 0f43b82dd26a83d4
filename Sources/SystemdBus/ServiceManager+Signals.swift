package import Diagnostics
package import Linux

extension ServiceManager {
    /// Asks for the signals of jobs and of changes of units, for ``nextSignal(isWanted:)``.
    package func subscribe() throws(Problem) { try subscribe(to: [.jobNew, .jobRemoved, .unitChanged]) }

    /// Asks for signals that this connection does not get yet.
    func subscribe(to matches: [SignalMatch]) throws(Problem) {
        for match in matches where !subscriptions.contains(match) {
            if connection.isThroughBus {
                let bus = "org.freedesktop.DBus"
                let method = BusMethod(
                    destination: bus, path: "/org/freedesktop/DBus", interface: bus, member: "AddMatch",
                    subject: "system bus")
                _ = try connection.call(method) {
                    $0.append("type='signal',sender='\(BusMethod.systemd)',\(match.rule)")
                }
            }
            // A second subscription is an error.
            if subscriptions.isEmpty { sender = try connection.call(.manager("Subscribe")).sender }
            subscriptions.insert(match)
        }
    }

    /// The next signal that has arrived, of a unit for which `isWanted` is true, without waiting;
    /// `nil` when there is none. Throws `systemd-silent` when the connection ends.
    package func nextSignal(isWanted: (String) -> Bool) throws(Problem) -> ManagerSignal? {
        while let message = try connection.received() {
            if message.sender == sender, let signal = ManagerSignal(message, isWanted: isWanted) { return signal }
        }
        return nil
    }

    /// What to poll for the next signal, after ``nextSignal(isWanted:)`` has returned `nil`.
    package var pollEntry: PollEntry { connection.pollEntry }
}
