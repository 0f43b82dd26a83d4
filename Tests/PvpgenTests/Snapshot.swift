import Foundation
import TestSupport

/// All that is in a tree: every file with its content and mode, every link, every directory.
struct Snapshot: Equatable {
    /// By name.
    var files: [String: Data] = [:]
    private var others: [String: String] = [:]
    private var modes: [String: Int] = [:]

    init(_ tree: Tree) throws {
        let manager = FileManager.default
        for name in try manager.subpathsOfDirectory(atPath: tree.path) {
            let path = "\(tree.path)/\(name)"
            let facts = try manager.attributesOfItem(atPath: path)
            let type = facts[.type] as? FileAttributeType
            modes[name] = (facts[.posixPermissions] as? NSNumber)?.intValue
            if type == .typeRegular {
                files[name] = manager.contents(atPath: path)
            } else {
                others[name] =
                    type == .typeSymbolicLink ? try manager.destinationOfSymbolicLink(atPath: path) : type?.rawValue
            }
        }
    }

    /// What is not the same, by name.
    func difference(from other: Snapshot) -> Set<String> {
        let names = Set(modes.keys).union(other.modes.keys)
        return names.filter {
            files[$0] != other.files[$0] || others[$0] != other.others[$0] || modes[$0] != other.modes[$0]
        }
    }
}
