package import Builds
import Config
package import Diagnostics
import JSON
package import Linux
package import Plan

/// The last phase, as root: a staged result gets its place, whole or not at all. The files belong
/// to an unprivileged user, so no link among them is followed.
package struct BuildPublication {
    let build: BuildPlan
    let root: Root

    package init(_ build: BuildPlan, in root: Root) {
        self.build = build
        self.root = root
    }

    /// Copies the result, gives it its name, and has the name in `Build=` refer to it. Throws
    /// `build-state` and `build-result`.
    package func publish(_ inputs: BuildInputs) throws(Problem) -> BuildResult {
        let store = BuildStore(root)
        let result: BuildResult
        if let found = store.result(of: inputs) { result = found } else { result = try copy(inputs) }
        do throws(SystemError) {
            try store.link(build.name, to: result)
            try root.removeTree(BuildPaths(build.name).directory)
        } catch {
            throw error.buildProblem(
                in: BuildResult.links, remedy: "run the command as root, with \(BuildResult.links) writable")
        }
        return result
    }

    private func copy(_ inputs: BuildInputs) throws(Problem) -> BuildResult {
        let paths = BuildPaths(build.name)
        let again = "run 'pvpgen build \(build.name)' again"
        let text: [UInt8]
        do throws(SystemError) {
            text = try root.plainBytes("\(paths.result)/\(BuildResult.record)", limit: 1 << 20)
        } catch {
            throw error.problem(.buildState, remedy: again)
        }
        guard let record = (try? JSON(text)).flatMap({ BuildRecord($0) }), record.inputs == inputs,
            record.project == build.project, record.name == build.name
        else {
            throw Problem(
                .buildResult, "build \(build.name): its inputs have changed while it was built", remedy: again)
        }
        let store = BuildStore(root)
        return try store.add(
            record, copying: BuildResult.program(of: record.project, in: paths.result), remedy: again,
            holding: store.lock())
    }
}
