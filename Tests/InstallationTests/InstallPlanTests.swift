import BootLoader
import Diagnostics
import Foundation
import Installation
import Linux
import TestSupport
import Testing

/// What happens to the files of a boot loader over several installs, while others change them.
@Suite struct InstallPlanTests {
    static let entry = "/boot/loader/entries/id-6.1.conf"
    static let newer = "/boot/loader/entries/id-6.2.conf"

    private func machine(_ options: String = "root=x ro quiet") throws -> Tree {
        try Tree([
            "/boot/grub2/grub.cfg": "", "/etc/default/grub": "GRUB_CMDLINE_LINUX=\"quiet\"\n",
            "/etc/kernel/cmdline": "\(options)\n",
            Self.entry: "linux /v\noptions \(options)\n",
        ])
    }

    private func install(_ arguments: [String], _ tree: Tree) throws {
        var plan = InstallPlan(on: tree.root, after: try Manifest.read(from: tree.root), force: false)
        plan.manifest.bootLoader = BootLoader.grubBLS.rawValue
        plan.manifest.arguments = arguments
        for file in try BootLoader.grubBLS.steps(arguments, in: tree.root).shared { try plan.share(file, arguments) }
        try finish(&plan, tree)
    }

    private func uninstall(_ tree: Tree) throws {
        var plan = InstallPlan(on: tree.root, after: try Manifest.read(from: tree.root), force: false)
        plan.manifest.arguments = []
        try finish(&plan, tree, entries: BootLoader.grubBLS.steps([], in: tree.root).shared)
    }

    private func finish(_ plan: inout InstallPlan, _ tree: Tree, entries: [BootSteps.Shared] = []) throws {
        try plan.removeObsolete(entries: entries)
        try plan.finish()
        try Transaction(plan.changes).run(in: tree.root) { _ throws(Problem) in }
    }

    private func options(_ path: String, _ tree: Tree) throws -> String {
        SharedFormat.entry.words(in: try tree.root.bytes(path)).joined(separator: " ")
    }

