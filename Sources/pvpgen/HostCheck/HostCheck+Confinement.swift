import Diagnostics
import HostActions
import Plan

extension HostCheck {
    /// libvirt's AppArmor profiles allow what the guests need.
    var appArmor: [Problem] {
        guard !plan.guests.isEmpty else { return [] }
        return AppArmor.missing(for: plan.emulatorPaths, in: root).flatMap { addition in
            addition.rules.map { Problem("apparmor", "\(addition.path): rule missing: \($0.refusal)", remedy: "run 'pvpgen install'") }
        }
    }
}

extension Plan {
    /// Each value of `Emulator=` once.
    var emulatorPaths: [String] { Set(guests.compactMap(\.emulatorPath)).sorted() }
}
