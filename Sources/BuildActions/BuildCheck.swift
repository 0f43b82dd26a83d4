package import Builds
import Config
package import Diagnostics
package import Linux
package import Plan

/// Whether a result runs on this host.
package struct BuildCheck {
    let root: Root

    package init(_ root: Root) { self.root = root }

    /// The directories in which the loader looks (ld.so(8)) on Debian and RPM systems.
    private static let directories = [
        "/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib64", "/usr/lib64", "/usr/local/lib",
        "/usr/local/lib/x86_64-linux-gnu", "/usr/local/lib64", "/lib", "/usr/lib",
    ]

    /// The directories that packages add, such as those of NIC vendors (ldconfig(8)).
    private var configured: [String] {
        let files = ((try? root.list("/etc/ld.so.conf.d")) ?? []).map { "/etc/ld.so.conf.d/\($0)" }
        return (files + ["/etc/ld.so.conf"]).flatMap { file in
            ((try? root.text(file)) ?? "").split(separator: "\n").filter { $0.hasPrefix("/") }.map(String.init)
        }
    }

    /// Libraries that are gone, for instance after an upgrade, and features that the CPU lacks.
    package func problems(of record: BuildRecord) -> [Problem] {
        var problems: [Problem] = []
        let name = record.result.name
        let directories = Self.directories + configured
        let gone = record.libraries.filter { library in
            !directories.contains { root.exists("\($0)/\(library)") }
        }
        if !gone.isEmpty {
            problems.append(
                Problem(
                    .buildLibraries, "\(name): not found: \(gone.joined(separator: ", "))",
                    remedy: "install the packages with these libraries, or run 'pvpgen build \(record.name)' to build "
                        + "it again"))
        }
        let lacking = CPUFeatures.missing(record.features, from: (try? root.text("/proc/cpuinfo")) ?? "")
        if !lacking.isEmpty {
            problems.append(
                Problem(
                    .buildInstructionSet,
                    "\(name): built for InstructionSet=\(record.inputs.instructionSet.prefix { $0 != ":" }), "
                        + "this CPU lacks \(lacking.joined(separator: " "))",
                    remedy: "set InstructionSet=generic in [Build], and build it again"))
        }
        return problems
    }

    /// The problems of each result that a plan uses.
    package func problems(of plan: Plan) -> [Problem] {
        let store = BuildStore(root)
        let programs = Set(plan.testpmds.map(\.binary) + plan.guests.compactMap(\.emulatorPath))
        return store.entries.filter { programs.contains($0.result.program) }.flatMap { entry -> [Problem] in
            guard let record = entry.record else {
                return [
                    Problem(
                        .buildResult, "\(entry.result.path)/\(BuildResult.record): cannot be read",
                        remedy: "run 'pvpgen build remove \(entry.result.name)', then 'pvpgen build'")
                ]
            }
            return problems(of: record)
        }
    }
}
