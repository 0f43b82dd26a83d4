package import Builds
import Config
package import Diagnostics
package import JSON
package import Linux
package import Plan
import Values

/// A build as it stands on this host: what it would be built from now, and whether it was.
package struct BuildState {
    package let build: BuildPlan
    let root: Root
    package let inputs: BuildInputs
    /// The result of these inputs; `nil` before they are built.
    package let result: BuildResult?
    let missing: MissingRequirements

    /// Throws what the inputs' reading throws.
    package init(_ build: BuildPlan, of plan: Plan, in root: Root) throws(Problem) {
        self.build = build
        self.root = root
        inputs = try BuildInputs(build, of: plan, in: root)
        missing = MissingRequirements(build, inputs, build.version)
        result = BuildStore(root).result(of: inputs)
    }

    /// Whether the source is on this host.
    package var isFetched: Bool {
        // A repository may lack the commit. Git is not asked: its settings are another user's.
        if case .git = build.source { return false }
        return root.exists(SourceFetch.place(build.source))
    }

    /// Throws `build-tools` if the host lacks something.
    package func checkRequirements() throws(Problem) { try missing.check() }

    /// Where the source comes from, for people.
    private var source: String {
        switch build.source {
        case .url(let url, let checksum): "\(url.withoutCredentials) (\(checksum))"
        case .file(let path, let checksum): "\(path) (\(checksum))"
        case .git(let url, let revision): "\(url.withoutCredentials) (commit \(revision))"
        case .directory(let path): path
        }
    }

    /// What `--dry-run` prints.
    package var text: String {
        let estimate = BuildEstimate(build.project)
        var lines = [
            "\(build.name): \(build.project.rawValue), " + (result.map { "\($0.path): nothing to do" } ?? "not built"),
            "  source       \(source)" + (isFetched ? ", on this host" : ""),
            "  hash         \(inputs.hash.prefix(BuildResult.hashDigits))",
            "  instructions \(inputs.instructionSet)", "  compiler     \(inputs.compiler)",
        ]
        if !inputs.drivers.isEmpty { lines.append("  drivers      \(inputs.drivers.joined(separator: " "))") }
        if !build.patches.isEmpty { lines.append("  patches      \(build.patches.joined(separator: " "))") }
        if let version = build.version {
            let workspace = Workspace(
                source: "source", build: "build", prefix: BuildResult(build.project, version, hash: inputs.hash).path)
            let steps = inputs.steps(for: build, version: version, jobs: build.jobs ?? 1, in: workspace)
            lines += steps.map { "  \($0.name.lowercased()): \($0.command.arguments.joined(separator: " "))" }
        }
        lines.append("  about        \(estimate.text)")
        if !missing.requirements.isEmpty {
            lines.append("  missing      \(missing.requirements.map(\.description).joined(separator: ", "))")
            if let command = missing.command { lines.append("               \(command)") }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    package var json: JSON {
        [
            "name": .string(build.name), "project": .string(build.project.rawValue), "source": .string(source),
            "hash": .string(inputs.hash), "result": result.map { .string($0.path) } ?? .null,
            "users": .array(build.users.map(JSON.string)),
            "missing": .array(missing.requirements.map { .string($0.description) }),
            "record": result.flatMap { BuildStore(root).record(of: $0)?.json } ?? .null,
        ]
    }
}