    @Test func anotherPlanReplacesOnlyWhatIsOurs() throws {
        let tree = try machine()
        try install(["a=1", "b"], tree)
        #expect(try options(Self.entry, tree) == "root=x ro quiet a=1 b")
        try tree.write(Self.entry, "linux /v\noptions root=x ro quiet a=1 b late\n")
        try install(["a=2", "b"], tree)
        #expect(try options(Self.entry, tree) == "root=x ro quiet late a=2 b")
        #expect(try tree.text("/etc/default/grub") == "GRUB_CMDLINE_LINUX=\"quiet a=2 b\"")
        try uninstall(tree)
        #expect(
            try options(Self.entry, tree) == "root=x ro quiet late"
                && tree.text("/etc/kernel/cmdline") == "root=x ro quiet")
        #expect(!tree.root.exists(Manifest.path))
    }

    @Test(
        "A boot file that cannot be read stops the install, and nothing is written",
        arguments: ["directory", "loop", "fifo"])
    func unreadableFiles(_ kind: String) throws {
        for path in ["/etc/default/grub", "/etc/kernel/cmdline", Self.entry, Self.newer, Manifest.path] {
            let tree = try machine()
            try tree.root.removeTree(path)
            try tree.directory(Root.parent(path))
            switch kind {
            case "directory": try tree.directory(path)
            case "loop": try tree.link(path, String(path.split(separator: "/").last ?? ""))
            default: #expect(try Command(["mkfifo", tree.path + path]).run().status == 0)
            }
            let before = try files(tree)
            #expect("\(kind) in the place of \(path)") { try install(["a=1"], tree) } throws: { error in
                let problem = error as? Problem
                return [.fileUnreadable, .manifestBroken].contains(problem?.code)
                    && problem?.message.hasPrefix(path + ": ") == true
            }
            #expect(try files(tree) == before, "\(kind) in the place of \(path)")
        }
    }

    @Test("A file of an earlier install that cannot be read stops the uninstall, and nothing is written")
    func unreadableWhenTakenBack() throws {
        let tree = try machine()
        try install(["a=1"], tree)
        try tree.root.remove(Self.entry)
        try tree.link(Self.entry, "id-6.1.conf")
        let before = try files(tree)
        #expect { try uninstall(tree) } throws: { ($0 as? Problem)?.code == .fileUnreadable }
        #expect(try files(tree) == before)
    }

    /// Names and contents, as find(1) and tar(1) see them.
    private func files(_ tree: Tree) throws -> String {
        try Command(["tar", "--sort=name", "-cf", "-", "-C", tree.path, "."]).run().output
    }

    @Test(arguments: [nil, "", "theirs\n", "theirs", "b\ntheirs\n"]) func linesOfOursGoWithoutATrace(_ text: String?)
        throws
    {
        let path = "/etc/local"
        let tree = try Tree(text.map { [path: $0] } ?? [:])
        func share(_ lines: [String]) throws {
            var plan = InstallPlan(on: tree.root, after: try Manifest.read(from: tree.root), force: false)
            if !lines.isEmpty { try plan.share(path, lines: lines) }
            try finish(&plan, tree)
            #expect(!plan.isForBootLoader)
        }
        func lines() throws -> [String] {
            try String(decoding: tree.root.bytes(path), as: UTF8.self).split(separator: "\n").map(String.init)
        }
        let theirs = (text ?? "").split(separator: "\n").map(String.init)
        try share(["a", "b"])
        #expect(try lines() == theirs + ["a", "b"].filter { !theirs.contains($0) })
        let once = try tree.root.bytes(path)
        try share(["a", "b"])
        #expect(try tree.root.bytes(path) == once)
        try share(["a", "c"])
        #expect(try lines() == theirs + ["a", "c"])
        try share([])
        #expect((try? lines()) == (text == nil ? nil : theirs))
        #expect(!tree.root.exists(Manifest.path))
    }

    @Test func whatStandsBehindOursIsNotOvertaken() throws {
        let tree = try machine()
        try install(["a=1", "b"], tree)
        try tree.write(Self.entry, "linux /v\noptions root=x ro quiet a=1 b late\n")
        try install(["a=1", "b"], tree)
        #expect(try options(Self.entry, tree) == "root=x ro quiet a=1 b late")
    }

    /// An argument that another owner added stays, in each file for itself, over any number of
    /// installs.
    @Test func anArgumentOfAnotherIsNotOurs() throws {
        let tree = try machine("root=x a=1")
        try tree.write("/etc/kernel/cmdline", "root=x\n")
        for _ in 0..<3 { try install(["a=1", "b"], tree) }
        #expect(try options(Self.entry, tree) == "root=x a=1 b" && tree.text("/etc/kernel/cmdline") == "root=x a=1 b")
        try uninstall(tree)
        #expect(try options(Self.entry, tree) == "root=x a=1" && tree.text("/etc/kernel/cmdline") == "root=x")
    }

    /// kernel-install has made an entry from `/etc/kernel/cmdline`, ours in it; and one kernel is
    /// gone.
    @Test func aKernelThatCameSinceLosesThemToo() throws {
        let tree = try machine()
        try install(["a=1", "b"], tree)
        try tree.write(Self.newer, "linux /v\noptions \(try tree.text("/etc/kernel/cmdline"))\n")
        try tree.root.remove(Self.entry)
        let manifest = try Manifest.read(from: tree.root)
        try uninstall(tree)
        #expect(try options(Self.newer, tree) == "root=x ro quiet" && !tree.root.exists(Self.entry))
        // The same after an install in between.
        try tree.write(Manifest.path, try #require(manifest).text)
        try tree.write(Self.newer, "linux /v\noptions root=x ro quiet a=1 b\n")
        try tree.write("/etc/kernel/cmdline", "root=x ro quiet a=1 b\n")
        try install(["a=1", "c"], tree)
        #expect(try options(Self.newer, tree) == "root=x ro quiet a=1 c")
        try uninstall(tree)
        #expect(try options(Self.newer, tree) == "root=x ro quiet")
    }

    /// `/etc/kernel/cmdline`, which we created, has another owner once there is more in it.
    @Test func aCreatedFileIsRemovedUnlessAnotherProcessUsesIt() throws {
        for isUsed in [false, true] {
            let tree = try machine()
            try tree.root.remove("/etc/kernel/cmdline")
            try tree.write("/usr/lib/modules/6.1/vmlinuz", "")
            try install(["a=1"], tree)
            #expect(try tree.text("/etc/kernel/cmdline") == "root=x ro quiet a=1")
            if isUsed { try tree.write("/etc/kernel/cmdline", "root=x ro quiet a=1 more\n") }
            try install(["a=2"], tree)
            try uninstall(tree)
            #expect(tree.root.exists("/etc/kernel/cmdline") == isUsed)
            if isUsed { #expect(try tree.text("/etc/kernel/cmdline") == "root=x ro quiet more") }
        }
    }

    @Test func whatWasPutAsideIsNotReplaced() throws {
        let tree = try Tree(["/etc/x": "theirs\n", "/etc/x.pvpgen-save": "older\n"])
        var plan = InstallPlan(on: tree.root, after: nil, force: true)
        #expect { try plan.own("/etc/x", [1], isForBootLoader: true) } throws: { ($0 as? Problem)?.code == .fileSaved }
    }

    @Test func aManifestIsReadAsItWasWritten() throws {
        let tree = try machine()
        try install(["a=1", "b"], tree)
        let manifest = try #require(try Manifest.read(from: tree.root))
        #expect(manifest.arguments == ["a=1", "b"] && manifest.directories == ["/var", "/var/lib", "/var/lib/pvpgen"])
        #expect(try manifest.text == String(decoding: tree.root.bytes(Manifest.path), as: UTF8.self))
        for broken in ["", "{}", "{\"version\": 2}", "[1"] {
            try tree.write(Manifest.path, broken)
            #expect { try Manifest.read(from: tree.root) } throws: { ($0 as? Problem)?.code == .manifestBroken }
        }
    }
}
