/// The help of a program or of one of its verbs. All programs of the project print the same format,
/// 80 columns wide:
///
///     Usage: pvp-image NAME [OPTIONS...]
///
///     Create the disk of a guest
///
///     Options:
///       --root=DIR              Work on the tree below DIR instead of this machine
///
///     Examples:
///       pvp-image guest
///
///     Exit codes: 0 on success, 1 on failure, 2 for wrong usage.
package struct HelpText: Hashable, Sendable {
    /// A verb, an option or an argument.
    struct Item: Hashable, Sendable {
        var term: String
        /// A fragment without a full stop.
        var text: String
    }

    /// What follows usage and summary.
    enum Part: Hashable, Sendable {
        /// Sentences.
        case paragraph(String)
        /// Terms with their descriptions below a title.
        case list(String, [Item])
        /// Commands below the title "Examples".
        case examples([String])
    }

    /// The forms of the command line.
    var usage: [String]
    /// What the program does, as an imperative fragment.
    var summary: String
    /// In the order in which they are printed.
    var parts: [Part]

    init(usage: [String], summary: String, parts: [Part]) {
        self.usage = usage
        self.summary = summary
        self.parts = parts
    }

    /// Reads the output of `--help`; `nil` if it does not begin with usage and summary.
    package init?(_ text: String) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        guard let first = lines.popFirst(), first.hasPrefix(Self.head) else { return nil }
        usage = [String(first.dropFirst(Self.head.count))]
        while let line = lines.first, line.hasPrefix(Self.hanging) {
            usage.append(String(line.dropFirst(Self.hanging.count)))
            lines.removeFirst()
        }
        parts = Part.all(in: lines.map(String.init))
        guard case .paragraph(let summary) = parts.first else { return nil }
        self.summary = summary
        parts.removeFirst()
    }

    /// All of it as `--help` prints it.
    package var text: String {
        ([usageText, Self.wrap(summary, to: Self.width)] + parts.map(\.text)).joined(separator: "\n\n") + "\n"
    }

    /// The forms of the command line, for messages about wrong usage too.
    package var usageText: String { Self.head + usage.joined(separator: "\n" + Self.hanging) }

    private static let head = "Usage: "
    private static let hanging = "       "
    fileprivate static let width = 80
    /// The column in which descriptions begin.
    fileprivate static let indent = 26

    /// Breaks the text between words into lines of at most so many columns.
    fileprivate static func wrap(_ text: String, to width: Int, indent: Int = 0) -> String {
        wrapped(text, to: width - indent).joined(separator: "\n" + String(repeating: " ", count: indent))
    }
}

extension HelpText.Part {
    /// Paragraphs, and blocks of indented lines with the title before them; a blank line is between
    /// each two.
    static func all(in lines: [String]) -> [HelpText.Part] {
        var parts: [HelpText.Part] = []
        var paragraph: [String] = []
        var block: [String] = []
        for line in lines + [""] {
            if line.hasPrefix("  ") {
                block.append(String(line.dropFirst(2)))
                continue
            }
            if !block.isEmpty {
                parts.append(HelpText.Part(title: String(paragraph.joined(separator: " ").dropLast()), block))
                paragraph = []
                block = []
            }
            if !line.isEmpty {
                paragraph.append(line)
            } else if !paragraph.isEmpty {
                parts.append(.paragraph(paragraph.joined(separator: " ")))
                paragraph = []
            }
        }
        return parts
    }

    /// Two blanks separate a term and its description, which continues on lines that are further
    /// indented.
    private init(title: String, _ lines: [String]) {
        if title == "Examples" {
            self = .examples(lines)
            return
        }
        var items: [HelpText.Item] = []
        for line in lines {
            let text = String(line.drop { $0 == " " })
            if line.hasPrefix(" "), let last = items.indices.last {
                items[last].text += (items[last].text.isEmpty ? "" : " ") + text
            } else {
                let end = line.firstRange(of: "  ")?.lowerBound ?? line.endIndex
                items.append(HelpText.Item(term: String(line[..<end]), text: String(line[end...].drop { $0 == " " })))
            }
        }
        self = .list(title, items)
    }

    fileprivate var text: String {
        switch self {
        case .paragraph(let text): HelpText.wrap(text, to: HelpText.width)
        case .examples(let lines): "Examples:" + lines.map { "\n  " + $0 }.joined()
        case .list(let title, let items):
            HelpText.wrap(title + ":", to: HelpText.width) + items.map { "\n" + $0.rendered }.joined()
        }
    }
}

extension HelpText.Item {
    /// The term, with its description beside it if there is room, otherwise below.
    fileprivate var rendered: String {
        let gap = HelpText.indent - 2 - term.count
        let start =
            gap >= 2 ? String(repeating: " ", count: gap) : "\n" + String(repeating: " ", count: HelpText.indent)
        return "  " + term + start + HelpText.wrap(text, to: HelpText.width, indent: HelpText.indent)
    }
}
