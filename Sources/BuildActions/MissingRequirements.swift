import Builds
import Config
import Diagnostics
import Linux
import Plan
import Values

/// What the host lacks for a build.
struct MissingRequirements {
    let build: BuildPlan
    let requirements: [BuildRequirement]
    /// The compiler is that of this machine, whichever tree the result is for.
    private let root: Root

    /// Without a release, what each one needs.
    init(_ build: BuildPlan, _ inputs: BuildInputs, _ version: ReleaseNumber?, in root: Root = .machine) {
        self.build = build
        self.root = root
        guard let version = version ?? ReleaseNumber(build.project == .dpdk ? "25.11" : "10.0") else {
            requirements = []
            return
        }
        requirements = BuildRequirement.missing(
            for: build, version: version, drivers: inputs.drivers == ["all"] ? nil : inputs.drivers, in: root)
    }

    /// The command that installs it; `nil` on a distribution whose packages are not known.
    var command: String? { PackageManager(in: root)?.command(for: requirements) }

    /// Throws `build-tools` if something is missing.
    func check() throws(Problem) {
        guard !requirements.isEmpty else { return }
        throw Problem(
            .buildTools,
            "build \(build.name): not found: \(requirements.map(\.description).joined(separator: ", "))",
            remedy: command.map { "run '\($0)'" } ?? "install the packages that have them")
    }
}
