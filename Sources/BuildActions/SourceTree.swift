import Builds
import Config
import Diagnostics
import Downloads
import Linux
import Plan
import Values

/// The source of a build, unpacked and with its changes.
struct SourceTree {
    let build: BuildPlan
    let inputs: BuildInputs
    let paths: BuildPaths
    let root: Root
    let reporter: Reporter

    /// Unpacks the source and applies the changes; returns the release that it is. Throws
    /// `build-source`, `build-checksum`, `build-patch` and `build-version`.
    func prepare() throws(Problem) -> ReleaseNumber {
        reporter.status("Unpacking the source")
        try unpack(try archive())
        try checkLinks(in: paths.source)
        for (number, patch) in build.patches.enumerated() {
            reporter.status("Applying \(patch) (\(number + 1) of \(build.patches.count))")
            try apply(patch)
        }
        // A patch may create a link.
        if !build.patches.isEmpty { try checkLinks(in: paths.source) }
        return try version()
    }

    /// Returns an archive of the source, whose content is what the inputs say.
    private func archive() throws(Problem) -> String {
        let place = SourceFetch.place(build.source)
        switch build.source {
        case .url(let url, let checksum):
            // The programs of every build can write to it.
            if (try? root.checksum(of: place, by: checksum.algorithm)) == checksum { return place }
            guard root.exists(place) else {
                throw Problem(
                    .buildSource, "\(url.withoutCredentials): not fetched",
                    remedy: "run 'pvpgen build --fetch \(build.name)'")
            }
            try? root.remove(place)
            throw Problem(
                .buildChecksum, "\(url.withoutCredentials): the fetched file has changed and was removed",
                remedy: "run 'pvpgen build \(build.name)' again, which fetches it")
        case .file(let path, let checksum):
            let found: Checksum
            do throws(SystemError) {
                found = try root.checksum(of: path, by: checksum.algorithm)
            } catch {
                throw error.problem(.buildSource, remedy: "make the file readable by all, or correct File= in [Build]")
            }
            if found == checksum { return path }
            throw Problem(
                .buildChecksum, "\(path): expected \(checksum), got \(found)",
                remedy: "correct Checksum= in [Build], or put the right file there")
        case .directory(let path):
            try SourceDirectory(path, in: root).archive(
                to: paths.archive, expecting: String(inputs.source.dropFirst("tree:".count)))
        case .git(_, let revision):
            let result = try Command(
                GitRepository.command(in: place, root) + [
                    "archive", "--format=tar", "--prefix=source/", "--output=\(root.path(paths.archive))", revision,
                ]
            ).run()
            guard result.status == 0 else {
                if let full = root.fullDisk(BuildPaths.cache) { throw full }
                throw Problem(
                    .buildSource, "git archive: \(result.firstLine)", remedy: "run 'pvpgen build --fetch'")
            }
        }
        return paths.archive
    }

    /// tar(1) itself keeps what it unpacks within the directory; names that lead out of it are
    /// refused, because what they are for is unknown.
    private func unpack(_ archive: String) throws(Problem) {
        let file = root.path(archive)
        let listing = try run(
            // A warning is no name.
            ["tar", "--list", "--warning=none", "--quoting-style=escape", "--file=\(file)"], archive)
        do throws(ArchiveListing.Mistake) {
            _ = try ArchiveListing(listing)
        } catch {
            switch error {
            case .escape(let name):
                throw refused(archive, "has '\(name)', which leads out of the directory that it is unpacked in")
            case .directories(let names):
                throw refused(
                    archive,
                    "expected one directory with the source, got "
                        + (names.isEmpty ? "nothing" : names.joined(separator: ", ")))
            }
        }
        do throws(SystemError) {
            try root.makeDirectory(paths.unpacked)
        } catch {
            throw error.buildProblem(in: BuildPaths.cache, remedy: "make \(BuildPaths.cache) writable")
        }
        _ = try run(
            [
                "tar", "--extract", "--file=\(file)", "--directory=\(root.path(paths.unpacked))",
                "--no-same-owner", "--no-same-permissions", "--delay-directory-restore",
            ], archive)
        // tar's --strip-components counts the "." that some archives have before each name.
        do throws(SystemError) {
            guard let top = try root.list(paths.unpacked).first else { return }
            try root.publish("\(paths.unpacked)/\(top)", as: paths.source)
        } catch {
            throw error.buildProblem(in: BuildPaths.cache, remedy: "make \(BuildPaths.cache) writable")
        }
    }

