import Config
package import Diagnostics
package import Linux
package import Plan

/// Who uses the results on a host.
package struct BuildUse {
    let plan: Plan?
    let root: Root

    package init(_ plan: Plan?, in root: Root) {
        self.plan = plan
        self.root = root
    }

    /// Testpmds and guests of the configuration whose program is in a result.
    package func users(of result: BuildResult) -> [String] {
        let testpmds = plan?.testpmds.filter { $0.binary == result.program }.map { "testpmd \($0.name)" } ?? []
        let guests = plan?.guests.filter { $0.emulatorPath == result.program }.map { "guest \($0.name)" } ?? []
        return testpmds + guests
    }

    /// Processes that run the program of a result.
    package func processes(of result: BuildResult) -> [Int] {
        ((try? root.list("/proc")) ?? []).compactMap { Int($0) }.filter { number in
            (try? root.link("/proc/\(number)/exe")) == result.program
        }
    }

    /// Throws `build-in-use` for a result that is configured or running.
    package func refuse(_ result: BuildResult) throws(Problem) {
        if let user = users(of: result).first {
            throw Problem(
                .buildInUse, "\(result.name): used by \(user)",
                remedy: "set another Build= there, or remove it, then run 'pvpgen apply'")
        }
        if let process = processes(of: result).first {
            throw Problem(
                .buildInUse, "\(result.name): process \(process) runs it",
                remedy: "run 'pvpgen apply', which restarts units with an outdated program, or stop the process")
        }
    }
}
