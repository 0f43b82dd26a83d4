import HostTopology

/// Whether the running kernel has an argument of the plan, and if not why.
package struct ArgumentState: Hashable, Sendable {
    /// The reason.
    package enum Reason: Hashable, Sendable {
        /// It was booted with it.
        case present
        /// The boot loader has it since, and the next boot will.
        case notBooted
        /// The boot loader was given it in an earlier boot, and this one came without.
        case ignored
        /// The boot loader was never given it.
        case missing
        /// `pvpgen uninstall` has removed it from the boot loader, and it is in effect until the
        /// next boot.
        case removed
    }

    /// The argument.
    package var text: String
    /// Whether the argument is in effect, and if not why.
    package var reason: Reason
    /// What the running kernel has in its place: the same name with other values.
    package var others: [String]

    /// Those of the plan, on a kernel that was booted with `cmdline` in the boot `boot`.
    package static func all(_ arguments: [String], cmdline: String, boot: String, installed manifest: Manifest?)
        -> [ArgumentState]
    {
        let words = cmdline.split(whereSeparator: \.isWhitespace).map(String.init)
        let booted = words.map { KernelParameter($0) }
        let given = Set((manifest?.arguments ?? []).map { KernelParameter($0) })
        return arguments.map { argument in
            let parameter = KernelParameter(argument)
            if booted.contains(parameter) { return ArgumentState(text: argument, reason: .present, others: []) }
            let pending: Reason = manifest?.boot == boot ? .notBooted : .ignored
            let reason = given.contains(parameter) ? pending : .missing
            let others = zip(words, booted).filter { $1.name == parameter.name }.map(\.0)
            return ArgumentState(text: argument, reason: reason, others: others)
        }
    }

    /// The arguments of an earlier installation that the boot loader has no longer, and that are in
    /// effect on a kernel that was booted with `cmdline` in the boot `boot`. `kept` are wanted now.
    static func removed(from manifest: Manifest?, besides kept: [String] = [], cmdline: String, boot: String)
        -> [ArgumentState]
    {
        guard let manifest else { return [] }
        let booted = Set(cmdline.split(whereSeparator: \.isWhitespace).map { KernelParameter(String($0)) })
        let wanted = Set(kept.map { KernelParameter($0) })
        let former = manifest.arguments + (manifest.boot == boot ? manifest.removed : [])
        return former.filter { argument in
            let parameter = KernelParameter(argument)
            return booted.contains(parameter) && !wanted.contains(parameter)
        }.map { ArgumentState(text: $0, reason: .removed, others: []) }
    }

    /// For people.
    package var explanation: String {
        let other = others.isEmpty ? "" : "; this kernel was booted with \(others.joined(separator: " "))"
        switch reason {
        case .present: return "present"
        case .notBooted: return "not booted yet" + other
        case .ignored: return "given to the boot loader, but this boot came without it" + other
        case .removed: return "in effect until the next boot"
        case .missing: return (others.isEmpty ? "missing" : "other value") + other
        }
    }
}
