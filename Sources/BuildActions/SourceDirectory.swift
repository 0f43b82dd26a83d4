import Diagnostics
import Linux
import Values

/// A source tree on this host as an archive that depends on names, content and permission to
/// execute alone.
struct SourceDirectory {
    let path: String
    let root: Root

    init(_ path: String, in root: Root) {
        self.path = path
        self.root = root
    }

    /// tar(1) that writes to standard output, or a file.
    private func command(to file: String) -> Command {
        Command([
            "env", "LC_ALL=C", "tar", "--create", "--file=\(file)", "--directory=\(root.path(path))", "--sort=name",
            "--format=gnu", "--mtime=@0", "--owner=0", "--group=0", "--numeric-owner", "--mode=u+rw,go=rX,a-st",
            // A copy need not have the hard links of the tree that it was copied from.
            "--hard-dereference",
            // What tar prints would be a part of the hash.
            "--warning=none", "--exclude-vcs", "--exclude=./build",
            // Names alone (S), not what links refer to.
            "--transform=s,^\\.,source,S", ".",
        ])
    }

    /// The SHA-256 of the archive. While the inodes of the directory stay the same, it is that of
    /// the last time. Throws `build-source`.
    func hash() throws(Problem) -> String {
        // A directory that cannot be read is an error of tar.
        let fingerprint = try? DirectoryFingerprint(of: path, in: root) { name in
            name == "build" || name == ".git" || name.hasSuffix("/.git")
        }
        if let fingerprint, let hash = rememberedHash(for: fingerprint) { return hash }
        let hash = try archiveHash()
        if let fingerprint, fingerprint.isSettled {
            // Who cannot write it reads the directory again next time.
            try? root.replace(memory, with: Array("\(fingerprint.text) \(hash)\n".utf8))
        }
        return hash
    }

    /// The file with the last hash, which no build can write to. Another command has another file.
    private var memory: String {
        let command = command(to: "-").arguments.joined(separator: "\0")
        return "\(BuildPaths.hashes)/\(SHA256.hexadecimal(Array(command.utf8)).prefix(16))"
    }

    private func rememberedHash(for fingerprint: DirectoryFingerprint) -> String? {
        let words = (try? root.text(memory))?.split(separator: " ") ?? []
        return words.count == 2 && words[0] == fingerprint.text ? String(words[1]) : nil
    }

    private func archiveHash() throws(Problem) -> String {
        var status: Int32 = 0
        let hash = try SHA256.hexadecimal(ofPieces: { update throws(Problem) in
            status = try command(to: "-").run(receive: { piece in piece.withUnsafeBytes(update) })
        })
        if status != 0 { throw try failure(status) }
        return hash
    }

    /// Writes the archive, which has this hash, to a file. Throws `build-source`, `disk-full`.
    func archive(to file: String, expecting hash: String) throws(Problem) {
        let result = try command(to: root.path(file)).run()
        if result.status != 0 {
            if let full = root.fullDisk(BuildPaths.cache) { throw full }
            throw try failure(result.status)
        }
        guard (try? root.sha256(file)) == hash else { throw changed }
    }

    private var changed: Problem {
        Problem(
            .buildSource, "Directory=\(path): changed while it was read",
            remedy: "run 'pvpgen build' again when nothing writes there")
    }

    /// What tar printed is among the bytes of the archive, so the file is looked for.
    private func failure(_ status: Int32) throws(Problem) -> Problem {
        let command = [
            "env", "LC_ALL=C", "find", root.path(path), "!", "-type", "l", "!", "-readable", "-print", "-quit",
        ]
        let found = try Command(command).run()
        guard found.status != 0 || !found.output.isEmpty else {
            // tar(1), RETURN VALUE.
            return status == 1
                ? changed
                : Problem(
                    .buildSource, "Directory=\(path): tar ended with \(status)", remedy: "correct Directory= in [Build]"
                )
        }
        return Problem(
            .buildSource, "Directory=\(path): cannot be read: \(found.firstLine)",
            remedy: "make the directory and its files readable by all, or correct Directory= in [Build]")
    }
}
