import Diagnostics
import JSON
import Linux

/// The intended changes of a transaction, written before the first of them: as long as the journal
/// exists the transaction has not happened.
struct Journal: Hashable {
    static let directory = "/var/lib/pvpgen/transaction"
    static let path = "\(directory)/journal.json"

    /// A file of the transaction; its contents are beside the journal, under its number.
    struct File: Hashable {
        var path: String
        /// The file that is written: where a link at the path leads to, or the path itself.
        var target: String
        /// Whether the target existed before the transaction.
        var existed: Bool
        /// Whether the target exists after it.
        var exists: Bool

        /// The name under which it is written before it is moved: one that no boot loader reads.
        var temporary: String { "\(target).pvpgen-new" }
    }

    var files: [File] = []
    var directories: [String] = []
    var commands: [Command] = []

    static func before(_ index: Int) -> String { "\(directory)/\(index).before" }
    static func after(_ index: Int) -> String { "\(directory)/\(index).after" }

    var text: String {
        let json: JSON = [
            "files": .array(
                files.map { file in
                    [
                        "path": .string(file.path), "target": .string(file.target), "existed": .bool(file.existed),
                        "exists": .bool(file.exists),
                    ]
                }),
            "directories": .array(directories.map { .string($0) }),
            "commands": .array(commands.map { .array($0.arguments.map { .string($0) }) }),
        ]
        return json.text
    }

    init() {}

    /// `nil` when there is none. Throws `journal-broken`.
    init?(reading root: Root) throws(Problem) {
        let bytes: [UInt8]?
        do throws(SystemError) {
            bytes = try root.contents(Self.path)
        } catch {
            throw error.problem(.journalBroken, remedy: "run the command as root")
        }
        guard let bytes else { return nil }
        guard let json = try? JSON(bytes), let files = json["files"]?.array else {
            throw Problem(
                .journalBroken, "\(Self.path): expected the journal of a transaction, got other content",
                remedy: "compare the saved files with the originals, then remove \(Self.directory)")
        }
        // wasThere and isThere: an earlier release was interrupted, and was upgraded since.
        self.files = files.compactMap { file in
            file["path"]?.string.map { path in
                File(
                    path: path, target: file["target"]?.string ?? path,
                    existed: (file["existed"] ?? file["wasThere"]) == true,
                    exists: (file["exists"] ?? file["isThere"]) == true)
            }
        }
        directories = (json["directories"]?.array ?? []).compactMap(\.string)
        commands = (json["commands"]?.array ?? []).map { Command(($0.array ?? []).compactMap(\.string)) }
    }
}
