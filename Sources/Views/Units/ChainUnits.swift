package import Units

/// The names of the units of the chain.
package struct ChainUnits: Hashable, Sendable {
    /// The target that stands for all of them.
    package static let target = "pvp.target"

    /// The members of the target, now and after the next daemon-reload.
    package var members: [String]

    /// The members of the planned tree, then those of the present one that are not planned.
    package init(planned: UnitTree?, present: UnitTree) {
        let planned = planned?.members ?? []
        let known = Set(planned)
        members = planned + present.members.filter { !known.contains($0) }
    }

    /// The units whose state is shown: members, disks of guests, and the target; none without
    /// members.
    package var shown: [String] {
        // A guest's disk is no member of the target: the guest requires it.
        members.isEmpty ? [] : members + guests.map { "pvp-image@\($0).service" } + [Self.target]
    }

    /// The units that have a journal: those, and the units that come with members.
    package var logged: [String] {
        let sockets = members.filter { $0.hasSuffix(".service") }.map { "\($0.dropLast("service".count))socket" }
        let ofGuests = guests.flatMap { guest in
            ["pvp-domain@\(guest).service", "pvp-ssh@\(guest).service", "pvp-ssh@\(guest).socket"]
        }
        let all = shown + ["pvp-ready.service", "pvp-config-error.service"] + sockets + ofGuests
        return Set(all).sorted()
    }

    /// The names of the guests, escaped as in the names of units.
    package var guests: [String] {
        members.filter(RunningUnit.isGuest).map { unit in
            String(unit.dropFirst("pvp-guest@".count).dropLast(".service".count))
        }
    }
}
