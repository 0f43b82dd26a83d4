import Config
public import Diagnostics
public import Plan

extension UnitTree {
    /// The units of a plan; problems become a unit that fails and tells them. The same input gives the same bytes.
    public init(_ plan: Plan, problems: [Problem], layout: Layout) {
        var tree = Builder(layout: layout, source: plan.source)
        tree.addSlice(plan)
        // Each waits for what is its own: what is missing elsewhere is none of its business.
        var pages: [Int: String] = [:]
        for hugepages in plan.hugepages { pages[hugepages.node] = tree.add(hugepages, of: plan.pageSize) }
        for parent in plan.parents { tree.add(parent) }
        var nics: [String: [String]] = [:]
        for nic in plan.nics { nics[nic.testpmd, default: []] += tree.add(nic) }
        for testpmd in plan.testpmds {
            let needed = [pages[testpmd.node]].compactMap { $0 } + (nics[testpmd.name] ?? [])
            tree.add(testpmd, housekeeping: plan.housekeeping, after: needed)
        }
        for guest in plan.guests { tree.add(guest, after: [pages[guest.node]].compactMap { $0 }) }
        let errors = problems.filter { $0.severity == .error } + tree.problems
        if !errors.isEmpty { tree.addConfigError(errors) }
        tree.addReady()
        if let address = plan.metricsListen { tree.addMetrics(on: address, housekeeping: plan.housekeeping) }
        if plan.autostart { tree.tree.links["multi-user.target.wants/pvp.target"] = "\(layout.units)/pvp.target" }
        self = tree.tree
    }
}
