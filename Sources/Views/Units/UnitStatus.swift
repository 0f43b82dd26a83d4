package import SystemdBus

/// How a unit is, from what systemd says about it.
package struct UnitStatus: Hashable, Sendable {
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
    package init(_ properties: UnitProperties, now: UInt64) {
        unit = properties.id
        load = properties.loadState
        active = properties.activeState
        sub = properties.subState
        result = properties.result
        text = properties.statusText
        // What is on its way up or down has left the state before: neither time is that of this
        // state.
        let entry: UnitProperties.Entry? =
            switch active {
            case "active", "reloading": properties.activeEntry
            case "inactive", "failed": properties.inactiveEntry
            default: nil
            }
        since = entry?.date ?? ""
        age = entry.flatMap { $0.monotonic > now ? nil : now - $0.monotonic }
    }

    /// Whether it is as it should be.
    package var isUp: Bool { active == "active" }

    /// Why it is not up, in one line; empty when it is up or nothing is known.
    package var reason: String {
        if isUp { return "" }
        if !load.isEmpty, load != "loaded" {
            return load == "not-found" ? "not-found: run 'systemctl daemon-reload'" : load
        }
        return [result == "success" ? "" : result, text, journal].filter { !$0.isEmpty }.joined(separator: ": ")
    }
}
