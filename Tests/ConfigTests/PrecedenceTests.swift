import Config
import Diagnostics
import Linux
import TestSupport
import Testing

/// Which files count and in which order, beside what `systemd-analyze cat-config` prints for the
/// same tree.
@Suite struct PrecedenceTests {
    /// A tree of files: name to content, a link's target after `-> `, or a directory's `/`.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let files: [String: String]

        init(_ name: String, _ files: [String: String]) {
            testDescription = name
            self.files = files
        }

        func tree() throws -> Tree {
            let tree = try Tree()
            for (name, content) in files {
                if content == "/" {
                    try tree.directory(name)
                } else if content.hasPrefix("-> ") {
                    try tree.link(name, String(content.dropFirst(3)))
                } else {
                    try tree.write(name, content)
                }
            }
            return tree
        }
    }

    static let (etc, run, local, usr) = (
        "/etc/pvpgen/pvp.conf", "/run/pvpgen/pvp.conf", "/usr/local/lib/pvpgen/pvp.conf", "/usr/lib/pvpgen/pvp.conf"
    )
    static let all = [etc, run, local, usr]

    /// The same name in the four directories, each with other content.
    static func everywhere(_ suffix: String = "", from first: Int = 0) -> [String: String] {
        Dictionary(uniqueKeysWithValues: all[first...].map { ($0 + suffix, "[\($0)]\n") })
    }

    static func with(_ files: [String: String]...) -> [String: String] {
        files.reduce(into: [:]) { $0.merge($1) { $1 } }
    }

    static let cases =
        (0..<4).map { Case("main file in \(4 - $0)", everywhere(from: $0)) }
        + (0..<4).map { Case("drop-in in \(4 - $0)", with(everywhere(), everywhere(".d/a.conf", from: $0))) }
        + [
            Case("nothing", ["/etc/pvpgen": "/"]),
            Case("drop-ins alone", everywhere(".d/a.conf")),
            Case(
                "order by name across directories",
                [
                    etc: "[m]\n", usr + ".d/10-a.conf": "1\n", etc + ".d/20-b.conf": "2\n",
                    local + ".d/15-c.conf": "3\n",
                    run + ".d/9-d.conf": "4\n",
                    run + ".d/Z.conf": "5\n", etc + ".d/a.conf": "6\n", usr + ".d/é.conf": "7\n",
                    etc + ".d/_.conf": "8\n",
                ]),
            Case(
                "names that look the same",
                [
                    etc: "[m]\n", etc + ".d/\u{e9}.conf": "1\n", run + ".d/e\u{301}.conf": "2\n",
                    run + ".d/f.conf": "3\n",
                ]),
            Case("main file masked by a link", with(everywhere(), [etc: "-> /dev/null", run + ".d/a.conf": "[a]\n"])),
            Case("main file masked by an empty file", with(everywhere(), [etc: "", run + ".d/a.conf": "[a]\n"])),
            Case("main file masked in the second directory", with(everywhere(from: 1), [run: "-> /dev/null"])),
            Case(
                "a mask in a later directory",
                with(
                    everywhere(),
                    [usr: "-> /dev/null", usr + ".d/a.conf": "-> /dev/null", etc + ".d/a.conf": "[a]\n"])),
            Case(
                "drop-in masked by a link",
                with(everywhere(), everywhere(".d/a.conf"), [etc + ".d/a.conf": "-> /dev/null"])),
            Case(
                "drop-in masked by an empty file",
                with(everywhere(), everywhere(".d/a.conf"), [run + ".d/a.conf": "", etc + ".d/b.conf": "[b]\n"])),
            Case(
                "drop-in is a dangling link",
                with(everywhere(), everywhere(".d/a.conf"), [etc + ".d/a.conf": "-> nowhere"])),
            Case(
                "drop-in is a directory", with(everywhere(), everywhere(".d/a.conf", from: 1), [etc + ".d/a.conf": "/"])
            ),
            Case("main file is a directory", with(everywhere(from: 1), [etc: "/"])),
            Case(
                "links to files",
                [etc: "-> other", "/etc/pvpgen/other": "[o]\n", run + ".d/a.conf": "-> ../../../etc/pvpgen/other"]),
            Case(
                "names that are no drop-ins",
                [
                    etc: "[m]\n", etc + ".d/.conf": "1\n", etc + ".d/.a.conf": "2\n", etc + ".d/README": "3\n",
                    etc + ".d/a.conf~": "4\n",
                    etc + ".d/a.conf.dpkg-old": "5\n", etc + ".d/a.CONF": "6\n", etc + ".d/aconf": "7\n",
                    etc + ".d/b.conf": "8\n",
                    "/etc/pvpgen/c.conf": "9\n", "/etc/pvpgen.d/d.conf": "10\n",
                ]),
        ]

    @Test(arguments: cases) func isSystemds(_ precedence: Case) throws {
        let tree = try precedence.tree()
        let files = ConfigFiles(in: tree.root)
        let content = Dictionary(
            uniqueKeysWithValues: files.files.map { ($0.path, String(decoding: $0.content, as: UTF8.self)) })
        let shown = try Command([
            "env", "SYSTEMD_LOG_LEVEL=emerg", "systemd-analyze", "--no-pager", "--root=\(tree.path)", "cat-config",
            "pvpgen/pvp.conf",
        ])
        .run()
        let missing = "# Main configuration file pvpgen/pvp.conf not found\n"
        let output = shown.output.hasPrefix(missing) ? "\n" + shown.output.dropFirst(missing.count) : shown.output
        let ours = files.paths.map { "# \(tree.path)\($0)\n" + content[$0, default: ""] }.joined(separator: "\n")
        let start = Self.all.contains { files.paths.first == $0 } ? ours : "\n" + ours
        if shown.status == 0 {
            #expect(output == start && files.problems.isEmpty)
        } else {
            // systemd stops at the first that it cannot read.
            #expect(start.hasPrefix(output) && files.problems.map(\.code) == [.configUnreadable])
        }
    }

    /// systemd ignores it without a message; here it is reported, and the file that counts is the
    /// same.
    @Test func aMainFileThatIsADanglingLinkIsReported() throws {
        let tree = try Case("", ["/etc/pvpgen/pvp.conf": "-> nowhere", "/run/pvpgen/pvp.conf": "[m]\n"]).tree()
        let files = ConfigFiles(in: tree.root)
        #expect(files.files.map(\.path) == ["/run/pvpgen/pvp.conf"])
        #expect(files.problems.map(\.code) == [.configUnreadable])
        let shown = try Command([
            "systemd-analyze", "--no-pager", "--root=\(tree.path)", "cat-config", "pvpgen/pvp.conf",
        ]).run()
        #expect(shown.status == 0 && shown.output.hasPrefix("# \(tree.path)/run/pvpgen/pvp.conf\n"))
    }
}
