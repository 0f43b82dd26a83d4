package import Builds
import Config
package import Diagnostics
import JSON
package import Linux
package import Plan

/// The results on a host, each immutable in a directory of its own, and the names that refer to
/// them.
package struct BuildStore {
    let root: Root

    package init(_ root: Root) { self.root = root }

    /// A result with its record.
    package struct Entry: Hashable, Sendable {
        package var result: BuildResult
        /// `nil` if the record cannot be read.
        package var record: BuildRecord?
        /// The names in `Build=` that refer to it.
        package var names: [String]
        /// Its size in bytes.
        package var size: Int
    }

    /// Every result, sorted by name.
    package var entries: [Entry] {
        let links = self.links
        return ((try? root.list(BuildResult.directory)) ?? []).compactMap { name in
            guard let result = BuildResult(name), result.name == name else { return nil }
            return Entry(
                result: result, record: record(of: result), names: links.filter { $0.target == result }.map(\.name),
                size: (try? root.status(result.program).size) ?? 0)
        }
    }

    /// The names in `Build=` with what they refer to.
    package var links: [(name: String, target: BuildResult)] {
        ((try? root.list(BuildResult.links)) ?? []).compactMap { name in
            // A process that was killed may have left a link without its name.
            guard !name.hasPrefix(".") else { return nil }
            return (try? root.link(BuildResult.link(of: name))).flatMap { BuildResult($0) }.map { (name, $0) }
        }
    }

    package func record(of result: BuildResult) -> BuildRecord? {
        guard let bytes = try? root.bytes("\(result.path)/\(BuildResult.record)", limit: 1 << 20) else { return nil }
        return (try? JSON(bytes)).flatMap { BuildRecord($0) }
    }

    /// The record of the result that a program belongs to; `nil` for another program.
    package func record(ofProgram path: String) -> BuildRecord? {
        guard path.hasPrefix(BuildResult.directory + "/"), let result = BuildResult(Root.parent(Root.parent(path))),
            result.program == path
        else { return nil }
        return record(of: result)
    }

    /// The result of these inputs, if it was built before.
    package func result(of inputs: BuildInputs) -> BuildResult? {
        let suffix = "-\(inputs.hash.prefix(BuildResult.hashDigits))"
        return ((try? root.list(BuildResult.directory)) ?? []).lazy.compactMap { name -> BuildResult? in
            guard name.hasSuffix(suffix), name.hasPrefix("\(inputs.project)-"), let result = BuildResult(name) else {
                return nil
            }
            return record(of: result)?.inputs == inputs && root.exists(result.program) ? result : nil
        }.first
    }

    /// The result of a name in `Build=`, or of its own name. Throws `build-unknown`.
    package func result(named name: String) throws(Problem) -> BuildResult {
        if let target = links.first(where: { $0.name == name })?.target { return target }
        let results = entries.map(\.result)
        if let result = results.first(where: { $0.name == name || $0.path == name }) { return result }
        throw Problem(
            .buildUnknown, "'\(name)': no build or result has this name", remedy: "run 'pvpgen build list'")
    }

    /// Has a name in `Build=` refer to a result.
    package func link(_ name: String, to result: BuildResult) throws(SystemError) {
        try root.makeDirectory(BuildResult.links)
        try root.replaceLink(BuildResult.link(of: name), to: result.path)
    }

    /// Waits for other processes that add or remove results.
    func lock() throws(Problem) -> FileLock {
        do throws(SystemError) {
            try root.makeDirectory(BuildResult.directory)
            return try FileLock(directory: BuildResult.directory, in: root) {}
        } catch {
            throw error.buildProblem(in: BuildResult.directory, remedy: "run the command as root")
        }
    }

    /// Adds a result with a copy of a program, whose checksum is that of the record. Complete or
    /// absent: the directory gets its name last. Throws `build-result`, `build-state`, `disk-full`.
    func add(
        _ record: BuildRecord, copying program: String, remedy: String, holding lock: FileLock
    ) throws(Problem) -> BuildResult {
        defer { withExtendedLifetime(lock) {} }
        // Another process may have added it before this one got the lock.
        if let found = result(of: record.inputs) { return found }
        let result = record.result
        if let other = self.record(of: result), other.inputs != record.inputs {
            throw Problem(
                .buildResult, "\(result.path): is a result of other inputs",
                remedy: "run 'pvpgen build remove \(result.name)' first")
        }
        let partial = "\(BuildResult.directory)/.partial-\(result.name)"
        defer { try? root.removeTree(partial) }
        let copy = BuildResult.program(of: record.project, in: partial)
        do throws(SystemError) {
            try removeLeftovers()
            try root.makeDirectory(Root.parent(copy))
            try root.copyPlain(program, to: copy, mode: 0o755)
            guard try root.sha256(copy) == record.checksum else {
                throw SystemError("another checksum than that in \(BuildResult.record)", program, code: 0)
            }
            let text = Array((record.json.text + "\n").utf8)
            try root.replace("\(partial)/\(BuildResult.record)", with: text, mode: 0o644)
            try root.sync(Root.parent(copy))
            // A damaged result, which has no record or no program.
            try discard(result)
            try root.publish(partial, as: result.path)
        } catch {
            guard error.code != 0 else {
                throw Problem(.buildResult, "\(error.subject): \(error.call)", remedy: remedy)
            }
            throw error.buildProblem(in: BuildResult.directory, remedy: remedy)
        }
        label(result)
        return result
    }

    /// Gives the files the types of the SELinux module: libvirt starts an emulator of another type
    /// in no guest's domain.
    private func label(_ result: BuildResult) {
        guard root.prefix.isEmpty, root.exists("/sys/fs/selinux/enforce") else { return }
        _ = try? Command(["restorecon", "-RF", result.path]).run()
    }

    /// Removes a result and the names that refer to it. Throws `build-state`.
    package func remove(_ result: BuildResult) throws(Problem) {
        let lock = try lock()
        defer { withExtendedLifetime(lock) {} }
        do throws(SystemError) {
            for link in links where link.target == result { try root.remove(BuildResult.link(of: link.name)) }
            try removeLeftovers()
            try discard(result)
        } catch {
            throw error.buildProblem(in: BuildResult.directory, remedy: "run the command as root")
        }
    }

    /// Under another name it is no result any more, whatever happens next.
    private func discard(_ result: BuildResult) throws(SystemError) {
        guard root.exists(result.path) else { return }
        let doomed = "\(BuildResult.directory)/.removed-\(result.name)"
        try root.publish(result.path, as: doomed)
        try root.removeTree(doomed)
    }

    /// Removes what a process that was killed under the lock has left.
    private func removeLeftovers() throws(SystemError) {
        for name in try root.list(BuildResult.directory)
        where [".partial-", ".removed-"].contains(where: { name.hasPrefix($0) }) {
            try root.removeTree("\(BuildResult.directory)/\(name)")
        }
    }
}
