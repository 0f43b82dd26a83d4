import Builds
import Config
import Diagnostics
import HostActions
import JSON
import Linux
import Plan
import Values

/// A result as the compilation leaves it: the program and its record.
struct StagedResult {
    let build: BuildPlan
    let paths: BuildPaths
    let root: Root

    var program: String { BuildResult.program(of: build.project, in: paths.result) }
    var record: String { "\(paths.result)/\(BuildResult.record)" }

    /// Whether it was compiled from these inputs, and is whole.
    func isComplete(_ inputs: BuildInputs) -> Bool {
        guard let text = try? root.plainBytes(record, limit: 1 << 20),
            let record = (try? JSON(text)).flatMap({ BuildRecord($0) })
        else { return false }
        return record.inputs == inputs && record.name == build.name && (try? root.sha256(program)) == record.checksum
    }

    /// Strips the program into the staged result, and writes its record.
    func stage(version: ReleaseNumber, inputs: BuildInputs, seconds: Int) throws(Problem) {
        do throws(SystemError) {
            try root.makeDirectory(Root.parent(program))
        } catch {
            throw error.buildProblem(in: BuildPaths.cache, remedy: "make \(BuildPaths.cache) writable")
        }
        let artifacts = Recipe.artifacts(of: build.project)
        let built = artifacts.map { root.path("\(paths.build)/\($0.built)") }
        let result = try Command(["strip", "--strip-debug", "-o", root.path(program)] + built).run()
        guard result.status == 0 else {
            if let full = root.fullDisk(BuildPaths.cache) { throw full }
            throw Problem(
                .buildFailed, "build \(build.name): strip: \(result.firstLine)",
                remedy: "run 'pvpgen build log \(build.name)'")
        }
        do throws(SystemError) {
            var content = try root.bytes(program)
            if RunPath.remove(from: &content) { try root.replace(program, with: content, mode: 0o755) }
            let elf = try root.withBytes(program) { (SharedLibraries(in: $0)?.names ?? [], ELFBuildID(in: $0)?.text) }
            let record = BuildRecord(
                name: build.name, project: build.project, version: version, inputs: inputs,
                checksum: try root.sha256(program), buildID: elf.1, libraries: elf.0,
                features: (try? BuildInputs.features(for: build.instructionSet)) ?? [], seconds: seconds,
                system: OperatingSystem.name(in: root) ?? "unknown", builder: Compilation.builder)
            try root.replace(self.record, with: Array((record.json.text + "\n").utf8))
        } catch {
            throw error.buildProblem(in: BuildPaths.cache, remedy: "make \(BuildPaths.cache) writable")
        }
    }
}
