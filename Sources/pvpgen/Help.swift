import ArgumentParser
import JSON
import Manual

/// Help and usage of pvpgen, in the format of all programs of the project instead of the argument
/// parser's.
enum Help {
    /// Whatever the terminal has: the argument parser traps in one of 20 columns.
    static let columns = 80

    /// A verb and its words on the command line.
    private struct Entry {
        var type: any ParsableCommand.Type
        var words: [String]
    }

    /// The help that stands for the argument parser's own; `nil` if the text is none.
    static func requested(by text: String) -> String? {
        guard !text.isEmpty else { return nil }
        return commands().first { Pvpgen.helpMessage(for: $0.type, columns: columns) == text }.flatMap {
            help(of: $0.words)?.text
        }
    }

    /// The argument parser's message about wrong usage, with the line that has the usage replaced.
    static func withOwnUsage(_ text: String) -> String {
        for entry in commands() {
            let line = "Usage: \(Pvpgen.usageString(for: entry.type))\n"
            if text.contains(line), let usage = help(of: entry.words)?.usageText {
                return text.replacing(line, with: usage + "\n")
            }
        }
        return text
    }

    /// The help of one verb, or of the program.
    private static func help(of words: [String]) -> HelpText? {
        guard let json = try? JSON(Array(Pvpgen._dumpHelp().utf8)), var command = json["command"] else { return nil }
        for word in words.dropFirst() {
            guard let verb = command["subcommands"]?.array?.first(where: { $0["commandName"]?.string == word }) else {
                return nil
            }
            command = verb
        }
        return HelpText(command, words: words, groups: words.count == 1 ? Pvpgen.groups : [])
    }

    /// The command and all below it.
    private static func commands(_ type: any ParsableCommand.Type = Pvpgen.self, below words: [String] = []) -> [Entry]
    {
        let words = words + [type.configuration.commandName ?? ""]
        return [Entry(type: type, words: words)] + type.configuration.subcommands.flatMap { commands($0, below: words) }
    }
}
