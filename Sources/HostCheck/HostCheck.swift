import BuildActions
package import Diagnostics
import Installation
package import Linux
package import Plan

/// What must hold on the machine before pvp.target can start.
package struct HostCheck {
    let plan: Plan
    let root: Root

    /// The machine is the one below `root`.
    package init(plan: Plan, root: Root) {
        self.plan = plan
        self.root = root
    }

    /// Everything that does not hold, stage by stage: the kernel, the NICs, memory, programs, the
    /// guests' network, guests.
    package var problems: [Problem] {
        arguments + interrupts + nics + pages + mount + programs + devices + testpmdArguments + network + images
            + libvirt + emulators + BuildCheck(root).problems(of: plan)
            + appArmor + selinux
    }

    private var arguments: [Problem] {
        // Without the record, it is unknown what the boot loader has.
        do throws(Problem) {
            _ = try Manifest.read(from: root)
        } catch {
            return [error]
        }
        let states = ArgumentState.all(of: plan, on: root)
        func problem(_ reason: ArgumentState.Reason, _ remedy: String) -> Problem? {
            let those = states.filter { $0.reason == reason }
            let others = those.flatMap(\.others)
            guard !those.isEmpty else { return nil }
            let instead = others.isEmpty ? "" : ", with \(others.joined(separator: " ")) in their place"
            return Problem(
                .notBooted, "this kernel was booted without \(those.map(\.text).joined(separator: " "))\(instead)",
                remedy: remedy,
                severity: .warning)
        }
        return [
            problem(.missing, "run 'pvpgen install' and reboot"),
            problem(.notBooted, "reboot: 'pvpgen install' has configured the boot loader"),
            problem(
                .ignored,
                "run 'bootctl status': another boot loader or another entry started this kernel; "
                    + "set --boot-loader= of 'pvpgen install'"
            ),
        ].compactMap { $0 }
    }

    /// A number of `/sys` or `/proc`; `nil` when it cannot be read.
    func number(_ path: String) -> Int? { (try? root.text(path)).flatMap { Int($0) } }
}
