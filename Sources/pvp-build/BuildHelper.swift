import BuildActions
import Builds
import Diagnostics
import Downloads
import HelperCalls
import Linux
import Plan
import Systemd

/// Lines on standard error.
let log = Log("pvp-build")

/// `pvp-build`: one phase of a build.
package enum BuildHelper {
    /// Does what the arguments ask for; returns the exit status.
    package static func run(_ arguments: [String]) -> Int32 {
        do throws(Problem) {
            let call = try BuildCall(arguments)
            // As the units set it.
            CurrentProcess.setUmask(0o022)
            let root = Root(call.root)
            let (plan, problems) = Plan.read(from: root)
            guard let plan, let build = try BuildSelection.builds([call.name], in: plan, problems).first else {
                throw Problem(.noConfig, "\(root.path("/etc/pvpgen/pvp.conf")): not found", remedy: "run 'pvpgen init'")
            }
            let reporter = Reporter(
                status: { notify("STATUS=\($0)") }, done: { Log().notice($0) },
                warning: { log.warning($0) })
            switch call.phase {
            case .source: try SourceFetch(build, in: root, reporter: reporter).fetch()
            case .compile: try Compilation(build, of: plan, in: root, reporter: reporter).run()
            case .publish:
                let inputs = try BuildInputs(build, of: plan, in: root)
                let result = try BuildPublication(build, in: root).publish(inputs)
                reporter.done("build \(build.name): \(result.path)")
            }
            return 0
        } catch {
            log.write(error)
            return error.code == .usage ? 2 : 1
        }
    }
}
