/// How a unit is, from what `systemctl show` says.
package struct UnitStatus: Hashable, Sendable {
    /// The properties that it needs (`org.freedesktop.systemd1(5)`).
    package static let properties = [
        "Id", "LoadState", "ActiveState", "SubState", "Result", "StatusText", "ActiveEnterTimestamp", "ActiveEnterTimestampMonotonic",
        "InactiveEnterTimestamp", "InactiveEnterTimestampMonotonic",
    ]

    /// Its name.
    package var unit: String
    /// Whether systemd has it: `loaded`, `not-found`, `masked` and others.
    package var load: String
    /// `active`, `failed` and others.
    package var active: String
    /// The finer state, such as `running` or `exited`.
    package var sub: String
    /// How it ended the last time, `success` or a word for the failure.
    package var result: String
    /// What the service says about itself.
    package var text: String
    /// When it came into that state, as systemd writes a time; empty when it never did.
    package var since: String
    /// Microseconds since then.
    package var age: UInt64?
    /// The last warning or error in its journal.
    package var journal = ""

    /// Reads the properties; `now` is the monotonic clock in microseconds (`clock_gettime(2)`,
    /// `CLOCK_MONOTONIC`).
    package init(_ properties: [String: String], now: UInt64) {
        unit = properties["Id", default: ""]
        load = properties["LoadState", default: ""]
        active = properties["ActiveState", default: ""]
        sub = properties["SubState", default: ""]
        result = properties["Result", default: ""]
        text = properties["StatusText", default: ""]
        // What is on its way up or down has left the state before: neither time is that of this
        // state.
        let time: String? =
            switch active {
            case "active", "reloading": "ActiveEnterTimestamp"
            case "inactive", "failed": "InactiveEnterTimestamp"
            default: nil
            }
        since = time.map { properties[$0, default: ""] } ?? ""
        let entered = time.flatMap { UInt64(properties[$0 + "Monotonic", default: ""]) } ?? 0
        age = entered == 0 || entered > now ? nil : now - entered
    }

    /// Whether it is as it should be.
    package var isUp: Bool { active == "active" }

    /// Why it is not up, in one line; empty when it is up or nothing is known.
    package var reason: String {
        if isUp { return "" }
        if !load.isEmpty, load != "loaded" { return load == "not-found" ? "not-found: run 'systemctl daemon-reload'" : load }
        return [result == "success" ? "" : result, text, journal].filter { !$0.isEmpty }.joined(separator: ": ")
    }
}
