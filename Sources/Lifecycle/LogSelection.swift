import Config
package import Diagnostics
package import SystemdBus
package import Views

/// Which entries `pvpgen log` prints.
package struct LogSelection: Hashable, Sendable {
    /// The units whose entries are printed.
    package var units: [String]
    /// Whether only what users typed into a console is printed.
    package var isInput: Bool

    /// The entries of units, whether they belong to the chain or not.
    package init(units: [String]) {
        self.units = units
        isInput = false
    }

    /// The entries of a testpmd, a guest or a unit of the chain, with or without its suffix; of the
    /// whole chain if there is no name. A guest has several units. Throws `unknown-unit`.
    package init(_ name: String?, in chain: ChainUnits, isInput: Bool = false) throws(Problem) {
        self.isInput = isInput
        units = chain.logged
        guard let name else { return }
        let suffixes = [".service", ".socket", ".target"]
        let isGuest = chain.guests.contains(name)
        units = units.filter { unit in
            if unit == name { return true }
            guard let suffix = suffixes.first(where: { unit.hasSuffix($0) }) else { return false }
            let stem = unit.dropLast(suffix.count)
            return stem == name || isGuest && stem.hasPrefix("pvp-") && stem.hasSuffix("@\(name)")
        }
        guard units.isEmpty else { return }
        let names = Self.names(in: chain)
        throw Problem(
            .unknownUnit, "'\(name)': not found among the units of the chain",
            remedy: suggestion(for: name, among: names).map { "did you mean '\($0)'?" }
                ?? "name one of: \(names.joined(separator: ", "))")
    }

    /// What can be named, the members first: guests by their names, units without `.service`.
    package static func names(in chain: ChainUnits) -> [String] {
        let suffix = ".service"
        return chain.guests + chain.shown.map { $0.hasSuffix(suffix) ? String($0.dropLast(suffix.count)) : $0 }
    }

    /// The terms for the journal; `boot` is the ID of a boot to which the entries are limited.
    package func match(boot: String? = nil) -> JournalMatch {
        // As pvp-console writes it.
        let input = isInput ? ["PVP_DIRECTION=input"] : []
        return JournalMatch(units: units, common: input + (boot.map { ["_BOOT_ID=\($0)"] } ?? []))
    }

    /// An entry as a line for each of its lines, with the time and, if several units are selected,
    /// the unit.
    package func text(_ record: JournalRecord, date: (UInt64) -> String) -> String {
        let unit = units.count > 1 ? record.unit(among: Set(units)).map { $0 + " " } ?? "" : ""
        let process = record.fields["_PID"].map { "[\($0)]" } ?? ""
        let head = "\(date(record.time)) \(unit)\(record.identifier)\(process): "
        // journalctl indents further lines by as much.
        let pad = String(repeating: " ", count: head.unicodeScalars.count)
        let lines = record.message.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.enumerated().map { ($0 == 0 ? head : pad) + printable($1) + "\n" }.joined()
    }

    /// Without control characters, which could move the cursor.
    private func printable(_ line: Substring) -> String {
        String(
            String.UnicodeScalarView(
                line.unicodeScalars.map { $0.value < 32 && $0 != "\t" || $0.value == 127 ? "?" : $0 }))
    }
}
