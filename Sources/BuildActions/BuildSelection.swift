package import Diagnostics
package import Plan

/// Which builds a verb is about.
package enum BuildSelection {
    /// The builds with these names, or all. Throws `build-unknown`, or the error of a section that
    /// is left out of the plan.
    package static func builds(_ names: [String], in plan: Plan?, _ problems: [Problem]) throws(Problem) -> [BuildPlan]
    {
        let builds = plan?.builds ?? []
        if names.isEmpty { return builds }
        var selected: [BuildPlan] = []
        for name in names {
            guard let build = builds.first(where: { $0.name == name }) else {
                throw problems.first { $0.severity == .error && $0.message.hasPrefix("build \(name):") }
                    ?? Problem(
                        .buildUnknown, "build '\(name)': no [Build] section without an error has this name",
                        remedy: builds.isEmpty
                            ? "add a [Build] section with Name=\(name)"
                            : "name one of: \(builds.map(\.name).joined(separator: " "))")
            }
            if !selected.contains(build) { selected.append(build) }
        }
        return selected
    }
}
