import Config
import Diagnostics
import HostActions
import Linux
import Plan

extension HostCheck {
    /// libvirt's AppArmor profiles allow what the guests need.
    var appArmor: [Problem] {
        guard !plan.guests.isEmpty else { return [] }
        return AppArmor.missing(for: plan.emulatorPaths, in: root).flatMap { addition in
            addition.rules.map {
                Problem(.apparmor, "\(addition.path): rule missing: \($0.refusal)", remedy: "run 'pvpgen install'")
            }
        }
    }

    /// The package's SELinux module is loaded where SELinux is enforcing.
    var selinux: [Problem] {
        let store = "/var/lib/selinux"
        guard !plan.guests.isEmpty, (try? root.text("/sys/fs/selinux/enforce")) == "1" else { return [] }
        for type in (try? root.list(store)) ?? [] {
            let priorities = (try? root.list("\(store)/\(type)/active/modules")) ?? []
            if priorities.contains(where: { root.exists("\(store)/\(type)/active/modules/\($0)/pvpgen") }) { return [] }
        }
        return [
            Problem(
                .selinux, "SELinux: module 'pvpgen' is not loaded, and its policy is enforcing: no guest starts",
                remedy: "run 'semodule -X 200 -i /usr/share/selinux/packages/pvpgen.cil', then "
                    + "'restorecon -RF /usr/lib/pvpgen /var/lib/pvpgen /run/pvp'")
        ]
    }
}
