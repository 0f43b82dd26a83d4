package import Linux
package import Tuning
import Values

extension TuningState {
    /// Reads the machine below a root; `slices` is `nil` for a tree of files. `interrupts` are the
    /// only ones to look at, if given.
    package init(reading root: Root, for tuning: Tuning, slices: (any SliceControl)?, interrupts: Set<Int>? = nil) {
        self.init()
        for place in Tunable.files + tuning.siblings.cpus.map({ .online($0) }) { read(place, root) }
        for policy in (try? root.list("/sys/devices/system/cpu/cpufreq")) ?? [] where policy.hasPrefix("policy") {
            read(.governor(policy), root)
            let names = (try? root.text("/sys/devices/system/cpu/cpufreq/\(policy)/scaling_available_governors")) ?? ""
            governors[policy] = Set(names.split(separator: " ").map(String.init))
        }
        if tuning.items.contains(.interrupts) {
            handlers = Interrupts.handlers(in: root).filter { interrupts?.contains($0.key) ?? true }
            for number in handlers.keys { read(.affinity(ofInterrupt: number), root) }
        }
        if tuning.items.contains(.slices), let slices {
            for name in Tunable.slices.compactMap(\.slice) {
                values[.slice(name)] = (try? slices.allowedCPUs(of: name))?.description
            }
        }
        if tuning.items.contains(.irqBalance) {
            if let mask = IRQBalance(in: root)?.banned { values[.irqBalance] = CPUSet(mask: mask)?.description }
            irqBalanceIsDeaf = values[.irqBalance] == nil && IRQBalance.isRunning(in: root)
        }
        tuned = TunedProfile(active: root)
    }

    private mutating func read(_ place: Tunable, _ root: Root) {
        guard case .file(let path) = place else { return }
        values[place] = (try? root.text(path)).flatMap { place.value($0) }
    }
}

extension Tunable {
    /// The name of the slice that it is of.
    var slice: String? {
        if case .slice(let name) = self { name } else { nil }
    }
}

extension TunedProfile {
    /// Where profiles are, the first wins (tuned-profiles(7)); those of 2.23 and later are in
    /// `profiles`.
    private static let directories = ["/etc/tuned/profiles", "/etc/tuned", "/usr/lib/tuned/profiles", "/usr/lib/tuned"]

    /// The profile of a tuned that runs; `nil` when none does.
    init?(active root: Root) {
        guard let pid = (try? root.text("/run/tuned/tuned.pid")).flatMap({ Int($0) }), root.exists("/proc/\(pid)"),
            let name = try? root.text("/etc/tuned/active_profile"), !name.isEmpty
        else { return nil }
        self.init(name)
        var pending = name.split(separator: " ").map(String.init)
        var seen: Set<String> = []
        while let next = pending.popLast() {
            guard seen.insert(next).inserted,
                let text = Self.directories.lazy.compactMap({ try? root.text("\($0)/\(next)/tuned.conf") }).first
            else { continue }
            pending += add(text)
        }
    }
}
