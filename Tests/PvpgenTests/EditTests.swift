import Foundation
import Linux
import TestSupport
import Testing

/// `pvpgen edit` on a terminal, with editors that are scripts.
@Suite(.serialized) struct EditTests {
    private static let config = "/etc/pvpgen/pvp.conf"
    private static let copy = "/etc/pvpgen/.pvp.conf.edit"
    private static let sound = "[NIC]\nPCIAddress=0000:17:00.0\n[NIC]\nPCIAddress=0000:17:00.1\n[Guest]\nImage=/g\n"

    /// A terminal with pvpgen on it. The editor runs the script with the file as `$1`.
    private struct Session {
        let terminal: Terminal
        let child: Child

        init(_ tree: Tree, _ script: String, _ arguments: String...) throws {
            let editor = tree.path + "/editor"
            try tree.root.replace("/editor", with: Array("#!/bin/sh\n\(script)\n".utf8), mode: 0o755)
            terminal = try Terminal()
            let inherited = Environment.all { $0 == "SYSTEMD_EDITOR" }
            child = try terminal.spawn(
                [try Program.path("pvpgen"), "edit", "--root=\(tree.path)"] + arguments,
                environment: ["SYSTEMD_EDITOR=\(editor)", "NO_COLOR=1"] + inherited)
        }

        func type(_ line: String) { #expect(terminal.descriptor.write(Array("\(line)\n".utf8)) != nil) }

        /// All that is shown from here on, and the exit status.
        func end() throws -> (status: Child.Ending, text: String) {
            let text = String(decoding: terminal.readToEnd(), as: UTF8.self)
            return (try child.reap(), text)
        }
    }

    @Test func aSoundChangeIsPutInPlace() throws {
        let tree = try HostCase("01-example").tree
        let session = try Session(tree, "printf '\(Self.sound)' > \"$1\"")
        let (status, text) = try session.end()
        #expect(status == .status(0) && text.contains("\(Self.config): changed; run 'pvpgen diff'"), "\(text)")
        #expect(try tree.text(Self.config) + "\n" == Self.sound)
        #expect(!tree.root.exists(Self.copy))
    }

    @Test func withoutAChangeNothingHappens() throws {
        let tree = try HostCase("01-example").tree
        let before = try tree.root.status(Self.config)
        let (status, text) = try Session(tree, "true").end()
        #expect(status == .status(0) && text.contains("not changed"))
        #expect(try tree.root.status(Self.config) == before && !tree.root.exists(Self.copy))
    }

    @Test func aChangeWithErrorsIsEditedAgainAndDiscarded() throws {
        let tree = try HostCase("01-example").tree
        let before = try tree.text(Self.config)
        let session = try Session(tree, "echo 'Imgae=/x' >> \"$1\"")
        var text = try session.terminal.read(until: "keep the file with errors (k)? ")
        #expect(text.contains("\(Self.config):") && text.contains("unknown key 'Imgae'"))
        session.type("x")
        text = try session.terminal.read(until: "keep the file with errors (k)? ")
        session.type("e")
        text = try session.terminal.read(until: "keep the file with errors (k)? ")
        #expect(text.components(separatedBy: "unknown key 'Imgae'").count > 2, "the copy keeps the first change")
        session.type("d")
        let (status, rest) = try session.end()
        #expect(status == .status(1) && rest.contains("change discarded"))
        #expect(try tree.text(Self.config) == before && !tree.root.exists(Self.copy))
    }

    @Test func aChangeWithErrorsCanBeKept() throws {
        let tree = try HostCase("01-example").tree
        let session = try Session(tree, "echo 'Imgae=/x' > \"$1\"")
        _ = try session.terminal.read(until: "keep the file with errors (k)? ")
        session.type("k")
        #expect(try session.end().status == .status(0))
        #expect(try tree.text(Self.config) == "Imgae=/x")
    }

