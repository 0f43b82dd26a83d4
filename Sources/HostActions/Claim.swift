import Diagnostics
import Linux

/// The one way in which pvpgen changes what the host shares with other processes: NIC drivers,
/// hugepages, virtual functions, tuning values.
///
/// A claim writes a record before it changes a value, so that the value can be restored whatever
/// happens in between; a release restores what is still as the claim set it, leaves what another
/// process has changed, and reports it. The record is a small file in `/run/pvp/state`, which a
/// reboot empties as it undoes the changes. What must last longer is a file, and module
/// Installation keeps the same law for files with its manifest.
struct Claim {
    static let directory = Root.state

    private let root: Root
    private let path: String
    private(set) var record: ClaimRecord
    /// Whether there is a record: the claim is held, also when it had nothing to change.
    private(set) var isHeld: Bool

    /// Reads the claim's record. `earlier` reads one that a release before this one wrote. Throws
    /// `state-unreadable`.
    init(_ name: String, on root: Root, earlier: (String) -> ClaimRecord? = { _ in nil }) throws(Problem) {
        self.root = root
        path = "\(Self.directory)/\(name)"
        let text = try StateFile(root, name).recall()
        isHeld = text != nil
        record = text.map { $0.contains("\t") ? ClaimRecord($0) : earlier($0) ?? ClaimRecord($0) } ?? ClaimRecord()
    }

    /// Writes the record, before the values are changed. Throws `state-unwritable`.
    mutating func hold(_ record: ClaimRecord) throws(Problem) {
        if isHeld, record == self.record { return }
        try StateFile(root, path: path).keep(record.text)
        self.record = record
        isHeld = true
    }

    /// Removes the record. Throws `state-unwritable`.
    mutating func forget() throws(Problem) {
        try StateFile(root, path: path).forget()
        record = ClaimRecord()
        isHeld = false
    }

    /// What a release did.
    struct Released {
        var restored: [ClaimRecord.Entry] = []
        /// With what another process has set.
        var foreign: [(entry: ClaimRecord.Entry, now: String)] = []
        /// With the reasons.
        var failures: [(entry: ClaimRecord.Entry, reason: String)] = []
    }

    /// Releases each value, the last that was claimed first. `read` returns the value now, `nil`
    /// for one that does not exist anymore; `restore` sets it, and returns the reason when that
    /// fails. The record keeps what could not be restored, and is removed with the last value.
    /// Throws `state-unwritable`.
    mutating func release(
        read: (ClaimRecord.Entry) -> String?, restore: (ClaimRecord.Entry, String) -> String?
    ) throws(Problem) -> Released {
        var released = Released()
        var rest = record
        for entry in record.entries.reversed() {
            if let now = read(entry) {
                let release =
                    entry.kind == HugepagePool.kind
                    ? Int(now).map(entry.releaseCount) ?? .leave : entry.release(from: now)
                switch release {
                case .nothing: break
                case .leave: released.foreign.append((entry, now))
                case .restore(let value):
                    if let reason = restore(entry, value) {
                        released.failures.append((entry, reason))
                        continue
                    }
                    released.restored.append(entry)
                }
            }
            rest.remove(entry.target)
        }
        if rest.entries.isEmpty { try forget() } else { try hold(rest) }
        return released
    }
}

extension ClaimRecord.Entry {
    /// For a value that another process has changed.
    func report(of now: String) -> String {
        "\(target) was \(before.isEmpty ? "not set" : before), was set to \(set), is \(now.isEmpty ? "not set" : now)"
    }
}

/// A small file in `/run/pvp/state`.
struct StateFile {
    let root: Root
    let path: String

    init(_ root: Root, _ name: String) { self.init(root, path: "\(Claim.directory)/\(name)") }

    init(_ root: Root, path: String) {
        self.root = root
        self.path = path
    }

    /// `nil` when there is none.
    func recall() throws(Problem) -> String? {
        do {
            return try root.text(path)
        } catch {
            if error.isMissing { return nil }
            throw error.problem(.stateUnreadable, remedy: "run the command as root")
        }
    }

    func keep(_ text: String) throws(Problem) {
        do {
            try root.makeDirectory(Claim.directory, mode: 0o700)
            try root.replace(path, with: Array((text + "\n").utf8), mode: 0o600)
        } catch {
            throw error.problem(.stateUnwritable, remedy: "run the command as root, with /run writable")
        }
    }

    func forget() throws(Problem) {
        do {
            try root.remove(path)
        } catch {
            throw error.problem(.stateUnwritable, remedy: "run the command as root, with /run writable")
        }
    }
}

/// A line for the journal.
package struct JournalLine: Hashable, Sendable {
    package var text: String
    /// Whether it is about something that is not as it should be.
    package var isWarning: Bool

    package init(_ text: String, isWarning: Bool = false) {
        self.text = text
        self.isWarning = isWarning
    }
}
