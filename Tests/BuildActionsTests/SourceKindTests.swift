import Builds
import Config
import Diagnostics
import Glibc
import JSON
import Linux
import Plan
import TestSupport
import Testing
import Values

@testable import BuildActions

/// `Directory=` and `Git=`.
@Suite("Sources that are no archive") struct SourceKindTests {
    /// A host whose source is a directory.
    private func host(at path: String = "/srv/dpdk") throws -> BuildHost {
        let host = try BuildHost("Directory=\(path)", tools: try Toy.tools())
        for (name, text) in Toy.files { try host.tree.write("\(path)/\(name)", text) }
        return host
    }

    @Test("A directory at another path, with other times, modes and hard links has the same hash")
    func sameHash() throws {
        let one = try host()
        let other = try host(at: "/home/me/work")
        for (host, path) in [(one, "/srv/dpdk"), (other, "/home/me/work")] {
            try host.tree.link("\(path)/app/link", "../VERSION")
            try host.tree.write("\(path)/copy", "same\n")
        }
        let path = other.root.path("/home/me/work")
        let script = """
            cd \(path) && touch -d 2001-01-01 VERSION app && chmod 600 VERSION && chmod 1700 app && \
            mkdir .git build && echo x > .git/x && echo x > build/x && ln copy copy2 && rm copy && mv copy2 copy && \
            ln copy .git/copy && python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("socket")'
            """
        #expect(try Command(["sh", "-c", script]).run().status == 0)
        #expect(try one.hash() == other.hash())
        try other.root.setMode("/home/me/work/VERSION", 0o700)
        #expect(try one.hash() != other.hash())
        try other.root.setMode("/home/me/work/VERSION", 0o644)
        try other.tree.write("/home/me/work/new", "")
        #expect(try one.hash() != other.hash())
    }

    @Test("A hard link and a copy are the same")
    func hardLinks() throws {
        let one = try host()
        let other = try host()
        try one.tree.write("/srv/dpdk/second", Toy.files["VERSION"] ?? "")
        let directory = other.root.path("/srv/dpdk")
        #expect(try Command(["ln", directory + "/VERSION", directory + "/second"]).run().status == 0)
        #expect(try one.hash() == other.hash())
    }

    @Test("A directory is built; its links are those of the copy, and a link out of it is refused")
    func directory() throws {
        let ninja = "test \"$(readlink ../source/app/link)\" = ../VERSION && \(Toy.copy)"
        let host = try BuildHost("Directory=/srv/dpdk", tools: try Toy.tools(ninja: ninja))
        for (name, text) in Toy.files { try host.tree.write("/srv/dpdk/\(name)", text) }
        try host.tree.link("/srv/dpdk/app/link", "../VERSION")
        let result = try host.build()
        #expect(result.status == 0, "\(result.error)")
        #expect(try host.onlyResult().version.description == "24.11.1")
        let before = try host.hash()
        try host.tree.link("/srv/dpdk/app/out", "../../x")
        #expect(try host.hash() != before)
        #expect(try host.build().error.contains("/srv/dpdk: has the link 'app/out' to '../../x', out of its directory"))
    }

    @Test("A directory that changes while it is built is refused at publication")
    func changedDirectory() throws {
        let host = try host()
        #expect(try host.run("compile").status == 0)
        try host.tree.write("/srv/dpdk/VERSION", "25.11.0\n")
        let result = try host.run("publish")
        #expect(result.status == 1 && result.error.contains("its inputs have changed while it was built"))
        host.expectNothing()
        #expect(try host.build().status == 0)
        #expect(try host.onlyResult().name.hasPrefix("dpdk-25.11.0-"))
    }

    @Test("An unchanged directory is not read again, and a changed one is")
    func rememberedHash() throws {
        let host = try host()
        let hash = try host.hash()
        // It has just been written, so the next change may have the same time.
        #expect(((try? host.root.list(BuildPaths.hashes)) ?? []) == [])
        sleep(4)
        #expect(try host.hash() == hash)
        let name = try #require(try host.root.list(BuildPaths.hashes).first)
        let memory = "\(BuildPaths.hashes)/\(name)"
        let fingerprint = try #require(try host.root.text(memory).split(separator: " ").first)
        try host.tree.write(memory, "\(fingerprint) \(String(repeating: "a", count: 64))\n")
        #expect(try host.hash() != hash)
        try host.tree.write("/srv/dpdk/VERSION", Toy.files["VERSION"] ?? "")
        #expect(try host.hash() == hash)
        for content in ["", "x", "\(fingerprint)", "\(fingerprint) "] {
            try host.tree.write(memory, content)
            #expect(try host.hash() == hash)
        }
    }

    @Test("A file that another user cannot read is named", .enabled(if: geteuid() == 0))
    func unreadable() throws {
        let host = try host()
        try host.root.setMode("/srv/dpdk/VERSION", 0o600)
        try host.root.makeDirectory(BuildPaths.cache)
        let script = """
            chmod 755 \(host.tree.path) && chown -R 65534:65534 \(host.root.path("/var")) && exec setpriv \
            --reuid=65534 --regid=65534 --clear-groups env HOME=/ \(try Program.path("pvp-build")) compile dpdk-a \
            --root=\(host.tree.path)
            """
        let result = try Command(["sh", "-c", script]).run()
        #expect(result.status == 1)
        #expect(
            result.output.contains("Directory=/srv/dpdk: cannot be read: \(host.root.path("/srv/dpdk/VERSION"))")
                && result.output.contains("make the directory and its files readable by all"), "\(result.output)")
        try host.configure("Directory=/srv/none")
        #expect(try host.build().error.contains("Directory=/srv/none: cannot be read: find: "))
    }

    /// A repository and its only commit.
    private func repository() throws -> (tree: Tree, commit: String) {
        let tree = try Toy.project(in: "repository")
        let script = """
            cd \(tree.path)/repository && git init --quiet && git add . && git -c user.name=a -c user.email=a@b commit \
            --quiet --message=a && git rev-parse HEAD
            """
        let result = try Command(["env", "GIT_CONFIG_GLOBAL=/dev/null", "sh", "-c", script]).run()
        try #require(result.status == 0, "\(result.output)")
        return (tree, String(result.output.split(separator: "\n").last ?? ""))
    }

    @Test("A commit is built, also from a repository of another user, and an unknown one is refused")
    func git() throws {
        let (tree, commit) = try repository()
        let url = "\(tree.path)/repository"
        if geteuid() == 0 { #expect(try Command(["chown", "-R", "65534", url]).run().status == 0) }
        let host = try BuildHost("Git=\(url)\nRevision=\(commit)", tools: try Toy.tools())
        let result = try host.build()
        #expect(result.status == 0, "\(result.error)")
        let built = try host.onlyResult()
        #expect(BuildStore(host.root).record(of: built)?.inputs.source == "git:\(commit)")
        // What is fetched is not fetched again.
        #expect(try Command(["mv", url, url + ".away"]).run().status == 0)
        #expect(try host.build().status == 0)
        #expect(try Command(["mv", url + ".away", url]).run().status == 0)
        try host.configure("Git=\(url)\nRevision=" + String(repeating: "a", count: 40))
        let unknown = try host.build()
        #expect(unknown.status == 1 && unknown.error.contains("aaaa"), "\(unknown.error)")
        #expect(unknown.error.contains("Revision= in [Build]") || unknown.error.contains("has no commit"))
        try host.configure("Git=\(url).none\nRevision=\(commit)")
        #expect(try host.build().error.contains("\(url).none: git: fatal: "))
    }
}
