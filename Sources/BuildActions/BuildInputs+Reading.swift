package import Builds
import Config
package import Diagnostics
import HostTopology
package import Linux
package import Plan
import Values

extension BuildInputs {
    /// The compiler of both projects.
    static let compilerProgram = "cc"

    /// The inputs of a build as they are now on this host. Starts the compiler, and tar for a
    /// `Directory=`. Throws `build-source`, `build-patch` and `build-tools`.
    package init(_ build: BuildPlan, of plan: Plan, in root: Root) throws(Problem) {
        var patches: [String] = []
        for path in build.patches {
            do throws(SystemError) {
                patches.append(try root.sha256(path))
            } catch {
                throw error.problem(.buildPatch, remedy: "make the file readable by all, or correct Patch= in [Build]")
            }
        }
        self.init(
            project: build.project.rawValue, source: try Self.source(build.source, in: root), patches: patches,
            options: build.options, instructionSet: try Self.instructionSet(build.instructionSet),
            drivers: build.project == .dpdk ? Self.drivers(build.drivers, of: plan, in: root) : [],
            libraries: Self.libraries(of: build.project),
            compiler: try Self.compilerVersion())
    }

    private static func source(_ source: BuildPlan.Source, in root: Root) throws(Problem) -> String {
        switch source {
        case .url(_, let checksum), .file(_, let checksum): return "\(checksum)"
        case .git(_, let revision): return "git:\(revision)"
        case .directory(let path): return "tree:\(try SourceDirectory(path, in: root).hash())"
        }
    }

    /// Libraries of this machine, where the compiler runs, whichever tree the result is for.
    private static func libraries(of project: BuildProject) -> [String] {
        switch project {
        case .dpdk: DPDKLibrary.found(in: .machine).map(\.rawValue).sorted()
        case .qemu: QEMULibrary.found(in: .machine).map(\.rawValue).sorted()
        }
    }

    /// `native` is another set on each host.
    private static func instructionSet(_ name: String) throws(Problem) -> String {
        name == "native" ? "native:" + (try features(for: name)).joined(separator: ",") : name
    }

    /// The features that a program may use which is compiled for a value of `-march=`, as
    /// /proc/cpuinfo names them. Throws `build-instruction-set`.
    static func features(for instructionSet: String) throws(Problem) -> [String] {
        // DPDK's own minimum (DPDK: config/x86/meson.build); QEMU's is lower.
        if instructionSet == "generic" { return ["pni", "popcnt", "sse4_1", "sse4_2", "ssse3"] }
        let result = try run([compilerProgram, "-march=\(instructionSet)", "-Q", "--help=target"])
        guard result.status == 0 else {
            throw Problem(
                .buildInstructionSet,
                "InstructionSet=\(instructionSet): the compiler does not know it: \(result.firstLine)",
                remedy: "set InstructionSet= to generic, native or a value that 'cc --help=target' lists for -march=")
        }
        return CPUFeatures.enabled(result.output)
    }

    private static func compilerVersion() throws(Problem) -> String {
        try run([compilerProgram, "--version"]).firstLine
    }

    private static func run(_ arguments: [String]) throws(Problem) -> Command.Result {
        do throws(Problem) {
            return try Command(["env", "LC_ALL=C"] + arguments).run()
        } catch {
            throw Problem(
                .buildTools, "\(arguments[0]): \(error.message)",
                remedy: "run 'pvpgen build --dry-run' to list the packages that are missing")
        }
    }

    /// The drivers of a DPDK beside those that it always has.
    private static func drivers(_ drivers: Auto<BuildDrivers>, of plan: Plan, in root: Root) -> [String] {
        switch drivers {
        case .given(.all): return ["all"]
        case .given(.named(let names)): return Set(names).sorted()
        case .auto:
            let cards = plan.nics.compactMap { nic in
                PCIFunction(address: nic.address, root: root).id
                    ?? nic.parent.flatMap { PCIFunction(address: $0, root: root).id }
            }
            return NICDrivers.drivers(for: cards)
        }
    }
}