    /// Refuses a link that leads out of the source: the compiler would read a file of the host.
    private func checkLinks(in directory: String) throws(Problem) {
        let result = try Command([
            "env", "LC_ALL=C", "find", root.path(directory), "-type", "l", "-printf", "%P\\0%l\\0",
        ]).run()
        // A name may have any other character.
        let parts = result.output.split(separator: "\0", omittingEmptySubsequences: false).map(String.init)
        for index in stride(from: 0, to: parts.count - 1, by: 2)
        where SourceLink.leaves(from: parts[index], to: parts[index + 1]) {
            throw refused(
                SourceFetch.place(build.source),
                "has the link '\(parts[index])' to '\(parts[index + 1])', out of its directory")
        }
    }

    private func apply(_ patch: String) throws(Problem) {
        let result = try Command([
            "env", "LC_ALL=C", "patch", "--strip=1", "--forward", "--batch", "--no-backup-if-mismatch",
            "--reject-file=-", "--directory=\(root.path(paths.source))", "--input=\(root.path(patch))",
        ]).run()
        let failure = PatchOutput.failure(in: result.output)
        guard result.status != 0 || failure != nil else { return }
        if let full = root.fullDisk(BuildPaths.cache) { throw full }
        throw Problem(
            .buildPatch, "\(patch): does not apply: \(failure ?? result.firstLine)",
            remedy: "correct the file, or Patch= in [Build]; the source is in \(paths.source)")
    }

    private func version() throws(Problem) -> ReleaseNumber {
        let marker = build.project == .dpdk ? "app/test-pmd/meson.build" : "configure"
        let text = (try? root.text("\(paths.source)/VERSION")) ?? ""
        guard let version = ReleaseNumber(String(text.prefix { !$0.isWhitespace })),
            root.exists("\(paths.source)/\(marker)")
        else {
            throw refused(
                SourceFetch.place(build.source),
                "expected the source of \(build.project.rawValue), found no VERSION or no \(marker)")
        }
        if build.project == .dpdk, !version.isAtLeast(20, 11) {
            throw Problem(
                .buildVersion, "build \(build.name): expected DPDK 20.11 or newer, got \(version)",
                remedy: "build a newer release")
        }
        return version
    }

    private func run(_ arguments: [String], _ archive: String) throws(Problem) -> String {
        let result = try Command(["env", "LC_ALL=C"] + arguments).run()
        if result.status == 0 { return result.output }
        if let full = root.fullDisk(BuildPaths.cache) { throw full }
        throw refused(archive, "tar ended with \(result.status): \(ArchiveOutput.failure(in: result.output))")
    }

    private func refused(_ archive: String, _ reason: String) -> Problem {
        Problem(.buildSource, "\(archive): \(reason)", remedy: "correct the source in [Build]")
    }
}

extension Root {
    /// A problem if nothing can be written to the file system of a directory any more.
    func fullDisk(_ directory: String) -> Problem? {
        guard let free = try? free(directory), free < 4 << 20 else { return nil }
        return Problem(
            .diskFull, "\(directory): no space left on its file system",
            remedy: "free space there ('pvpgen build --dry-run' prints how much a build needs)")
    }
}

extension SystemError {
    /// The problem with the files of builds: a full disk, or `build-state` with this remedy.
    func buildProblem(in directory: String, remedy: String) -> Problem {
        guard isFull else { return problem(.buildState, remedy: remedy) }
        return Problem(
            .diskFull, "\(subject): \(call): \(reason)",
            remedy: "free space in \(directory) ('pvpgen build --dry-run' prints how much a build needs)")
    }
}
