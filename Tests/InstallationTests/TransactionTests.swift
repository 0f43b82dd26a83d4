import Diagnostics
import Installation
import Linux
import TestSupport
import Testing

@Suite struct TransactionTests {
    static let failure = Problem(.commandFailed, "no", remedy: "")

    /// Everything in a tree that is a file, by name.
    private func files(_ tree: Tree, _ directory: String = "") -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for name in (try? tree.root.list("\(directory)/")) ?? [] {
            let path = "\(directory)/\(name)"
            if (try? tree.root.list(path)) != nil {
                files[path] = []
                files.merge(self.files(tree, path)) { $1 }
            } else {
                files[path] = try? tree.root.bytes(path)
            }
        }
        return files
    }

    private func transaction(_ tree: Tree) throws -> Transaction {
        Transaction(
            [
                FileChange("/etc/new/deep/file", from: nil, to: [1]),
                FileChange("/etc/changed", from: try tree.root.bytes("/etc/changed"), to: [2]),
                FileChange("/etc/gone", from: try tree.root.bytes("/etc/gone"), to: nil),
            ], commands: [Command(["first"]), Command(["second"])])
    }

    private func tree() throws -> Tree {
        let tree = try Tree(["/etc/changed": "before\n", "/etc/gone": "there\n"])
        try tree.root.setMode("/etc/changed", 0o640)
        return tree
    }

    @Test func allOfIt() throws {
        let tree = try tree()
        var commands: [String] = []
        try transaction(tree).run(in: tree.root) { command throws(Problem) in
            // Only when all files are in place.
            if !tree.root.exists("/etc/gone"), tree.root.exists("/etc/new/deep/file") { commands += command.arguments }
        }
        #expect(commands == ["first", "second"])
        #expect(try tree.root.bytes("/etc/new/deep/file") == [1] && tree.root.bytes("/etc/changed") == [2])
        #expect(
            !tree.root.exists("/etc/gone") && tree.root.exists("/var/lib/pvpgen")
                && !tree.root.exists("/var/lib/pvpgen/transaction"))
        #expect(try tree.root.status("/etc/changed").mode == 0o640)
    }

    /// As `/etc/sysconfig/grub` leads to `/etc/default/grub`.
    @Test func aLinkStaysALink() throws {
        let tree = try Tree(["/etc/deep/real": "before\n"])
        try tree.link("/etc/link", "deep/real")
        try tree.link("/etc/second", "link")
        let change = FileChange("/etc/second", from: Array("before\n".utf8), to: [1])
        try Transaction([change]).run(in: tree.root) { _ throws(Problem) in }
        #expect(try tree.root.bytes("/etc/deep/real") == [1] && tree.root.link("/etc/second") == "link")
        #expect(try tree.root.list("/etc/deep") == ["real"] && tree.root.link("/etc/link") == "deep/real")
        // Something that was changed after the plan was made is not replaced.
        #expect { try Transaction([change]).run(in: tree.root) { _ throws(Problem) in } } throws: {
            ($0 as? Problem)?.code == .fileChanging
        }
        #expect(try tree.root.bytes("/etc/deep/real") == [1])
    }

    @Test func orNothing() throws {
        let tree = try tree()
        let before = files(tree)
        var commands: [String] = []
        #expect(throws: Self.failure) {
            try transaction(tree).run(in: tree.root) { command throws(Problem) in
                commands += command.arguments
                if command.arguments == ["second"] { throw Self.failure }
            }
        }
        // The one that went through sees the files as they were.
        #expect(commands == ["first", "second", "first"])
        #expect(files(tree) == before)
    }

    @Test func aFileThatCannotBeWrittenTakesAllBack() throws {
        let tree = try tree()
        let before = files(tree)
        var blocked = try transaction(tree)
        blocked.changes.append(FileChange("/etc/changed/no-directory", from: nil, to: [3]))
        #expect(throws: Problem.self) {
            try blocked.run(in: tree.root) { command throws(Problem) in Issue.record("\(command)") }
        }
        #expect(files(tree) == before)
    }

    /// A process that is killed in the last command: the files exist, and the journal.
    @Test func oneThatWasCutShortIsTakenBack() throws {
        let tree = try tree()
        let before = files(tree)
        try transaction(tree).run(in: tree.root) { command throws(Problem) in
            guard command.arguments == ["second"] else { return }
            // Saved here, and restored when run() has ended.
            _ = try? Command(["cp", "-a", "\(tree.path)/var/lib/pvpgen/transaction", "\(tree.path)/copy"]).run()
        }
        _ = try Command(["mv", "\(tree.path)/copy", "\(tree.path)/var/lib/pvpgen/transaction"]).run()
        #expect(Transaction.isOpen(in: tree.root))
        let late = Transaction([FileChange("/etc/late", from: nil, to: [4])])
        #expect(throws: Problem.self) { try late.run(in: tree.root) { _ throws(Problem) in } }
        try tree.write("/etc/gone", "somebody has made it since\n")
        var commands: [String] = []
        let paths = try Transaction.recover(in: tree.root) { command throws(Problem) in commands += command.arguments }
        #expect(commands == ["first", "second"] && paths == ["/etc/new/deep/file", "/etc/changed"])
        try tree.write("/etc/gone", "there\n")
        #expect(files(tree) == before)
        #expect(try Transaction.recover(in: tree.root) { command throws(Problem) in Issue.record("\(command)") } == [])
    }

    @Test("A file that becomes unreadable between plan and transaction is not replaced")
    func unreadable() throws {
        let tree = try Tree()
        try tree.link("/etc/changed", "changed")
        // As planned when it was missing.
        let transaction = Transaction([
            FileChange("/etc/other", from: nil, to: [1]), FileChange("/etc/changed", from: nil, to: [2]),
        ])
        #expect { try transaction.run(in: tree.root) { _ throws(Problem) in } } throws: {
            ($0 as? Problem)?.code == .fileUnreadable
        }
        #expect(try tree.root.list("/etc") == ["changed"] && tree.root.list("/") == ["etc"])
    }

    /// Killed between the write of a file and its move to its name.
    @Test("The file in the making beside a link's target is removed by a recovery")
    func temporaryBesideATarget() throws {
        let tree = try Tree(["/etc/deep/real": "before\n"])
        try tree.link("/etc/link", "deep/real")
        try Transaction([FileChange("/etc/link", from: Array("before\n".utf8), to: [1])], commands: [Command(["a"])])
            .run(in: tree.root) {
                _ throws(Problem) in
                _ = try? Command(["cp", "-a", "\(tree.path)/var/lib/pvpgen/transaction", "\(tree.path)/copy"]).run()
            }
        _ = try Command(["mv", "\(tree.path)/copy", "\(tree.path)/var/lib/pvpgen/transaction"]).run()
        try tree.write("/etc/deep/real", "before\n")
        try tree.write("/etc/deep/real.pvpgen-new", "half")
        #expect(try Transaction.recover(in: tree.root) { _ throws(Problem) in } == [])
        #expect(try tree.root.list("/etc/deep") == ["real"] && tree.root.list("/etc") == ["deep", "link"])
    }

    /// The lock would be another one for the next process if it were in what goes.
    @Test("The lock outlives what an uninstall removes, and leaves nothing")
    func lock() throws {
        let tree = try Tree(["/var/lib/pvpgen/manifest.json": ""])
        let lock = try Transaction.lock(in: tree.root)
        try tree.root.removeTree("/var")
        try tree.directory("/var/lib/pvpgen")
        #expect(try Command(["flock", "--nonblock", tree.path, "true"]).run().status == 1)
        #expect(try tree.root.list("/") == ["var"] && tree.root.list("/var/lib/pvpgen") == [])
        withExtendedLifetime(lock) {}
    }

    @Test func aJournalThatIsNoneIsAnError() throws {
        let tree = try Tree(["/var/lib/pvpgen/transaction/journal.json": "{"])
        #expect { try Transaction.recover(in: tree.root) { _ throws(Problem) in } } throws: {
            ($0 as? Problem)?.code == .journalBroken
        }
    }
}
