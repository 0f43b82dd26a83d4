import Builds
package import JSON
package import Linux
package import Plan
import Presentation

/// The results on a host: names, users, processes.
package struct BuildListing {
    let entries: [BuildStore.Entry]
    let use: BuildUse

    package init(_ plan: Plan?, in root: Root) {
        entries = BuildStore(root).entries
        use = BuildUse(plan, in: root)
    }

    /// A table; a line without results.
    package var text: String {
        guard !entries.isEmpty else { return "no results in \(BuildResult.directory)\n" }
        var table = TextTable("RESULT", "BUILD=", "USED BY", "PROCESSES", "MIB")
        for entry in entries {
            let users = use.users(of: entry.result)
            let processes = use.processes(of: entry.result)
            table.add(
                entry.result.name, entry.names.isEmpty ? "-" : entry.names.joined(separator: " "),
                users.isEmpty ? "-" : users.joined(separator: ", "),
                processes.isEmpty ? "-" : processes.map(String.init).joined(separator: " "), "\(entry.size >> 20)")
        }
        return table.text
    }

    package var json: JSON {
        [
            "results": .array(
                entries.map { entry in
                    [
                        "result": .string(entry.result.path),
                        "names": .array(entry.names.map(JSON.string)),
                        "users": .array(use.users(of: entry.result).map(JSON.string)),
                        "processes": .array(use.processes(of: entry.result).map { .number($0) }),
                        "bytes": .number(entry.size), "record": entry.record?.json ?? .null,
                    ]
                })
        ]
    }
}
