import HostTopology
package import Linux
package import Plan

extension ArgumentState {
    /// The plan's kernel arguments on the machine below `root`.
    package static func all(of plan: Plan, on root: Root) -> [ArgumentState] {
        all(
            plan.kernelArguments.map(\.text), cmdline: cmdline(of: root), boot: root.bootID,
            installed: (try? Manifest.read(from: root)) ?? nil)
    }

    /// Those of an earlier installation that are in effect on the machine below `root`, beside
    /// those that are kept.
    static func removed(from manifest: Manifest?, besides kept: [String] = [], on root: Root) -> [ArgumentState] {
        removed(from: manifest, besides: kept, cmdline: cmdline(of: root), boot: root.bootID)
    }

    private static func cmdline(of root: Root) -> String { (try? root.text("/proc/cmdline")) ?? "" }
}
