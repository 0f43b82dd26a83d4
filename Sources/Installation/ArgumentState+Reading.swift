import HostTopology
package import Linux
package import Plan

extension ArgumentState {
    /// The plan's kernel arguments on the machine below `root`.
    package static func all(of plan: Plan, on root: Root) -> [ArgumentState] {
        all(
            plan.kernelArguments.map(\.text), cmdline: (try? root.text("/proc/cmdline")) ?? "", boot: root.bootID,
            installed: (try? Manifest.read(from: root)) ?? nil)
    }
}
