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

    /// For the plan on the machine below `root`. A tree that does not run requires none.
    package init(of plan: Plan, on root: Root) {
        guard Self.isKnown(in: root) else {
            self.init([])
            return
        }
        let manifest = (try? Manifest.read(from: root)) ?? nil
        let kept = plan.kernelArguments.map(\.text)
        // Arguments that are no longer planned are removed by the next installation.
        var installed = manifest
        installed?.arguments = []
        self.init(
            ArgumentState.all(of: plan, on: root) + ArgumentState.removed(from: installed, besides: kept, on: root))
    }

    /// After a removal of what the manifest has. A tree that does not run requires none.
    init(removing manifest: Manifest, on root: Root) {
        self.init(Self.isKnown(in: root) ? ArgumentState.removed(from: manifest, on: root) : [])
    }

    /// Whether a reboot is required.
    package var isRequired: Bool { !reasons.isEmpty }

    /// Whether the next boot changes something without further steps.
    private var isPending: Bool { reasons.contains { $0.reason == .notBooted || $0.reason == .removed } }

    /// Leaves a mark for programs of the distribution that know when a reboot is required, or
    /// removes it: only for what a reboot alone changes. A tree that does not run has none. Returns
    /// a warning if the mark cannot be written.
    package func mark(in root: Root) -> Problem? {
        guard Self.isKnown(in: root) else { return nil }
        do throws(Problem) {
            try RebootMarker.update(isRequired: isPending, in: root)
            return nil
        } catch {
            var warning = error
            warning.severity = .warning
            return warning
        }
    }

    /// Whether the machine below `root` runs, so that a reboot means something.
    package static func isKnown(in root: Root) -> Bool { root.exists("/proc/cmdline") }

    /// What to do about it; empty if no reboot is required. `isManual` if the boot loader is given
    /// its arguments by hand.
    package func remedy(isManual: Bool = false) -> String {
        if !isRequired { return "" }
        let needsInstall = reasons.contains { $0.reason == .missing || $0.reason == .ignored }
        let first = isManual ? "add the arguments to the boot loader" : "pvpgen install"
        return needsInstall ? "\(first), then systemctl reboot" : "systemctl reboot"
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
