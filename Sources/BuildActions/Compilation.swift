package import Builds
import Config
package import Diagnostics
package import Downloads
package import Linux
package import Plan
package import Values

/// The second phase of a build: from source to a staged result, without a network and without
/// rights. What an earlier run left is removed first.
package struct Compilation {
    /// The release of pvpgen, for the record.
    package static let builder = "0.1.0"

    let build: BuildPlan
    let plan: Plan
    let root: Root
    let reporter: Reporter
    private let paths: BuildPaths

    package init(_ build: BuildPlan, of plan: Plan, in root: Root, reporter: Reporter) {
        self.build = build
        self.plan = plan
        self.root = root
        self.reporter = reporter
        paths = BuildPaths(build.name)
    }

    /// Builds the result unless it exists. Throws `build-tools`, `build-failed`, `build-drivers`,
    /// `disk-full`, and what the source's preparation throws.
    package func run() throws(Problem) {
        let lock = try lock()
        defer { withExtendedLifetime(lock) {} }
        let inputs = try BuildInputs(build, of: plan, in: root)
        // Publication adds a result before it removes what was staged: looked at in this order,
        // one of them is found.
        if StagedResult(build: build, paths: paths, root: root).isComplete(inputs) {
            reporter.done("build \(build.name): compiled before, not published yet")
            return
        }
        if let result = BuildStore(root).result(of: inputs) {
            reporter.done("\(result.path) exists")
            return
        }
        try MissingRequirements(build, inputs, build.version).check()
        try clear()
        let begin = MonotonicClock.now
        let version = try SourceTree(build: build, inputs: inputs, paths: paths, root: root, reporter: reporter)
            .prepare()
        // Only the source of a commit or directory says which release it is.
        try MissingRequirements(build, inputs, version).check()
        let drivers = SourceDrivers(build: build, paths: paths, root: root)
        try drivers.checkNames()
        let result = BuildResult(build.project, version, hash: inputs.hash)
        let workspace = Workspace(
            source: root.path(paths.source), build: root.path(paths.build), prefix: result.path)
        for step in inputs.steps(for: build, version: version, jobs: build.jobs ?? jobs, in: workspace) {
            try perform(step)
        }
        try drivers.checkBuilt(inputs)
        try StagedResult(build: build, paths: paths, root: root).stage(
            version: version, inputs: inputs, seconds: (MonotonicClock.now - begin) / 1000)
        reporter.done("\(result.name): compiled in \((MonotonicClock.now - begin) / 1000) s")
    }

    private func lock() throws(Problem) -> FileLock {
        do throws(SystemError) {
            try root.makeDirectory(BuildPaths.cache)
            return try FileLock(BuildPaths.lock, in: root) { reporter.status("Waiting for another build") }
        } catch {
            throw error.buildProblem(
                in: BuildPaths.cache, remedy: "run 'pvpgen build', which creates its directory")
        }
    }

    private func clear() throws(Problem) {
        do throws(SystemError) {
            try removeEverything()
            try root.makeDirectory(paths.build)
        } catch {
            throw error.buildProblem(in: BuildPaths.cache, remedy: "remove \(paths.directory)")
        }
    }

    private func removeEverything() throws(SystemError) {
        do throws(SystemError) {
            try root.removeTree(paths.directory)
        } catch {
            guard error.isDenied else { throw error }
            // An archive may have directories that are not writable.
            _ = try? Command(["chmod", "--recursive", "u+rwX", root.path(paths.directory)]).run()
            try root.removeTree(paths.directory)
        }
    }

    /// One for each CPU that this process may use, and at most one for each GiB of memory that is
    /// available: a file of QEMU takes up to a GiB.
    private var jobs: Int {
        let available = (try? root.text("/proc/meminfo"))?.split(separator: "\n").first {
            $0.hasPrefix("MemAvailable:")
        }.flatMap { Int($0.filter(\.isNumber)) }
        return max(1, min(allowedCPUs.count, (available ?? 1 << 20) >> 20))
    }

    private var allowedCPUs: CPUSet {
        let line = (try? Root.machine.text("/proc/self/status"))?.split(separator: "\n").first {
            $0.hasPrefix("Cpus_allowed_list:")
        }
        return line?.split(separator: "\t").last.flatMap { CPUSet(String($0)) } ?? CPUSet([0])
    }

    private func perform(_ step: BuildStep) throws(Problem) {
        reporter.status(step.name)
        var output = CompilerOutput()
        // env(1) takes what follows the first variable for another one. meson has the compiler
        // print colors, which a journal must not have.
        let environment = ["env", "--chdir=\(step.directory)", "LC_ALL=C", "GCC_COLORS="]
        let status = try Command(environment + step.command.arguments).run { line in
            if let progress = CompileProgress(line) {
                reporter.status("\(step.name) [\(progress.done)/\(progress.total)]")
            } else {
                output.add(line)
                // A buffer would be lost by a kill, and out of order with messages.
                Descriptor.write(text: line + "\n", to: Descriptor.standardOutput)
            }
        }
        guard status != 0 else { return }
        if let full = root.fullDisk(BuildPaths.cache) { throw full }
        throw Problem(
            .buildFailed,
            "build \(build.name): \(step.name.lowercased()) ended with \(status): \(output.summary)",
            remedy: "run 'pvpgen build log \(build.name)' for the whole output (the files are in \(paths.directory))")
    }
}

extension BuildInputs {
    /// The commands of a build with these inputs.
    package func steps(for build: BuildPlan, version: ReleaseNumber, jobs: Int, in workspace: Workspace) -> [BuildStep]
    {
        Recipe.steps(
            for: build, version: version, drivers: drivers == ["all"] ? nil : drivers,
            libraries: Set(libraries.compactMap(QEMULibrary.init(rawValue:))), jobs: jobs, in: workspace)
    }
}
