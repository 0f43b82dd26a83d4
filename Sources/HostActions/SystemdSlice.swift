import Diagnostics
import Linux
import Values

/// One of systemd's slices, or `init.scope`, whose `AllowedCPUs=` is set at run time.
struct SystemdSlice: Hashable {
    let name: String

    init(_ name: String) { self.name = name }

    /// From what `dropIn` returns; `nil` when the text is another.
    init?(dropIn text: String) {
        guard text.hasPrefix(Self.prefix) else { return nil }
        name = String(text.dropFirst(Self.prefix.count))
    }

    private static let prefix = "slice-drop-in:"

    /// How a claim's record names the drop-in.
    var dropIn: String { Self.prefix + name }

    /// What systemd writes when the setting is set at run time. It stays when the setting is empty
    /// again, and would win over a later file of `/etc` (systemd: src/core/unit.c,
    /// `unit_write_setting()`).
    private var path: String { "/run/systemd/system.control/\(name).d/50-AllowedCPUs.conf" }

    func hasDropIn(in root: Root) -> Bool { root.exists(path) }

    /// Removes the drop-in; returns why that failed. systemd has the setting already and reads no
    /// file: it looks at the next daemon-reload, and one in the middle of a stop would change units
    /// that are about to stop.
    func removeDropIn(in root: Root) -> String? {
        do throws(SystemError) {
            try root.remove(path)
            return nil
        } catch {
            return "\(error.call): \(error.reason)"
        }
    }

    /// The CPUs of its control group.
    var cpuset: String { "/sys/fs/cgroup/\(name)/cpuset.cpus" }
}

extension Tuner {
    /// Sets `AllowedCPUs=`; returns why that failed.
    func limit(_ slice: SystemdSlice, to cpus: String) -> String? {
        guard let slices else { return "systemd is not running" }
        guard let cpus = CPUSet(cpus) else { return "expected a CPU list, got '\(cpus)'" }
        do throws(Problem) {
            try slices.setAllowedCPUs(cpus, of: slice.name)
            return nil
        } catch {
            return error.message
        }
    }

    /// Restores `AllowedCPUs=`. Returns why that failed; a note when the setting cannot be as
    /// before.
    ///
    /// Linux 6.1 and 6.12 do not empty the cpuset of a group with processes (kernel:
    /// kernel/cgroup/cpuset.c, `validate_change()`, ENOSPC), and systemd logs an error each time
    /// that it tries, at every daemon-reload too. So the kernel is asked first; where it refuses,
    /// all CPUs are set.
    func restore(_ slice: SystemdSlice, to cpus: String) -> (reason: String?, note: JournalLine?) {
        guard cpus.isEmpty, host.root.exists(slice.cpuset) else { return (limit(slice, to: cpus), nil) }
        do throws(SystemError) {
            try host.write(slice.cpuset, "\n")
            return (limit(slice, to: ""), nil)
        } catch {
            let all =
                (try? host.root.text("/sys/devices/system/cpu/possible")).flatMap { CPUSet($0) }?.description ?? ""
            if all.isEmpty { return ("\(slice.cpuset): \(error.reason)", nil) }
            let reason = limit(slice, to: all)
            let note = "slices: \(slice.name) was not set, is \(all), all CPUs, until the next boot"
            return (
                reason, reason == nil ? JournalLine("\(note): this kernel does not empty the cpuset of processes") : nil
            )
        }
    }
}
