package import BootLoader
package import Diagnostics
package import Linux
import Values

/// What an install or uninstall changes: a pure function of what is wanted, what was done before,
/// and the files as they are.
package struct InstallPlan {
    /// What happens to a file, for people.
    package enum FileAction: String, Hashable, Sendable {
        /// It is as it should be.
        case unchanged
        /// The file is created, or its content is replaced.
        case written
        /// Arguments of ours are added or removed.
        case changed
        /// It goes.
        case removed
        /// A file of another owner is saved beside it.
        case saved = "kept beside it as .pvpgen-save"
        /// The saved file of another owner is restored.
        case restored

        /// For `--json`.
        var identifier: String { self == .saved ? "saved" : rawValue }
    }

    /// A line of the report: a file and what happens to it.
    package struct Line: Hashable, Sendable {
        /// The path.
        package var path: String
        /// What happens to it.
        package var action: FileAction
    }

    /// The manifest's change is the last.
    package internal(set) var changes: [FileChange] = []
    /// One for each file that is wanted, or was.
    package internal(set) var lines: [Line] = []
    /// What will be remembered.
    package var manifest: Manifest
    /// Whether a file is among the changes from which the boot loader's own are written.
    package internal(set) var isForBootLoader = false

    let root: Root
    let old: Manifest
    let isForced: Bool

    /// An empty plan, on top of earlier installations. With `force` files that were changed by
    /// another process are saved first.
    package init(on root: Root, after old: Manifest?, force: Bool) {
        self.root = root
        self.old = old ?? Manifest()
        isForced = force
        manifest = self.old
        manifest.owned = []
        manifest.shared = []
    }

    /// Wants a file that is ours as a whole. Throws `file-changed`, `file-saved`,
    /// `file-unreadable`.
    package mutating func own(_ path: String, _ content: [UInt8], isForBootLoader: Bool) throws(Problem) {
        let before = try root.present(path)
        var record = old.owned.first { $0.path == path } ?? Manifest.Owned(path: path)
        if let before, before != content, !isOurs(before, record, path) {
            try refuseUnlessForced(path, before: "install")
            try save(path, before)
            record.hasSaved = true
        }
        record.hash = SHA256.hexadecimal(content)
        manifest.owned.append(record)
        let isWritten = change(path, from: before, to: content, isForBootLoader: isForBootLoader)
        lines.append(Line(path: path, action: isWritten ? .written : .unchanged))
    }

    /// Remembers a file that a program is to create where nothing is run.
    package mutating func expect(_ path: String) {
        manifest.owned.append(old.owned.first { $0.path == path } ?? Manifest.Owned(path: path))
    }

    /// Wants arguments in a file of others. Throws `file-unreadable`.
    package mutating func share(_ file: BootSteps.Shared, _ arguments: [String]) throws(Problem) {
        let present = try root.present(file.path)
        let record = old.shared.first { $0.path == file.path }
        // A file that is newer was created from one with our arguments.
        let ours = record?.arguments ?? (present == nil || old.bootLoader != manifest.bootLoader ? [] : template)
        var base = present.map { file.format.removing(ours, from: $0) } ?? []
        var baseHash = record?.baseHash
        if present == nil, let content = file.baseContent {
            base = file.format.removing(old.arguments, from: content)
            baseHash = SHA256.hexadecimal(base)
        }
        var (text, added) = file.format.adding(arguments, to: base)
        // What stands behind ours by now is not to be overtaken.
        if let present, added == ours, file.format.contains(ours, in: present) { text = present }
        manifest.shared.append(
            .init(path: file.path, format: file.format.rawValue, arguments: added, baseHash: baseHash))
        let isWritten = change(file.path, from: present, to: text, isForBootLoader: true)
        addLine(file.path, isWritten: isWritten, isNew: present == nil)
    }

    /// Wants lines of ours in a file of others. Throws `file-unreadable`.
    package mutating func share(_ path: String, lines wanted: [String]) throws(Problem) {
        let present = try root.present(path)
        let record = old.shared.first { $0.path == path }
        let base = ManagedLines.removing(record?.arguments ?? [], from: present ?? [])
        let (text, added) = ManagedLines.adding(wanted, to: base)
        let baseHash = present == nil ? SHA256.hexadecimal([]) : record?.baseHash
        manifest.shared.append(.init(path: path, format: ManagedLines.format, arguments: added, baseHash: baseHash))
        let isWritten = change(path, from: present, to: text, isForBootLoader: false)
        addLine(path, isWritten: isWritten, isNew: present == nil)
    }

    private mutating func addLine(_ path: String, isWritten: Bool, isNew: Bool) {
        let action: FileAction = isNew ? .written : .changed
        lines.append(Line(path: path, action: isWritten ? action : .unchanged))
    }

    /// Removes what an earlier installation added and what is not wanted any more. `entries` are
    /// those of the boot loader now. Throws `file-changed`, `file-saved`, `file-unreadable`.
    package mutating func removeObsolete(entries: [BootSteps.Shared] = []) throws(Problem) {
        for record in old.owned where !manifest.owned.contains(where: { $0.path == record.path }) {
            try removeOwned(record)
        }
        for record in old.shared where !lines.contains(where: { $0.path == record.path }) {
            if record.format == ManagedLines.format {
                try removeFromShared(record.path, baseHash: record.baseHash, isForBootLoader: false) {
                    ManagedLines.removing(record.arguments, from: $0)
                }
            }
            guard let format = SharedFormat(rawValue: record.format) else { continue }
            try removeFromShared(record.path, baseHash: record.baseHash, isForBootLoader: true) {
                format.removing(record.arguments, from: $0)
            }
        }
        for file in entries
        where !old.shared.contains(where: { $0.path == file.path }) && !lines.contains(where: { $0.path == file.path })
        {
            try removeFromShared(file.path, baseHash: nil, isForBootLoader: true) { [template] in
                file.format.removing(template, from: $0)
            }
        }
    }

    /// Our arguments in a file that is newer than the installation: the file that new ones are
    /// created from had them.
    private var template: [String] {
        old.shared.first { $0.format == SharedFormat.cmdline.rawValue }?.arguments ?? old.arguments
    }

    /// Ends the plan with the manifest's own change. Throws `file-unreadable`.
    package mutating func finish() throws(Problem) {
        let before = try root.present(Manifest.path)
        let text = manifest.isEmpty ? nil : Array(manifest.text.utf8)
        // Directories are known when all changes are, and they are part of the manifest.
        let made =
            text == nil
            ? [] : Transaction(changes + [FileChange(Manifest.path, from: before, to: text)]).directories(in: root)
        manifest.directories += made.filter { !manifest.directories.contains($0) }
        changes.append(FileChange(Manifest.path, from: before, to: text == nil ? nil : Array(manifest.text.utf8)))
    }

    private mutating func removeOwned(_ record: Manifest.Owned) throws(Problem) {
        let saved = "\(record.path).pvpgen-save"
        let other = record.hasSaved ? try root.present(saved) : nil
        let before = try root.present(record.path)
        let isForBootLoader = !record.path.hasPrefix(Transaction.state)
        if let other { change(saved, from: other, to: nil, isForBootLoader: isForBootLoader) }
        if let before, !isOurs(before, record, record.path) {
            try refuseUnlessForced(record.path, before: "uninstall")
            if other == nil {
                try save(record.path, before)
            } else {
                change(saved, from: other, to: before, isForBootLoader: isForBootLoader)
            }
        }
        let isChanged = change(record.path, from: before, to: other, isForBootLoader: isForBootLoader)
        let action: FileAction = isChanged ? .removed : .unchanged
        lines.append(Line(path: record.path, action: other != nil ? .restored : action))
    }

    private mutating func removeFromShared(
        _ path: String, baseHash: String?, isForBootLoader: Bool, without: ([UInt8]) -> [UInt8]
    )
        throws(Problem)
    {
        guard let before = try root.present(path) else { return }
        var after: [UInt8]? = without(before)
        if let text = after, let baseHash, SHA256.hexadecimal(text) == baseHash { after = nil }
        guard change(path, from: before, to: after, isForBootLoader: isForBootLoader) else { return }
        lines.append(Line(path: path, action: after == nil ? .removed : .changed))
    }

    @discardableResult private mutating func change(
        _ path: String, from before: [UInt8]?, to after: [UInt8]?, isForBootLoader: Bool
    )
        -> Bool
    {
        changes.removeAll { $0.path == path }
        guard before != after else { return false }
        changes.append(FileChange(path, from: before, to: after))
        if isForBootLoader { self.isForBootLoader = true }
        return true
    }

    private mutating func save(_ path: String, _ content: [UInt8]) throws(Problem) {
        let saved = "\(path).pvpgen-save"
        guard try root.present(saved) == nil else {
            throw Problem(
                .fileSaved, "\(saved): already exists, and would be overwritten", remedy: "move the file away")
        }
        change(saved, from: nil, to: content, isForBootLoader: false)
        lines.append(Line(path: path, action: .saved))
    }

    private func refuseUnlessForced(_ path: String, before verb: String) throws(Problem) {
        if isForced { return }
        throw Problem(
            .fileChanged, "\(path): not written by 'pvpgen install', or changed since",
            remedy: "move the file away, then run 'pvpgen \(verb)' again; --force keeps it as \(path).pvpgen-save")
    }

    /// Whether a file is as it was written; one that a program was to create is ours, however it
    /// is.
    private func isOurs(_ content: [UInt8], _ record: Manifest.Owned, _ path: String) -> Bool {
        // No other user may write there.
        if path.hasPrefix(Transaction.state) { return true }
        guard old.owned.contains(where: { $0.path == path }) else { return false }
        return record.hash.map { SHA256.hexadecimal(content) == $0 } ?? true
    }

}
