import Diagnostics
import Linux
import Plan

/// What must hold on the machine before pvp.target can start.
struct HostCheck {
    let plan: Plan
    let root: Root

    /// Everything that does not hold, stage by stage: the kernel, the NICs, memory, programs, the guests' network, guests.
    var problems: [Problem] {
        arguments + interrupts + nics + pages + mount + programs + devices + network + images + libvirt
    }

    /// Kernel arguments that are planned and were not there when this kernel was booted.
    var missingArguments: [KernelArgument] {
        let booted = Set(((try? root.text("/proc/cmdline")) ?? "").split(separator: " ").map(String.init))
        return plan.kernelArguments.filter { !booted.contains($0.text) }
    }

    private var arguments: [Problem] {
        let missing = missingArguments
        guard !missing.isEmpty else { return [] }
        return [
            Problem(
                "not-booted", "this kernel was booted without \(missing.map(\.text).joined(separator: " "))",
                remedy: "pvpgen install, then reboot",
                severity: .warning)
        ]
    }

    /// A number of `/sys` or `/proc`; `nil` when it cannot be read.
    func number(_ path: String) -> Int? { (try? root.text(path)).flatMap { Int($0) } }
}
