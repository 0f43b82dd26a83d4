import Builds
import Config
import Diagnostics
import JSON
import Linux
import Plan
import TestSupport
import Testing
import Values

@testable import BuildActions

/// A host in a tree of files, on which `pvp-build` runs as its units would run it.
struct BuildHost {
    static let archive = "/srv/dpdk.tar.xz"
    static let sources = BuildPaths.sources
    let tree: Tree
    /// Programs in the place of meson and ninja; `nil` for the real ones.
    let tools: Tree?
    var root: Root { tree.root }

    /// A host with a `[Build]` section, named dpdk-a.
    init(_ settings: String = "", tools: Tree? = nil) throws {
        tree = try Tree()
        self.tools = tools
        try configure(settings)
    }

    /// A host that builds an archive of the toy project.
    init(archiveOf project: Tree, settings: String = "", tools: Tree? = nil) throws {
        try self.init(tools: tools)
        try Toy.archive(project, to: root.path(Self.archive))
        try configure("File=\(Self.archive)\nChecksum=\(try sum(Self.archive))\n" + settings)
    }

    /// A host with another tree: a copy.
    init(copyOf other: BuildHost) throws {
        tree = try Tree()
        tools = other.tools
        let result = try Command(["cp", "--archive", "\(other.tree.path)/.", tree.path]).run()
        try #require(result.status == 0, "\(result.output)")
    }

    func configure(_ settings: String) throws {
        try tree.write("/etc/pvpgen/pvp.conf", "[Build]\nName=dpdk-a\n\(settings)\n")
    }

    func sum(_ path: String) throws -> String { "sha256:\(try root.sha256(path))" }

    @discardableResult
    func run(_ phase: String, _ name: String = "dpdk-a") throws -> Program.Result {
        try Program(name: "pvp-build", tools: tools).run([phase, name, "--root=\(tree.path)"])
    }

    /// All phases, up to the first that fails.
    @discardableResult
    func build(_ name: String = "dpdk-a") throws -> Program.Result {
        for phase in ["source", "compile"] {
            let result = try run(phase, name)
            if result.status != 0 { return result }
        }
        return try run("publish", name)
    }

    /// `pvpgen` on the host.
    func pvpgen(_ arguments: String...) throws -> Program.Result {
        try Program(name: "pvpgen", tools: tools).run(arguments + ["--root=\(tree.path)"])
    }

    /// What a program prints that is no text goes to a file.
    func export(to file: String, _ name: String = "dpdk-a") throws -> Int32 {
        let line = "\(try Program.path("pvpgen")) build export \(name) --root=\(tree.path) > \(file)"
        return try Command(["sh", "-c", line]).run().status
    }

    /// Every result, each complete.
    func results() throws -> [BuildStore.Entry] {
        let entries = BuildStore(root).entries
        for entry in entries {
            let record = try #require(entry.record, "\(entry.result.name) has no record")
            #expect(try root.sha256(entry.result.program) == record.checksum)
            #expect(try root.status(entry.result.program).mode == 0o755)
            #expect(try root.list(entry.result.path) == ["bin", "build.json"])
        }
        return entries
    }

    /// The only result, which its name refers to and nothing was left beside.
    func onlyResult(_ name: String = "dpdk-a") throws -> BuildResult {
        let entries = try results()
        let entry = try #require(entries.first)
        #expect(entries.count == 1 && entry.names == [name], "\(entries)")
        #expect(try root.list(BuildResult.directory) == [entry.result.name])
        #expect(!root.exists(BuildPaths(name).directory))
        return entry.result
    }

    /// That there is no result, and nothing that may become one.
    func expectNothing() {
        #expect(((try? root.list(BuildResult.directory)) ?? []) == [])
        #expect(((try? root.list(BuildResult.links)) ?? []) == [])
    }

    /// The hash of the inputs as they are now.
    func hash() throws -> String {
        let plan = try #require(Plan.read(from: root).plan)
        return try BuildInputs(try #require(plan.builds.first), of: plan, in: root).hash
    }
}

/// A project that looks like DPDK to pvpgen, and is built in a second.
enum Toy {
    static let files = [
        "VERSION": "24.11.1\n",
        "meson.build": "project('DPDK', 'C', version: '24.11.1')\nsubdir('app')\n",
        "meson_options.txt": """
        option('developer_mode', type: 'feature')
        option('enable_apps', type: 'string')
        option('enable_drivers', type: 'string')
        option('platform', type: 'string')
        option('tests', type: 'boolean')

        """,
        "app/meson.build": "executable('dpdk-testpmd', 'test-pmd/testpmd.c')\n",
        "app/test-pmd/meson.build": "",
        "app/test-pmd/testpmd.c": "int main(void)\n{\n\treturn 3;\n}\n",
    ]

    /// A patch that applies.
    static let patch = """
        --- a/app/test-pmd/testpmd.c
        +++ b/app/test-pmd/testpmd.c
        @@ -1,4 +1,4 @@
         int main(void)
         {
        -\treturn 3;
        +\treturn 4;
         }

        """

    /// The project in a directory of a tree.
    static func project(_ changes: [String: String] = [:], in top: String = "dpdk-24.11.1") throws -> Tree {
        let all = files.merging(changes) { $1 }
        return try Tree(Dictionary(uniqueKeysWithValues: all.map { ("/\(top)/\($0.key)", $0.value) }))
    }

    /// Archives what is in a tree.
    static func archive(_ tree: Tree, to file: String, _ options: [String] = []) throws {
        try Root.machine.makeDirectory(Root.parent(file))
        let names = options.isEmpty ? try tree.root.list("/") : options
        let result = try Command(
            ["tar", "--create", "--auto-compress", "--file=\(file)", "--directory=\(tree.path)"] + names
        ).run()
        try #require(result.status == 0, "\(result.output)")
    }

    /// A meson that does nothing, and a ninja that runs this in the build tree. A build takes a
    /// tenth of the time then.
    static func tools(ninja: String = copy) throws -> Tree {
        let tree = try Tree(["/meson": "#!/bin/sh\n", "/ninja": "#!/bin/sh\nmkdir -p app\n\(ninja)\n"])
        for name in ["/meson", "/ninja"] { try tree.root.setMode(name, 0o755) }
        return tree
    }

    static let copy = "cp /usr/bin/true app/dpdk-testpmd"
}
