import Config
public import Diagnostics
public import Plan

extension UnitTree {
    /// The units of a plan; problems become a unit that fails and tells them. The same input gives the same bytes.
    public init(_ plan: Plan, problems: [Problem], layout: Layout) {
        var tree = Builder(layout: layout, source: plan.source)
        tree.addSlice(plan)
        let pages = plan.hugepages.map { hugepages in tree.add(hugepages, of: plan.pageSize) }
        for parent in plan.parents { tree.add(parent) }
        let nics = plan.nics.flatMap { nic in tree.add(nic) }
        for testpmd in plan.testpmds { tree.add(testpmd, housekeeping: plan.housekeeping, after: pages + nics) }
        for guest in plan.guests { tree.add(guest, after: pages) }
        let errors = problems.filter { $0.severity == .error } + tree.problems
        if !errors.isEmpty { tree.addConfigError(errors) }
        tree.addReady()
        if plan.autostart { tree.tree.links["multi-user.target.wants/pvp.target"] = "\(layout.units)/pvp.target" }
        self = tree.tree
    }
}
