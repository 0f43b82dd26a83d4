package import Config
package import Plan
package import Values

/// The commands that build a project.
package enum Recipe {
    /// A file of the build tree that is part of the result.
    package struct Artifact: Hashable, Sendable {
        /// The path below ``Workspace/build``.
        package var built: String
        /// The path below ``Workspace/prefix``.
        package var installed: String
    }

    /// Returns the commands in their order.
    ///
    /// - Parameters:
    ///   - drivers: The drivers of a DPDK beside ``DPDKRecipe/virtualDrivers``; `nil` for all.
    ///   - libraries: The optional libraries of QEMU that the host has.
    ///   - jobs: The number of compilers that run at the same time.
    package static func steps(
        for plan: BuildPlan, version: ReleaseNumber, drivers: [String]?, libraries: Set<QEMULibrary> = [], jobs: Int,
        in workspace: Workspace
    ) -> [BuildStep] {
        let configure =
            switch plan.project {
            case .dpdk:
                DPDKRecipe(version: version, instructionSet: plan.instructionSet, drivers: drivers)
                    .configure(workspace, plan.options)
            case .qemu:
                QEMURecipe(version: version, instructionSet: plan.instructionSet, libraries: libraries)
                    .configure(workspace, plan.options)
            }
        let target = artifacts(of: plan.project).map(\.built)
        return [
            BuildStep(BuildStep.configure, configure, in: workspace.build),
            BuildStep(
                BuildStep.compile, ["ninja", "-C", workspace.build, "-j\(jobs)"] + target, in: workspace.build),
        ]
    }

    /// Returns the files that a build produces. A program in the build tree of meson has a path for
    /// libraries that is removed when it is staged.
    package static func artifacts(of project: BuildProject) -> [Artifact] {
        switch project {
        case .dpdk: [Artifact(built: "app/dpdk-testpmd", installed: "bin/dpdk-testpmd")]
        case .qemu: [Artifact(built: "qemu-system-x86_64", installed: "bin/qemu-system-x86_64")]
        }
    }
}
