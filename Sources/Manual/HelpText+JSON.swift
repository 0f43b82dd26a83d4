package import JSON

extension HelpText {
    /// The help of a command, from what the argument parser knows about it
    /// (`--experimental-dump-help`). The discussion has paragraphs, lists, examples and exit codes
    /// as `HelpText` reads them.
    /// - Parameter words: The command, such as `pvpgen guest list`.
    /// - Parameter groups: The verbs by group; all below "Verbs" if there are no groups.
    package init(_ command: JSON, words: [String], groups: [(name: String, verbs: [String])] = []) {
        let verbs = command.verbs
        let arguments = command.arguments
        let operands = arguments.filter { $0["preferredName"] == nil }
        let line =
            words + [verbs.isEmpty ? "" : "VERB", "[OPTIONS...]"].filter { !$0.isEmpty } + operands.map(\.synopsis)
        let discussion = Part.all(
            in: (command["discussion"]?.string ?? "").split(separator: "\n", omittingEmptySubsequences: false).map(
                String.init))
        var parts = discussion.filter { !$0.isExamples && !$0.isExitCodes }
        for (name, members) in verbs.isEmpty || !groups.isEmpty
            ? groups : [("Verbs", verbs.compactMap { $0["commandName"]?.string })]
        {
            let items = members.compactMap { name in verbs.first { $0["commandName"]?.string == name } }
            parts.append(.list(name, items.map { Item(term: $0["commandName"]?.string ?? "", text: $0.abstract) }))
        }
        if !operands.isEmpty {
            parts.append(.list("Arguments", operands.map { Item(term: $0.value, text: $0.abstract) }))
        }
        var options = arguments.filter { $0["preferredName"] != nil }.map { Item(term: $0.spelling, text: $0.abstract) }
        if words.count == 1 { options.append(Item(term: "--version", text: "Print the version")) }
        options.append(Item(term: "-h, --help", text: "Print this help"))
        parts.append(.list("Options", options))
        parts += discussion.filter(\.isExamples) + discussion.filter(\.isExitCodes)
        self.init(usage: [line.joined(separator: " ")], summary: command.abstract, parts: parts)
    }
}

extension HelpText.Part {
    fileprivate var isExamples: Bool { if case .examples = self { true } else { false } }

    /// Whether it is the paragraph about exit codes.
    var isExitCodes: Bool { if case .paragraph(let text) = self { text.hasPrefix("Exit codes") } else { false } }
}

extension JSON {
    /// The verbs of a command that are documented.
    var verbs: [JSON] {
        (self["subcommands"]?.array ?? []).filter { $0["shouldDisplay"] == true && $0["commandName"]?.string != "help" }
    }

    /// The arguments of a command that are documented, without those that every command has.
    fileprivate var arguments: [JSON] {
        (self["arguments"]?.array ?? []).filter {
            $0["shouldDisplay"] == true && !["help", "version"].contains($0["preferredName"]?["name"]?.string)
        }
    }

    fileprivate var abstract: String {
        let text = self["abstract"]?.string ?? ""
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }

    /// `NAME`, for an operand or the value of an option.
    fileprivate var value: String { (self["valueName"]?.string ?? "").uppercased() }

    /// `[NAME]`, `FILE...`, `[-- COMMAND...]`.
    fileprivate var synopsis: String {
        let isLast = self["parsingStrategy"]?.string == "postTerminator"
        let text = (isLast ? "-- " : "") + value + (self["isRepeating"] == true ? "..." : "")
        return self["isOptional"] == true ? "[\(text)]" : text
    }

    /// `--root=DIR`, `-c, --command=COMMAND`, `--json`.
    fileprivate var spelling: String {
        let names = (self["names"]?.array ?? []).compactMap { name in
            name["name"]?.string.map { (name["kind"]?.string == "long" ? "--" : "-") + $0 }
        }
        return names.joined(separator: ", ") + (self["kind"]?.string == "option" ? "=\(value)" : "")
    }
}
