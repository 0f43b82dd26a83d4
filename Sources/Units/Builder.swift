import Diagnostics
import UnitFile
import Values

/// A line of a unit: what it holds decides how it is escaped.
enum UnitEntry {
    /// As it is.
    case value(String, String)
    /// Words with a blank between each two.
    case words(String, [String])
    /// Why the next line is as it is.
    case comment(String)
    /// Text that a user wrote: `%` is no specifier.
    case text(String, String)
    /// `ExecStart=`: a program and its arguments.
    case execute([String])
    /// `ExecReload=`, the same.
    case reload([String])
    /// `ExecStopPost=`, the same.
    case stopPost([String])
    /// `StandardInputText=`: what the program reads.
    case input([UInt8])
}

/// A section of a unit.
struct Section {
    var name: String
    var entries: [UnitEntry]

    init(_ name: String, _ entries: [UnitEntry]) {
        self.name = name
        self.entries = entries
    }
}

/// Writes units one by one.
struct Builder {
    let layout: Layout
    let source: String
    /// The same for a unit, where `%` is special.
    private let sourcePath: String
    /// What each file begins with.
    private let head: UnitWriter
    let output: any UnitOutput
    /// The units that pvp.target waits for.
    private(set) var members: [String] = []
    /// Units that could not be written.
    private(set) var problems: [Problem] = []

    init(layout: Layout, source: String, output: any UnitOutput) {
        self.layout = layout
        self.source = source
        self.output = output
        sourcePath = Specifier.escape(source)
        var head = UnitWriter()
        head.comment("\(UnitTree.mark) from \(source). Do not edit: change that file, then run systemctl daemon-reload")
        self.head = head
    }

    /// The command line of a helper, with the path of its program.
    func command(_ program: String, _ arguments: [String]) -> [String] { ["\(layout.programs)/\(program)"] + arguments }

    /// What a drop-in adds to the command line of its template: variables, quoted where systemd
    /// would split them.
    static func environment(_ variables: [String]) -> [UnitEntry] {
        if variables.isEmpty { return [] }
        return [.words("Environment", variables.map { $0.utf8.contains(UInt8(ascii: " ")) ? "\"\($0)\"" : $0 })]
    }

    /// Adds an instance of a template of ours, with what is its own in a drop-in, as a member. Node
    /// numbers, PCI addresses and names need no escape: `%i` is the name itself.
    mutating func addInstance(_ template: String, _ instance: String, type: String = "service", sections: [Section])
        -> String
    {
        let unit = ("\(template)@\(instance).\(type)" as UTF8StringBuilder).string
        addDropIn(to: unit, sections)
        return unit
    }

    /// Adds what is this host's to a unit of ours, as a member.
    mutating func addDropIn(to unit: String, _ sections: [Section]) {
        if addFile(unit + ".d/50-pvpgen.conf", sections) { members.append(unit) }
    }

    /// Adds a whole unit as a member.
    mutating func addUnit(_ unit: String, _ sections: [Section]) {
        if addFile(unit, sections) { members.append(unit) }
    }

    /// Adds a file, with a head that says where it comes from. A value that a unit file cannot hold
    /// is a problem, and the file stays out.
    @discardableResult mutating func addFile(_ name: String, _ sections: [Section]) -> Bool {
        do {
            var file = head
            // Enough for a guest with its domain.
            file.reserveCapacity(8192)
            for section in sections {
                try file.section(section.name)
                if section.name == "Unit" { try file.set("SourcePath", sourcePath) }
                for entry in section.entries { try Self.add(entry, to: &file) }
            }
            output.add(name, file.bytes)
            return true
        } catch {
            problems.append(Problem(.unitValue, "\(name): \(error)", remedy: "correct the value in \(source)"))
            return false
        }
    }

    private static func add(_ entry: UnitEntry, to file: inout UnitWriter) throws {
        switch entry {
        case .value(let key, let value): try file.set(key, value)
        case .words(let key, let words): try file.set(key, words: words)
        case .comment(let text): file.comment(text)
        case .text(let key, let value): try file.set(key, Specifier.escape(value))
        case .execute(let arguments): try file.set("ExecStart", ExecCommandLine.quote(arguments))
        case .reload(let arguments): try file.set("ExecReload", ExecCommandLine.quote(arguments))
        case .stopPost(let arguments): try file.set("ExecStopPost", ExecCommandLine.quote(arguments))
        case .input(let text): try file.setStandardInput(text)
        }
    }
}
