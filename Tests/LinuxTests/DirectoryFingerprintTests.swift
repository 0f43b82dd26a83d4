import Glibc
import TestSupport
import Testing

@testable import Linux

@Suite struct DirectoryFingerprintTests {
    private func tree() throws -> Tree {
        let tree = try Tree([
            "/source/a/file": "one", "/source/b/file": "two", "/source/.git/x": "", "/source/build/y": "",
        ])
        try tree.link("/source/link", "a")
        return tree
    }

    private func fingerprint(_ tree: Tree) throws -> String {
        try DirectoryFingerprint(of: "/source", in: tree.root) { $0 == "build" || $0.hasSuffix(".git") }.text
    }

    @Test(
        "Each change shows, also one of the same size with the old time",
        arguments: [
            "stat -c %y a/file > ../time && printf new > a/file && touch -d \"$(cat ../time)\" a/file",
            "chmod 700 a/file", "chmod 700 a", "mv a/file a/other", "mkdir a/empty", "rm b/file", "mv b c",
            "ln -sfn b link", "cp a/file ../copy && mv ../copy a/file", "touch a/.gitignore a/build",
        ])
    func changes(_ script: String) throws {
        let tree = try tree()
        let before = try fingerprint(tree)
        // A time of the kernel's coarse clock, of 1 to 10 ms, must pass.
        usleep(20_000)
        #expect(try Command(["sh", "-c", "cd \(tree.path)/source && \(script)"]).run().status == 0)
        #expect(try fingerprint(tree) != before)
    }

    @Test("A read, an excluded directory and a move of the whole change nothing; a link to it is followed")
    func unchanged() throws {
        let tree = try tree()
        let before = try fingerprint(tree)
        let script = "cd \(tree.path)/source && cat a/file && echo x > .git/x && echo y > build/z && rm -r build"
        #expect(try Command(["sh", "-c", script]).run().status == 0)
        #expect(try fingerprint(tree) == before)
        #expect(
            try Command(["sh", "-c", "cd \(tree.path) && mv source other && ln -s other source"]).run().status == 0)
        #expect(try fingerprint(tree) == before)
    }

    @Test("Only what has not changed in the last two seconds is settled")
    func settled() throws {
        let tree = try tree()
        #expect(try !DirectoryFingerprint(of: "/source", in: tree.root) { _ in false }.isSettled)
        sleep(4)
        #expect(try DirectoryFingerprint(of: "/source", in: tree.root) { _ in false }.isSettled)
        #expect(chmod("\(tree.path)/source/a/file", 0o600) == 0)
        #expect(try !DirectoryFingerprint(of: "/source", in: tree.root) { _ in false }.isSettled)
    }

    @Test("A missing directory is an error that names it")
    func missing() throws {
        let tree = try Tree()
        let error = #expect(throws: SystemError.self) {
            try DirectoryFingerprint(of: "/source", in: tree.root) { _ in false }
        }
        #expect(error?.subject == "/source" && error?.code == ENOENT)
    }
}
