public import Diagnostics
import Yams

/// The variables of one YAML file: a playbook, an inventory, or a plain mapping of variables.
public struct VariableFile: Sendable {
    /// The variables in the order of the file.
    public private(set) var variables: [Variable] = []
    /// Whether the virtio-host role is named in it, with or without variables.
    public private(set) var namesRole = false
    /// Parts that were not followed.
    public private(set) var problems: [Problem] = []
    private let name: String
    private let lines: [Substring]

    /// Reads a file. Throws `yaml` with the place when it is not YAML, `no-variables` when it is neither a list of plays nor a mapping.
    public init(name: String, bytes: [UInt8]) throws(Problem) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Problem("yaml", "\(name) is not UTF-8", remedy: "save the file as UTF-8")
        }
        self.name = name
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for document in try Self.documents(text, name, lines) { try read(document) }
    }

    private static func documents(_ text: String, _ name: String, _ lines: [Substring]) throws(Problem) -> [Node] {
        do {
            var documents = try compose_all(yaml: text)
            var nodes: [Node] = []
            while let node = documents.next() { nodes.append(node) }
            // The sequence ends at an error as it does at the end of the file.
            if let error = documents.error { throw error }
            return nodes
        } catch {
            throw problem(error, name, lines)
        }
    }

    private static func problem(_ error: any Error, _ name: String, _ lines: [Substring]) -> Problem {
        var mark: Mark?
        var message = "it cannot be read"
        switch error as? YamlError {
        case .scanner(_, let problem, let place, _), .parser(_, let problem, let place, _), .composer(_, let problem, let place, _):
            (message, mark) = (problem, place)
        case .reader(let problem, _, _, _): message = problem
        case .duplicatedKeysInMapping(let keys, let context):
            (message, mark) = ("the key '\(keys.first ?? "")' is there twice", context.mark)
        default: break
        }
        let place = mark.map { location($0, name, lines) }
        // "-role:" and such: libyaml finds fault with a later line only.
        let dash = lines.contains { $0.drop { $0 == " " }.prefix(2).count == 2 && isDashWithoutSpace($0.drop { $0 == " " }) }
        return Problem(
            "yaml", "\(name) is not YAML: \(message)", remedy: dash ? "put a space after the '-' that starts an item" : "correct it",
            at: place)
    }

    private static func isDashWithoutSpace(_ line: Substring) -> Bool {
        line.utf8.first == UInt8(ascii: "-") && line.dropFirst().first.map { $0 != " " && $0 != "-" } ?? false
    }

    private static func location(_ mark: Mark, _ name: String, _ lines: [Substring]) -> SourceLocation {
        let line = lines.indices.contains(mark.line - 1) ? lines[mark.line - 1] : ""
        // libyaml counts code points, a location bytes.
        let before = line.unicodeScalars.prefix(max(0, mark.column - 1)).reduce(0) { $0 + UTF8.width($1) }
        return SourceLocation(file: name, line: max(1, mark.line), column: before + 1, text: String(line))
    }

    private func location(_ node: Node) -> SourceLocation? { node.mark.map { Self.location($0, name, lines) } }

    private mutating func read(_ document: Node) throws(Problem) {
        switch document {
        case .sequence(let plays): for play in plays { readPlay(play) }
        case .mapping(let mapping):
            if mapping["hosts"] != nil, mapping["roles"] ?? mapping["tasks"] != nil {
                readPlay(document)
            } else if mapping.contains(where: { Self.isGroup($0.value) }) {
                for (group, content) in mapping { readGroup(content, role: Self.role(ofGroup: group.string ?? "")) }
            } else {
                add(document, role: .host)
            }
        case .scalar(let scalar) where scalar.string.isEmpty: break
        default:
            throw Problem(
                "no-variables", "\(name) is neither a playbook nor a file of variables",
                remedy: "name a playbook, a vars file, an inventory in YAML, or a file of host_vars or group_vars", at: location(document))
        }
    }

    /// A play, and a list of tasks within a block.
    private mutating func readPlay(_ play: Node) {
        guard case .mapping(let mapping) = play else { return }
        var used: [Role] = []
        let before = variables.count
        for item in mapping["roles"]?.array() ?? [] {
            guard let role = Role(rawValue: item.string ?? item["role"]?.string ?? item["name"]?.string ?? "") else { continue }
            used.append(role)
            add(item["vars"], role: role)
            add(item, role: role, except: ["role", "name", "vars", "tags", "when", "become", "become_user"])
        }
        for list in ["pre_tasks", "tasks", "post_tasks", "block"] {
            for task in mapping[list]?.array() ?? [] { readTask(task, &used) }
        }
        namesRole = namesRole || used.contains(.host)
        if let vars = mapping["vars"] {
            // A play's own variables are weaker than those of its roles (Ansible: Understanding variable precedence).
            let own = variables[before...]
            variables.removeSubrange(before...)
            add(vars, role: used.contains(.host) ? .host : used.first ?? .host)
            variables += own
        }
        if let files = mapping["vars_files"] {
            problems.append(
                Problem(
                    "vars-files", "vars_files is not followed", remedy: "name these files on the command line, too", severity: .warning,
                    at: location(files)))
        }
    }

    private mutating func readTask(_ task: Node, _ used: inout [Role]) {
        for key in ["import_role", "include_role", "ansible.builtin.import_role", "ansible.builtin.include_role"] {
            guard let role = task[key]?["name"]?.string.flatMap(Role.init(rawValue:)) else { continue }
            used.append(role)
            add(task["vars"], role: role)
        }
        if task["block"] != nil { readPlay(task) }
    }

    /// An inventory's group: hosts with variables, variables of its own, groups within it.
    private mutating func readGroup(_ group: Node, role: Role) {
        add(group["vars"], role: role)
        if case .mapping(let children)? = group["children"] {
            for (name, child) in children { readGroup(child, role: Self.role(ofGroup: name.string ?? "")) }
        }
        if case .mapping(let hosts)? = group["hosts"] {
            for (_, host) in hosts { add(host, role: role) }
        }
    }

    private static func isGroup(_ node: Node) -> Bool {
        guard case .mapping(let mapping) = node else { return false }
        return mapping["hosts"] != nil || mapping["children"] != nil
    }

    /// The names that the fork's inventory and playbooks use.
    private static func role(ofGroup name: String) -> Role {
        switch name {
        case "guests": .guest
        case "injectors", "pkt-gen": .trex
        default: .host
        }
    }

    private mutating func add(_ node: Node?, role: Role, except: Set<String> = []) {
        guard case .mapping(let mapping)? = node else { return }
        for (key, value) in mapping {
            guard let name = key.string, !except.contains(name) else { continue }
            variables.append(Variable(name, Self.value(value), role: role, at: location(value) ?? location(key)))
        }
    }

    private static func value(_ node: Node) -> Variable.Value {
        switch node {
        case .scalar(let scalar): return .text(scalar.string)
        case .sequence(let items):
            let texts = items.compactMap { $0.scalar?.string }
            return texts.count == items.count ? .list(texts) : .other
        default: return .other
        }
    }
}
