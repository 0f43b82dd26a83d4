package import Diagnostics
package import Values

/// What systemd says about a unit (`org.freedesktop.systemd1(5)`, "Unit Objects"); what the unit's
/// type does not have is empty.
package struct UnitProperties: Hashable, Sendable {
    /// When a unit came into a state.
    package struct Entry: Hashable, Sendable {
        /// The time as systemctl writes it, such as `Tue 2026-11-24 13:40:16 UTC`.
        package var date: String
        /// The same in microseconds of `CLOCK_MONOTONIC`.
        package var monotonic: UInt64

        package init(date: String, monotonic: UInt64) {
            self.date = date
            self.monotonic = monotonic
        }
    }

    /// The name.
    package var id: String
    /// Whether systemd has it: `loaded`, `not-found`, `masked` and others.
    package var loadState = "loaded"
    /// `active`, `failed` and others.
    package var activeState: String
    /// The finer state, such as `running` or `exited`.
    package var subState = ""
    /// How it ended the last time: `success` or a word for the failure.
    package var result = ""
    /// What the service says about itself.
    package var statusText = ""
    /// The number of the main process; 0 if there is none.
    package var mainPID = 0
    /// The slice that the unit is in.
    package var slice = ""
    /// The CPUs that its processes may use; empty if they are not limited.
    package var allowedCPUs = CPUSet()
    /// When it became active; `nil` if it never did.
    package var activeEntry: Entry?
    /// When it became inactive; `nil` if it never did.
    package var inactiveEntry: Entry?
    /// When it last began to start, in microseconds of `CLOCK_MONOTONIC`; `nil` if it never did.
    package var inactiveExit: UInt64?
    /// When it last began to stop, in microseconds of `CLOCK_MONOTONIC`; `nil` if it never did.
    package var activeExit: UInt64?

    package init(id: String, activeState: String) {
        self.id = id
        self.activeState = activeState
    }

    /// The problem that a unit has which is not active; one that is still activating counts as not
    /// active.
    package var problem: Problem? {
        if activeState == "active" { return nil }
        if loadState != "loaded" {
            return Problem(
                .unitNotLoaded, "\(id) is \(loadState)",
                remedy: "run 'systemctl daemon-reload', then 'systemctl status \(id)'")
        }
        let detail = activeState == "failed" ? result : subState
        return Problem(
            .unitNotActive, "\(id) is \(activeState)\(detail.isEmpty ? "" : " (\(detail))")",
            remedy: "journalctl -u \(id)")
    }
}
