package import Diagnostics
package import JSON
package import Linux
package import Plan

/// Whether a reboot is required before the host is as planned, asked of the running kernel.
package struct RebootState: Hashable, Sendable {
    /// The kernel arguments that are not in effect; none if no reboot is required.
    package var reasons: [ArgumentState]

    /// From the state of each kernel argument.
    package init(_ states: [ArgumentState]) { reasons = states.filter { $0.reason != .present } }

    /// For the plan on the machine below `root`.
    package init(of plan: Plan, on root: Root) { self.init(ArgumentState.all(of: plan, on: root)) }

    /// Whether a reboot is required.
    package var isRequired: Bool { !reasons.isEmpty }

    /// Whether `pvpgen install` has to run before the reboot.
    package var needsInstall: Bool { reasons.contains { $0.reason == .missing || $0.reason == .ignored } }

    /// Leaves a mark for programs of the distribution that know when a reboot is required, or
    /// removes it. A tree that does not run has none. Throws `file-unwritable`.
    package func mark(in root: Root) throws(Problem) {
        if Self.isKnown(in: root) { try RebootMarker.update(isRequired: isRequired, in: root) }
    }

    /// Whether the machine below `root` runs, so that a reboot means something.
    package static func isKnown(in root: Root) -> Bool { root.exists("/proc/cmdline") }

    /// What to do about it; empty if no reboot is required.
    package var remedy: String {
        if !isRequired { return "" }
        return needsInstall ? "pvpgen install, then systemctl reboot" : "systemctl reboot"
    }

    /// One line for each reason, in two columns.
    package var text: String {
        let width = reasons.map(\.text.utf8.count).max() ?? 0
        return reasons.map { state in
            state.text + String(repeating: " ", count: width - state.text.utf8.count) + "  \(state.explanation)\n"
        }.joined()
    }

    /// For `--json`.
    package var json: JSON {
        [
            "reboot_required": .bool(isRequired),
            "reboot_reasons": .array(
                reasons.map { state in
                    [
                        "argument": .string(state.text), "state": .string(state.reason.identifier),
                        "running": .array(state.others.map { .string($0) }), "message": .string(state.explanation),
                    ]
                }),
        ]
    }
}

extension ArgumentState.Reason {
    /// For `--json`.
    fileprivate var identifier: String {
        switch self {
        case .present: "present"
        case .notBooted: "not_booted"
        case .ignored: "ignored"
        case .missing: "missing"
        case .removed: "removed"
        }
    }
}