    @Test func aDropInIsCreatedAndCheckedWithTheOtherFiles() throws {
        let tree = try HostCase("01-example").tree
        let (status, text) = try Session(tree, "printf '[Guest]\\nName=guest\\nMemory=2G\\n' > \"$1\"", "50-m.conf")
            .end()
        #expect(status == .status(0), "\(text)")
        #expect(try tree.text("/etc/pvpgen/pvp.conf.d/50-m.conf").hasSuffix("Memory=2G"))
    }

    @Test func anotherProcessKeepsItsChange() throws {
        let tree = try HostCase("01-example").tree
        let other = "echo '# other' > \(tree.path)\(Self.config)"
        let (status, text) = try Session(tree, "printf '\(Self.sound)' > \"$1\"; \(other)").end()
        #expect(status == .status(1) && text.contains("another process has changed the file"))
        #expect(try tree.text(Self.config) == "# other")
        #expect(try tree.text(Self.copy) + "\n" == Self.sound, "what the user wrote is kept")
    }

    @Test("A changed file keeps its owner and mode, and is changed where a link leads")
    func aFileKeepsItsMode() throws {
        let tree = try HostCase("01-example").tree
        let target = "\(tree.path)/etc/target.conf"
        #expect(
            try Command([
                "sh", "-c", "cd $0/etc && mv pvpgen/pvp.conf target.conf && ln -s ../target.conf pvpgen/pvp.conf",
                tree.path,
            ]).run().status == 0)
        #expect(try Command(["sh", "-c", "chown 65534:65533 $0; chmod 600 $0", target]).run().status == 0)
        let script = "stat -c %a \"$1\" > \(tree.path)/mode; printf '\(Self.sound)' > \"$1\""
        #expect(try Session(tree, script).end().status == .status(0))
        #expect(try Command(["stat", "-c", "%a %u %g", target]).run().output == "600 65534 65533\n")
        #expect(try tree.root.link(Self.config) == "../target.conf" && tree.text("/mode") == "600")
        #expect(try tree.text(Self.config) + "\n" == Self.sound)
    }

    @Test("A copy that is a dangling link is not replaced")
    func aDanglingCopyStays() throws {
        let tree = try HostCase("01-example").tree
        try tree.link(Self.copy, "none")
        let (status, text) = try Session(tree, "true").end()
        #expect(status == .status(1) && text.contains("already exists"), "\(text)")
        #expect(try tree.root.link(Self.copy) == "none")
    }

    @Test("A file that another process has created is not replaced")
    func aNewFileIsNotReplaced() throws {
        let tree = try HostCase("01-example").tree
        let file = "/etc/pvpgen/pvp.conf.d/50-m.conf"
        let script = "printf '[Guest]\\nName=guest\\nMemory=2G\\n' > \"$1\"; echo '# other' > \(tree.path)\(file)"
        let (status, text) = try Session(tree, script, "50-m.conf").end()
        #expect(status == .status(1) && text.contains("another process has changed the file"), "\(text)")
        #expect(try tree.text(file) == "# other")
    }

    @Test func aFailedEditorLeavesTheFileAndTheCopy() throws {
        let tree = try HostCase("01-example").tree
        let before = try tree.text(Self.config)
        let (status, text) = try Session(tree, "echo x > \"$1\"; exit 3").end()
        #expect(status == .status(1) && text.contains("exit status 3") && text.contains(Self.copy))
        #expect(try tree.text(Self.config) == before && tree.text(Self.copy) == "x")
        let second = try Session(tree, "true").end()
        #expect(second.status == .status(1) && second.text.contains("already exists"), "the copy is not overwritten")
    }

    @Test func withoutATerminalThereIsNoEditor() throws {
        let host = try HostCase("01-example")
        let result = try Program(name: "pvpgen").run(["edit", "--root=\(host.tree.path)"])
        #expect(result.status == 2 && result.error.contains("standard input is no terminal"))
    }
}
