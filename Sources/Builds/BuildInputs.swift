package import JSON
import Values

/// All that a result depends on. Its hash is a part of the result's name, so that the same inputs
/// are never built twice and different ones never share a name.
package struct BuildInputs: Hashable, Sendable {
    /// Grows when the same inputs are built in another way.
    package static let recipe = 1

    /// The value of ``recipe`` that they are for: results of earlier releases keep their inputs.
    package var recipe = Self.recipe
    package var project: String
    /// `sha256:…` of an archive, `git:…` of a commit, `tree:…` of a directory's content.
    package var source: String
    /// The SHA-256 of each file with changes, in their order.
    package var patches: [String]
    /// Further arguments of the project's own configuration.
    package var options: [String]
    /// `generic`, a value of `-march=`, or `native:` and the features of the CPU.
    package var instructionSet: String
    /// DPDK's drivers beside those that it always has; `["all"]` for all, empty for QEMU.
    package var drivers: [String]
    /// The optional libraries that the build host has.
    package var libraries: [String]
    /// What the compiler says it is.
    package var compiler: String

    package init(
        project: String, source: String, patches: [String], options: [String], instructionSet: String,
        drivers: [String], libraries: [String], compiler: String
    ) {
        self.project = project
        self.source = source
        self.patches = patches
        self.options = options
        self.instructionSet = instructionSet
        self.drivers = drivers
        self.libraries = libraries
        self.compiler = compiler
    }

    /// The SHA-256 of the inputs as 64 hexadecimal digits.
    package var hash: String { SHA256.hexadecimal(Array(json.text.utf8)) }

    /// The inputs as `build.json` has them.
    package var json: JSON {
        [
            "recipe": .number(recipe), "project": .string(project), "source": .string(source),
            "patches": .array(patches.map(JSON.string)), "options": .array(options.map(JSON.string)),
            "instruction_set": .string(instructionSet), "drivers": .array(drivers.map(JSON.string)),
            "libraries": .array(libraries.map(JSON.string)), "compiler": .string(compiler),
        ]
    }

    /// Reads what ``json`` writes; `nil` for anything else.
    package init?(_ json: JSON) {
        func list(_ name: String) -> [String]? { json[name]?.array?.compactMap(\.string) }
        guard let recipe = json["recipe"]?.int, let project = json["project"]?.string,
            let source = json["source"]?.string, let patches = list("patches"), let options = list("options"),
            let instructionSet = json["instruction_set"]?.string, let drivers = list("drivers"),
            let libraries = list("libraries"),
            let compiler = json["compiler"]?.string
        else { return nil }
        self.init(
            project: project, source: source, patches: patches, options: options, instructionSet: instructionSet,
            drivers: drivers, libraries: libraries, compiler: compiler)
        self.recipe = recipe
    }
}
