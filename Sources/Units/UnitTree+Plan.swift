import Config
package import Diagnostics
package import Linux
package import Plan

extension UnitTree {
    /// The units of a plan; problems become a unit that fails and prints them. The same input gives
    /// the same bytes.
    package init(_ plan: Plan, problems: [Problem], layout: Layout) {
        let memory = UnitMemory()
        var builder = Builder(layout: layout, source: plan.source, output: memory)
        builder.add(plan, problems)
        self = memory.tree
        members = builder.members
    }

    /// The units of a plan without errors, as the generator writes them.
    package init(_ plan: Plan) { self.init(plan, problems: [], layout: .own) }
}

extension Plan {
    /// Writes the same units into a directory, one by one: those of a thousand guests would be
    /// megabytes. Throws at the first that cannot be written.
    package func write(to root: Root, problems: [Problem], layout: Layout) throws(SystemError) {
        let directory = try UnitDirectory(root)
        var builder = Builder(layout: layout, source: source, output: directory)
        builder.add(self, problems)
        if let error = directory.error { throw error }
    }
}

extension Builder {
    /// All units of a plan, each after those that it needs.
    fileprivate mutating func add(_ plan: Plan, _ mistakes: [Problem]) {
        addSlice(plan)
        addTuning(plan)
        // Each waits for what is its own: what is missing elsewhere is none of its business.
        let pageUnits = plan.hugepages.map { add($0, of: plan.pageSize) }
        func pages(of node: Int) -> [String] {
            plan.hugepages.firstIndex { $0.node == node }.map { [pageUnits[$0]] } ?? []
        }
        for parent in plan.parents { add(parent) }
        let nics = plan.nics.map { add($0) }
        for testpmd in plan.testpmds {
            let needed = plan.nics.indices.flatMap { plan.nics[$0].testpmd == testpmd.name ? nics[$0] : [] }
            add(testpmd, housekeeping: plan.housekeeping, after: pages(of: testpmd.node) + needed)
        }
        for generator in plan.generators {
            var needed = plan.nics.indices.flatMap { plan.nics[$0].generator == generator.name ? nics[$0] : [] }
            if case .local(let local) = generator.program, local.memory > 0 { needed += pages(of: local.node) }
            add(generator, housekeeping: plan.housekeeping, after: needed)
        }
        if let network = plan.network { add(network, for: plan.guests) }
        for guest in plan.guests {
            add(guest, after: pages(of: guest.node))
            addSSH(guest)
        }
        let errors = mistakes.filter { $0.severity == .error } + problems
        if !errors.isEmpty { addConfigError(errors) }
        addTarget()
        addReady()
        if let address = plan.metricsListen { addMetrics(on: address, housekeeping: plan.housekeeping) }
        if plan.autostart { output.link("multi-user.target.wants/pvp.target", to: "\(layout.units)/pvp.target") }
    }
}
