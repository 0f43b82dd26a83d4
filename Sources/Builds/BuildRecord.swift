package import Config
package import JSON
package import Plan
package import Values

/// `build.json` of a result: what it was built from, and what came out.
package struct BuildRecord: Hashable, Sendable {
    /// The number of the format.
    package static let schema = "pvpgen.build-record/1"

    /// The name in `Build=` that it was built for.
    package var name: String
    package var project: BuildProject
    package var version: ReleaseNumber
    package var inputs: BuildInputs
    /// The SHA-256 of the program.
    package var checksum: String
    /// The build identifier of the program in hexadecimal digits; `nil` if it has none.
    package var buildID: String?
    /// The shared libraries that it needs, such as `libnuma.so.1`.
    package var libraries: [String]
    /// The CPU features that it needs, as /proc/cpuinfo names them.
    package var features: [String]
    /// How long it took to build, in seconds.
    package var seconds: Int
    /// The system that it was built on, such as `Debian GNU/Linux 12 (bookworm)`.
    package var system: String
    /// The release of pvpgen that built it.
    package var builder: String

    package init(
        name: String, project: BuildProject, version: ReleaseNumber, inputs: BuildInputs, checksum: String,
        buildID: String?, libraries: [String], features: [String], seconds: Int, system: String, builder: String
    ) {
        self.name = name
        self.project = project
        self.version = version
        self.inputs = inputs
        self.checksum = checksum
        self.buildID = buildID
        self.libraries = libraries
        self.features = features
        self.seconds = seconds
        self.system = system
        self.builder = builder
    }

    /// The result that it describes.
    package var result: BuildResult { BuildResult(project, version, hash: inputs.hash) }

    /// One line for people: `DPDK 24.11.1 (build dpdk-24.11.1-3f9c2a17, gcc 12.2.0, generic, 1
    /// patch)`.
    package var summary: String {
        let title = project == .dpdk ? "DPDK" : "QEMU"
        var parts = ["build \(result.name)", inputs.compiler, inputs.instructionSet.prefix { $0 != ":" }.description]
        if !inputs.patches.isEmpty {
            parts.append("\(inputs.patches.count) patch\(inputs.patches.count == 1 ? "" : "es")")
        }
        return "\(title) \(version) (\(parts.joined(separator: ", ")))"
    }

    package var json: JSON {
        [
            "schema": .string(Self.schema), "name": .string(name), "project": .string(project.rawValue),
            "version": .string("\(version)"), "hash": .string(inputs.hash), "inputs": inputs.json,
            "program": [
                "sha256": .string(checksum), "build_id": buildID.map(JSON.string) ?? .null,
                "libraries": .array(libraries.map(JSON.string)), "cpu_features": .array(features.map(JSON.string)),
            ],
            "seconds": .number(seconds), "system": .string(system), "pvpgen": .string(builder),
        ]
    }

    /// Reads what ``json`` writes. `nil` for anything else, and for a hash that is not that of the
    /// inputs.
    package init?(_ json: JSON) {
        guard json["schema"]?.string == Self.schema, let name = json["name"]?.string,
            let project = json["project"]?.string.flatMap(BuildProject.init(rawValue:)),
            let version = json["version"]?.string.flatMap({ ReleaseNumber($0) }),
            let inputs = json["inputs"].flatMap({ BuildInputs($0) }), json["hash"]?.string == inputs.hash,
            inputs.project == project.rawValue,
            let program = json["program"], let checksum = program["sha256"]?.string,
            let libraries = program["libraries"]?.array?.compactMap(\.string),
            let features = program["cpu_features"]?.array?.compactMap(\.string),
            let seconds = json["seconds"]?.int, let system = json["system"]?.string,
            let builder = json["pvpgen"]?.string
        else { return nil }
        self.init(
            name: name, project: project, version: version, inputs: inputs, checksum: checksum,
            buildID: program["build_id"]?.string, libraries: libraries, features: features, seconds: seconds,
            system: system, builder: builder)
    }
}
