package import Diagnostics

/// The variables of one YAML file: a playbook, an inventory, or a plain mapping of variables.
package struct VariableFile: Sendable {
    /// The variables in the order of the file.
    package private(set) var variables: [Variable] = []
    /// Whether the virtio-host role is named in it, with or without variables.
    package private(set) var namesRole = false
    /// Parts that were not followed.
    package private(set) var problems: [Problem] = []
    private let name: String
    private let lines: [Substring]

    /// Reads a file. Throws `yaml` with the location when it is not YAML, `no-variables` when it is
    /// neither a list of plays nor a mapping, `library-missing` without libyaml.
    package init(name: String, bytes: [UInt8]) throws(Problem) {
        try loadYAML()
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Problem(.yaml, "\(name): not valid UTF-8", remedy: "save the file as UTF-8")
        }
        self.name = name
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for document in try Self.documents(text, name, lines) { try read(document) }
    }

    private static func documents(_ text: String, _ name: String, _ lines: [Substring]) throws(Problem) -> [YAMLNode] {
        do {
            return try YAMLNode.documents(text)
        } catch {
            // "-role:" and such: libyaml finds fault with a later line only.
            let dash = lines.contains { isDashWithoutSpace($0.drop { $0 == " " }) }
            throw Problem(
                .yaml, "\(name): not valid YAML: \(error.message)",
                remedy: dash ? "put a space after the '-' that starts an item" : "correct it",
                at: error.mark.map { location($0, name, lines) })
        }
    }

    private static func isDashWithoutSpace(_ line: Substring) -> Bool {
        line.utf8.first == UInt8(ascii: "-") && line.dropFirst().first.map { $0 != " " && $0 != "-" } ?? false
    }

    private static func location(_ mark: YAMLNode.Mark, _ name: String, _ lines: [Substring]) -> SourceLocation {
        let line = lines.indices.contains(mark.line - 1) ? lines[mark.line - 1] : ""
        // libyaml counts code points, a location bytes.
        let before = line.unicodeScalars.prefix(max(0, mark.column - 1)).reduce(0) { $0 + UTF8.width($1) }
        return SourceLocation(file: name, line: max(1, mark.line), column: before + 1, text: String(line))
    }

    private func location(_ node: YAMLNode) -> SourceLocation { Self.location(node.mark, name, lines) }

    private mutating func read(_ document: YAMLNode) throws(Problem) {
        switch document.content {
        case .sequence(let plays): for play in plays { readPlay(play) }
        case .mapping(let members):
            if document["hosts"] != nil, document["roles"] ?? document["tasks"] != nil {
                readPlay(document)
            } else if members.contains(where: { Self.isGroup($0.value) }) {
                for (group, content) in members { readGroup(content, role: Self.role(ofGroup: group.text ?? "")) }
            } else {
                add(document, role: .host)
            }
        case .scalar(let text) where text.isEmpty: break
        default:
            throw Problem(
                .noVariables, "\(name) is neither a playbook nor a file of variables",
                remedy: "name a playbook, a vars file, an inventory in YAML, or a file of host_vars or group_vars",
                at: location(document))
        }
    }

    /// A play, and a list of tasks within a block.
    private mutating func readPlay(_ play: YAMLNode) {
        var used: [AnsibleRole] = []
        let before = variables.count
        for item in play["roles"]?.items ?? [] {
            guard let role = AnsibleRole(rawValue: item.text ?? item["role"]?.text ?? item["name"]?.text ?? "") else {
                continue
            }
            used.append(role)
            add(item["vars"], role: role)
            add(item, role: role, except: ["role", "name", "vars", "tags", "when", "become", "become_user"])
        }
        for list in ["pre_tasks", "tasks", "post_tasks", "block"] {
            for task in play[list]?.items ?? [] { readTask(task, &used) }
        }
        namesRole = namesRole || used.contains(.host)
        if let vars = play["vars"] {
            // A play's own variables are weaker than those of its roles (Ansible: Understanding
            // variable precedence).
            let own = variables[before...]
            variables.removeSubrange(before...)
            add(vars, role: used.contains(.host) ? .host : used.first ?? .host)
            variables += own
        }
        if let files = play["vars_files"] {
            problems.append(
                Problem(
                    .varsFiles, "vars_files: not read, ignoring",
                    remedy: "name these files on the command line as well",
                    severity: .warning,
                    at: location(files)))
        }
    }

    private mutating func readTask(_ task: YAMLNode, _ used: inout [AnsibleRole]) {
        for key in ["import_role", "include_role", "ansible.builtin.import_role", "ansible.builtin.include_role"] {
            guard let role = task[key]?["name"]?.text.flatMap(AnsibleRole.init(rawValue:)) else { continue }
            used.append(role)
            add(task["vars"], role: role)
        }
        if task["block"] != nil { readPlay(task) }
    }

    /// An inventory's group: hosts with variables, variables of its own, groups within it.
    private mutating func readGroup(_ group: YAMLNode, role: AnsibleRole) {
        add(group["vars"], role: role)
        for (name, child) in group["children"]?.members ?? [] {
            readGroup(child, role: Self.role(ofGroup: name.text ?? ""))
        }
        for (_, host) in group["hosts"]?.members ?? [] { add(host, role: role) }
    }

    private static func isGroup(_ node: YAMLNode) -> Bool { node["hosts"] != nil || node["children"] != nil }

    /// The names that the fork's inventory and playbooks use.
    private static func role(ofGroup name: String) -> AnsibleRole {
        switch name {
        case "guests": .guest
        case "injectors", "pkt-gen": .trex
        default: .host
        }
    }

    private mutating func add(_ node: YAMLNode?, role: AnsibleRole, except: Set<String> = []) {
        for (key, value) in node?.members ?? [] {
            guard let name = key.text, !except.contains(name) else { continue }
            variables.append(Variable(name, Self.value(value), role: role, at: location(value)))
        }
    }

    private static func value(_ node: YAMLNode) -> Variable.Value {
        switch node.content {
        case .scalar(let text): return .text(text)
        case .sequence(let items):
            let texts = items.compactMap(\.text)
            return texts.count == items.count ? .list(texts) : .other
        case .mapping: return .other
        }
    }
}
