package import Diagnostics
package import Downloads
package import Linux
package import Plan
import Values

/// The source of a build on this host: the first phase, and the only one with a network.
package struct SourceFetch {
    let build: BuildPlan
    let root: Root
    let reporter: Reporter

    package init(_ build: BuildPlan, in root: Root, reporter: Reporter) {
        self.build = build
        self.root = root
        self.reporter = reporter
    }

    /// Where the source of a build is, or will be: an archive, or a repository of `Git=`.
    static func place(_ source: BuildPlan.Source) -> String {
        switch source {
        case .url(_, let checksum): "\(BuildPaths.sources)/\(checksum.sum)"
        case .file(let path, _), .directory(let path): path
        case .git(let url, _): "\(BuildPaths.sources)/git-\(SHA256.hexadecimal(Array(url.utf8)).prefix(16))"
        }
    }

    /// Fetches what is missing. An archive has its checksum as its name, and was verified before it
    /// got it. Throws what ``Download`` throws, `build-checksum` and `build-source`.
    package func fetch() throws(Problem) {
        do throws(SystemError) {
            try root.makeDirectory(BuildPaths.sources)
            if case .git = build.source {
                try root.replace(GitRepository.configuration, with: Array(GitRepository.settings.utf8))
            }
        } catch {
            throw error.buildProblem(in: BuildPaths.cache, remedy: "run 'pvpgen build', which creates it")
        }
        switch build.source {
        case .url(let url, let checksum):
            let file = Self.place(build.source)
            let lock = try lock(file)
            defer { withExtendedLifetime(lock) {} }
            if root.exists(file) { return }
            let download = Download(url: url, file: file, root: root, reporter: reporter, subject: .source)
            try download.fetch()
            try download.verify(checksum)
            try download.finish()
            reporter.done("\(url.withoutCredentials): fetched, the checksum is right")
        case .git(let url, let revision): try fetch(revision, from: url)
        case .file, .directory: return
        }
    }

    private func lock(_ file: String) throws(Problem) -> FileLock {
        do throws(SystemError) {
            return try FileLock(file + ".lock", in: root, temporary: true) {
                reporter.status("Waiting for another build, which fetches the same source")
            }
        } catch {
            throw error.problem(.buildState, remedy: "run 'pvpgen build', which creates its directory")
        }
    }

    /// One commit is enough where the server allows to ask for it; otherwise the whole history is
    /// fetched.
    private func fetch(_ revision: String, from url: String) throws(Problem) {
        let repository = Self.place(build.source)
        let lock = try lock(repository)
        defer { withExtendedLifetime(lock) {} }
        func git(_ arguments: [String]) throws(Problem) -> Command.Result {
            try Command(GitRepository.command(in: repository, root) + arguments).run {
                reporter.status("Fetching \(url.withoutCredentials)")
            }
        }
        if try git(["cat-file", "-e", "\(revision)^{commit}"]).status == 0 { return }
        let created = try git(["init", "--quiet", "--bare"])
        guard created.status == 0 else { throw refused(url, created) }
        // git does not pass safe.directory= on to its process in a repository of another user on
        // this host.
        let local = url.hasPrefix("/") ? ["--upload-pack=git -c 'safe.directory=*' upload-pack"] : []
        let fetch = ["fetch", "--quiet", "--no-tags"] + local
        let single = try git(fetch + ["--depth=1", "--end-of-options", url, revision])
        if single.status != 0 {
            let whole = try git(fetch + ["--end-of-options", url, "+refs/*:refs/*"])
            guard whole.status == 0 else { throw refused(url, whole) }
        }
        guard try git(["cat-file", "-e", "\(revision)^{commit}"]).status == 0 else {
            throw Problem(
                .buildSource, "\(url.withoutCredentials): has no commit \(revision)",
                remedy: "correct Revision= in [Build]")
        }
        reporter.done("\(url.withoutCredentials): fetched commit \(revision)")
    }

    private func refused(_ url: String, _ result: Command.Result) -> Problem {
        if let full = root.fullDisk(BuildPaths.cache) { return full }
        return Problem(
            .buildSource, "\(url.withoutCredentials): git: \(result.firstLine.withoutCredentials)",
            remedy: "correct Git= in [Build], or check the connection to the server")
    }
}

/// A repository whose hooks and configuration of users and hosts play no part.
enum GitRepository {
    static let configuration = "\(BuildPaths.sources)/gitconfig"
    /// In a file, because what is given with -c does not reach the process that serves a repository
    /// of this host, which may belong to another user (git-config(1), safe.directory).
    static let settings = """
        [core]
        \thooksPath = /dev/null
        [protocol "ext"]
        \tallow = never
        [safe]
        \tdirectory = *

        """

    static func command(in directory: String, _ root: Root) -> [String] {
        [
            "env", "LC_ALL=C", "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=\(root.path(configuration))",
            "GIT_TERMINAL_PROMPT=0", "git", "--git-dir=\(root.path(directory))",
        ]
    }
}

extension DownloadSubject {
    /// The archive of a build.
    static let source = DownloadSubject(
        setting: "URL= in [Build]", checksumSetting: "Checksum= in [Build]", content: "an archive", mode: 0o644)
}
