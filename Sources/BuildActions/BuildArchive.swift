package import Builds
import Config
package import Diagnostics
import JSON
package import Linux
package import Plan

/// A result as a file, to bring it to other hosts: a compressed archive with the program and its
/// record.
package struct BuildArchive {
    let root: Root

    package init(in root: Root) { self.root = root }

    /// The program that writes a result to standard output, or to a file. The same result gives the
    /// same archive. Each host has gzip; a small one may have neither zstd nor xz.
    package func writer(of result: BuildResult, to file: String = "-") -> Command {
        Command([
            "env", "LC_ALL=C", "tar", "--create", "--gzip", "--force-local", "--file=\(file)",
            "--directory=\(root.path(BuildResult.directory))", "--sort=name", "--format=gnu", "--mtime=@0",
            "--owner=0", "--group=0", "--numeric-owner", "--mode=u+rw,go=rX,a-s",
            // What else is in the directory is no part of the result.
            "--no-recursion", result.name, "\(result.name)/bin", program(of: result, in: result.name),
            "\(result.name)/\(BuildResult.record)",
        ])
    }

    /// Adds the result in an archive to those of this host. Nothing of it is used before the
    /// record's hash and the program's checksum are found right. Throws `build-result` and
    /// `build-state`.
    package func add(_ file: String) throws(Problem) -> BuildRecord {
        let names = try run(["--list", "--warning=none", "--quoting-style=escape"], file).split(separator: "\n").map(
            String.init)
        guard let top = names.first.map({ $0.hasSuffix("/") ? String($0.dropLast()) : $0 }),
            let result = BuildResult(top), result.name == top,
            Set(names) == ["\(top)/", "\(top)/bin/", program(of: result, in: top), "\(top)/\(BuildResult.record)"]
        else { throw refused(file, "expected what 'pvpgen build export' writes, got another archive") }
        let store = BuildStore(root)
        let lock = try store.lock()
        let directory = "\(BuildResult.directory)/.import"
        do throws(SystemError) {
            try root.removeTree(directory)
            try root.makeDirectory(directory, mode: 0o700)
        } catch {
            throw error.buildProblem(in: BuildResult.directory, remedy: "run the command as root")
        }
        defer { try? root.removeTree(directory) }
        _ = try run(
            ["--extract", "--directory=\(root.path(directory))", "--no-same-owner", "--no-same-permissions"], file)
        let record = try record(of: result, in: "\(directory)/\(top)", file)
        _ = try store.add(
            record, copying: program(of: result, in: "\(directory)/\(top)"), remedy: "export it again", holding: lock)
        return record
    }

    /// The record in an unpacked archive, whose program is found right.
    private func record(
        of result: BuildResult, in directory: String, _ file: String
    ) throws(Problem) -> BuildRecord {
        let text: [UInt8]
        do throws(SystemError) {
            text = try root.plainBytes("\(directory)/\(BuildResult.record)", limit: 1 << 20)
        } catch {
            throw refused(file, "its \(BuildResult.record) cannot be read: \(error.reason)")
        }
        guard let record = (try? JSON(text)).flatMap({ BuildRecord($0) }), record.result == result else {
            throw refused(file, "its \(BuildResult.record) is not that of \(result.name)")
        }
        let program = program(of: result, in: directory)
        // A link or device has no checksum.
        guard (try? root.plainBytes(program, limit: 1)) != nil, (try? root.sha256(program)) == record.checksum else {
            throw refused(file, "its program has another checksum than its \(BuildResult.record) says")
        }
        return record
    }

    private func program(of result: BuildResult, in directory: String) -> String {
        BuildResult.program(of: result.project, in: directory)
    }

    private func run(_ arguments: [String], _ file: String) throws(Problem) -> String {
        let result = try Command(["env", "LC_ALL=C", "tar", "--file=\(file)"] + arguments).run()
        guard result.status == 0 else {
            throw refused(file, "tar ended with \(result.status): \(ArchiveOutput.failure(in: result.output))")
        }
        return result.output
    }

    private func refused(_ file: String, _ reason: String) -> Problem {
        Problem(.buildResult, "\(file): \(reason)", remedy: "export it again with 'pvpgen build export'")
    }
}
