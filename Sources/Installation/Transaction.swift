package import Diagnostics
package import Linux

/// Changes to several files that happen all or not at all, whenever the process or the machine ends
/// in between.
///
/// A journal with the contents before and after is on the disk first. Then each file is written
/// under another name and moved, then commands are run; that the journal goes is the moment at
/// which all of it has happened. A later run that finds a journal rolls its changes back.
package struct Transaction {
    /// Runs a command; throws when it fails.
    package typealias Runner = (Command) throws(Problem) -> Void

    static let state = "/var/lib/pvpgen"

    /// In the order in which they are carried out.
    package var changes: [FileChange]
    /// Run when all files are in place.
    package var commands: [Command]

    /// Creates a transaction.
    package init(_ changes: [FileChange], commands: [Command] = []) {
        self.changes = changes.filter { $0.before != $0.after }
        self.commands = commands
    }

    /// Directories that the files need and that do not exist, outer ones first.
    package func directories(in root: Root) -> [String] {
        var missing: [String] = []
        for path in ["\(Self.state)/manifest"] + changes.filter({ $0.after != nil }).map(\.path) {
            var above: [String] = []
            var directory = Root.parent(path)
            while !directory.isEmpty, !root.exists(directory), !missing.contains(directory) {
                above.insert(directory, at: 0)
                directory = Root.parent(directory)
            }
            missing += above
        }
        return missing
    }

    /// Does all of it. When something fails all of it is taken back, and the reason is thrown.
    package func run(in root: Root, _ runner: Runner) throws(Problem) {
        if changes.isEmpty, commands.isEmpty { return }
        let lock = try Self.lock(in: root)
        defer { withExtendedLifetime(lock) {} }
        guard try Journal(reading: root) == nil else {
            throw Problem(
                .transactionOpen, "another installation or removal was interrupted", remedy: "run the command again")
        }
        // What was planned was planned before the lock was had.
        for change in changes {
            if try root.present(change.path) == change.before { continue }
            throw Problem(.fileChanging, "\(change.path): changed by another process", remedy: "run the command again")
        }
        let directories = directories(in: root)
        try Self.wrapping { () throws(SystemError) in try root.makeDirectory(Self.state) }
        var journal = Journal()
        journal.directories = directories
        journal.commands = commands
        journal.files = changes.map { change in
            // What a link leads to is changed, and the link stays.
            let target = change.after == nil ? change.path : Self.target(of: change.path, in: root)
            return Journal.File(
                path: change.path, target: target, existed: change.before != nil, exists: change.after != nil)
        }
        do throws(Problem) {
            try Self.wrapping { () throws(SystemError) in try write(journal, in: root) }
        } catch {
            try? Self.close(in: root)
            for directory in directories.reversed() { _ = try? root.removeEmptyDirectory(directory) }
            throw error
        }
        var done = 0
        do throws(Problem) {
            try Self.wrapping { () throws(SystemError) in
                for (file, change) in zip(journal.files, changes) { try Self.put(change.after, file, in: root) }
            }
            for command in commands {
                try runner(command)
                done += 1
            }
        } catch {
            // Those that went through have seen what goes now.
            journal.commands = Array(commands[..<done])
            _ = try? Self.takeBack(journal, in: root, runner)
            throw error
        }
        try Self.wrapping { () throws(SystemError) in try Self.close(in: root) }
    }

    /// Takes back what a run that was cut short has left; its paths that were not as before, none
    /// when there is no such run.
    package static func recover(in root: Root, _ runner: Runner) throws(Problem) -> [String] {
        guard root.exists(state) else { return [] }
        let lock = try lock(in: root)
        defer { withExtendedLifetime(lock) {} }
        guard let journal = try Journal(reading: root) else {
            // Nothing but a journal that was not finished, or one that was done with.
            try wrapping { () throws(SystemError) in
                try root.removeTree(Journal.directory)
                try root.removeEmptyDirectory(state)
            }
            return []
        }
        return try takeBack(journal, in: root, runner)
    }

    /// Whether there is something to take back.
    package static func isOpen(in root: Root) -> Bool { root.exists(Journal.path) }

    private func write(_ journal: Journal, in root: Root) throws(SystemError) {
        try root.removeTree(Journal.directory)
        try root.makeDirectory(Journal.directory, mode: 0o700)
        for (index, change) in changes.enumerated() {
            if let before = change.before { try root.write(Journal.before(index), before, mode: 0o600) }
            if let after = change.after { try root.write(Journal.after(index), after, mode: 0o600) }
        }
        let draft = "\(Journal.directory)/draft"
        try root.write(draft, Array(journal.text.utf8), mode: 0o600)
        try root.publish(draft, as: Journal.path)
        try root.sync(Self.state)
    }

    /// Where links lead to from a path.
    private static func target(of path: String, in root: Root) -> String {
        var path = path
        for _ in 0..<8 {
            guard let target = try? root.link(path) else { break }
            path = target.hasPrefix("/") ? target : "\(Root.parent(path))/\(target)"
        }
        return path
    }

    /// Gives a file its content, with the mode that it has.
    private static func put(_ content: [UInt8]?, _ file: Journal.File, in root: Root) throws(SystemError) {
        guard let content else {
            try root.remove(file.path)
            // The directory may be gone with it.
            try? root.sync(Root.parent(file.path))
            return
        }
        try root.makeDirectory(Root.parent(file.target))
        try root.write(file.temporary, content, mode: try mode(of: file.target, in: root))
        try root.publish(file.temporary, as: file.target)
    }

    /// A new file can be read by all: 'pvpgen plan' and 'pvpgen check' read the manifest and the
    /// NICs without being root.
    private static func mode(of path: String, in root: Root) throws(SystemError) -> UInt32 {
        do throws(SystemError) {
            return try root.status(path).mode
        } catch {
            guard error.isMissing else { throw error }
            return 0o644
        }
    }

    private static func takeBack(_ journal: Journal, in root: Root, _ runner: Runner) throws(Problem) -> [String] {
        var paths: [String] = []
        try wrapping { () throws(SystemError) in
            var failure: SystemError?
            for (index, file) in journal.files.enumerated().reversed() {
                // A file that cannot be restored does not prevent the others.
                do throws(SystemError) {
                    if try takeBack(file, index, in: root) { paths.append(file.path) }
                } catch {
                    failure = failure ?? error
                }
            }
            if let failure { throw failure }
            for directory in journal.directories.reversed() where !state.hasPrefix(directory) {
                try root.removeEmptyDirectory(directory)
            }
        }
        for command in journal.commands { try runner(command) }
        try wrapping { () throws(SystemError) in
            try close(in: root)
            for directory in journal.directories.reversed() { try root.removeEmptyDirectory(directory) }
        }
        return paths.reversed()
    }

    /// Whether the file was not as before.
    private static func takeBack(_ file: Journal.File, _ index: Int, in root: Root) throws(SystemError) -> Bool {
        do throws(SystemError) {
            try root.remove(file.temporary)
        } catch {
            // Nor did a directory for it ever exist.
            guard error.isMissing else { throw error }
        }
        let before = file.existed ? try root.bytes(Journal.before(index)) : nil
        let after = file.exists ? try root.contents(Journal.after(index)) : nil
        let now = try root.contents(file.path)
        // A content that is neither was written by a later process.
        guard now != before, now == after else { return false }
        try put(before, file, in: root)
        return true
    }

    /// The transaction has happened, or has not, once the journal is gone.
    private static func close(in root: Root) throws(SystemError) {
        try root.remove(Journal.path)
        try root.sync(Journal.directory)
        try root.removeTree(Journal.directory)
    }

    /// The lock of all that changes what is installed. It is no part of what an uninstall or a
    /// rollback removes: a process that waits for a lock in a removed directory would hold another
    /// one than the next process.
    package static func lock(in root: Root) throws(Problem) -> FileLock {
        let report = { Log("pvpgen").notice("waiting for another install or uninstall") }
        do throws(SystemError) {
            // A tree is an image that is being built, and stays without a file of ours.
            if !root.prefix.isEmpty { return try FileLock(directory: "/", in: root, waiting: report) }
            return try FileLock("/run/pvpgen.lock", in: root, temporary: true, waiting: report)
        } catch {
            throw error.problem(.notLocked, remedy: "run the command as root")
        }
    }

    static func wrapping(_ body: () throws(SystemError) -> Void) throws(Problem) {
        do throws(SystemError) {
            try body()
        } catch {
            throw error.problem(.fileUnwritable, remedy: "run the command as root, on a writable file system")
        }
    }
}
