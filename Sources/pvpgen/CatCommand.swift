import ArgumentParser
import Config
import Diagnostics
import JSON
import Linux
import Plan
import Presentation
import Units

struct CatCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cat", abstract: "Print the configuration files, or a unit as generated",
        discussion: """
            Each file follows a line with its path, in the order in which they apply.

            Examples:
              pvpgen cat
              pvpgen cat testpmd.service
              pvpgen cat pvp-guest@guest
            """)

    @OptionGroup var root: RootOption
    @OptionGroup var output: JSONOption

    @Argument(
        help: "pvp.conf, or a unit; .service can be omitted.",
        completion: .custom { _, _, _ in [ConfigFiles.name] + Self.units(of: Plan.read(from: .machine).plan) })
    var name = ConfigFiles.name

    /// A file, and what is in it.
    struct File {
        var path: String
        var content: [UInt8]
    }

    func run() throws {
        let files = name == ConfigFiles.name ? try configuration() : try unit()
        if output.json {
            let list = files.map {
                ["path": .string($0.path), "content": .string(String(decoding: $0.content, as: UTF8.self))] as JSON
            }
            return print(JSON.array(list).text, terminator: "")
        }
        print(Self.text(files, Style.output), terminator: "")
    }

    /// As `systemd-analyze cat-config` prints files.
    static func text(_ files: [File], _ style: Style) -> String {
        files.map { file in
            let end = file.content.isEmpty || file.content.last == UInt8(ascii: "\n") ? "" : "\n"
            return style.gray("# \(file.path)") + "\n" + String(decoding: file.content, as: UTF8.self) + end
        }.joined(separator: "\n")
    }

    private func configuration() throws -> [File] {
        let found = ConfigFiles(in: root.tree)
        printProblems(found.problems)
        guard !found.paths.isEmpty else {
            printProblems([.noConfiguration])
            throw ExitCode.configuration
        }
        // A masked file exists with nothing in it.
        let contents = Dictionary(found.files.map { ($0.path, $0.content) }) { $1 }
        return found.paths.map { File(path: root.tree.path($0), content: contents[$0] ?? []) }
    }

    private func unit() throws -> [File] {
        let plan = try validPlan(in: root.tree, countsWarnings: true)
        let tree = UnitTree(plan, problems: [], layout: .own)
        let isWhole = [".service", ".target", ".mount", ".slice", ".socket", ".device"].contains(where: name.hasSuffix)
        let unit = isWhole ? name : name + ".service"
        var files: [File] = []
        if let file = Self.staticUnit(unit), root.tree.exists(file) {
            files.append(
                File(path: root.tree.path(file), content: try exitOnProblem { () throws(Problem) in try read(file) }))
        }
        for (path, content) in tree.files.sorted(by: { $0.key < $1.key })
        where path == unit || path.hasPrefix(unit + ".d/") {
            files.append(File(path: "/run/systemd/generator/" + path, content: content))
        }
        guard files.isEmpty else { return files }
        let units = Self.units(of: plan)
        printProblems([
            Problem(
                .unknownUnit, "unit '\(unit)': not found in the plan",
                remedy: suggestion(for: unit, among: units).map { "did you mean '\($0)'?" }
                    ?? "its units are \(units.joined(separator: ", "))")
        ])
        throw ExitCode.failure
    }

    private func read(_ path: String) throws(Problem) -> [UInt8] {
        do throws(SystemError) {
            return try root.tree.bytes(path)
        } catch {
            throw error.problem(.fileUnreadable, remedy: "make it a readable file")
        }
    }

    /// The file of a unit that is installed, or of the template that it is an instance of.
    private static func staticUnit(_ unit: String) -> String? {
        guard let at = unit.firstIndex(of: "@"), let dot = unit.lastIndex(of: ".") else {
            return "\(Layout.own.units)/\(unit)"
        }
        return "\(Layout.own.units)/\(unit[...at])\(unit[dot...])"
    }

    /// Units that there is something to show of.
    private static func units(of plan: Plan?) -> [String] {
        guard let plan else { return [] }
        let names = UnitTree(plan, problems: [], layout: .own).files.keys.map { name in
            // Of a drop-in, the directory without its ".d".
            name.firstIndex(of: "/").map { String(name[..<$0].dropLast(2)) } ?? name
        }
        return Set(names).sorted()
    }
}
