import Diagnostics
import Linux

/// The origin of a file: a small text beside it, so that a later start sees what has changed.
struct ProvenanceRecord: Hashable {
    /// Values by key.
    var values: [String: String] = [:]

    subscript(key: String) -> String? {
        get { values[key] }
        set { values[key] = newValue }
    }

    init() {}

    /// Reads `key=value` lines; others are nothing.
    init(_ text: String) {
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { values[String(parts[0])] = String(parts[1]) }
        }
    }

    /// The same text for the same values.
    var text: String {
        "# Written by pvp-image, which compares it at each start.\n"
            + values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)\n" }.joined()
    }
}

extension Root {
    /// Whether something is at the path. Throws `image-state` when that is not known: what cannot
    /// be looked up must not be replaced by something new.
    func isPresent(_ path: String) throws(Problem) -> Bool {
        do throws(SystemError) {
            _ = try status(path)
            return true
        } catch {
            if error.isMissing { return false }
            throw error.problem(.imageState, remedy: "run the command as root, and check that the file can be read")
        }
    }

    /// A record; `nil` when there is none.
    func record(_ path: String) throws(Problem) -> ProvenanceRecord? {
        do {
            return ProvenanceRecord(try text(path))
        } catch {
            if error.isMissing { return nil }
            throw error.problem(.imageState, remedy: "run the command as root")
        }
    }

    func keep(_ record: ProvenanceRecord, _ path: String) throws(Problem) {
        do {
            try replace(path, with: Array(record.text.utf8), mode: 0o600)
        } catch {
            throw error.problem(.imageState, remedy: "free space there, and run the command as root")
        }
    }
}
