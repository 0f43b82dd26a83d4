package import Diagnostics
import UnitFile

extension Config {
    /// Reads the files in their order, later ones over earlier ones, and reports every error. An
    /// invalid setting is ignored, and its section is marked: half of what was meant is not what
    /// was meant.
    package static func parse(_ files: [ConfigFiles.File]) -> (config: Config, problems: [Problem]) {
        var config = Config(path: files.first?.path ?? ConfigFiles.directories[0] + "/" + ConfigFiles.name)
        var reader = ConfigReader()
        for file in files { reader.read(UnitFile(name: file.path, bytes: file.content), into: &config) }
        if reader.hasWrongSection { config.isComplete = false }
        // Every setting of [Testpmd] has a default, so NICs imply the section.
        if config.testpmds.isEmpty, !config.nics.isEmpty {
            var testpmd = TestpmdSection()
            testpmd.name = TestpmdSection.ordinalName(0)
            config.testpmds = [testpmd]
        }
        return (config, reader.reported)
    }
}

/// What was not understood so far.
struct ConfigReader {
    /// The number of problems that are reported; further ones are only counted.
    static let limit = [Problem].limit
    private var problems: [Problem] = []
    /// The number of errors.
    private var count = 0
    /// The location of the first error that is not reported.
    private var suppressed: SourceLocation?
    /// Whether a section of a kind that may repeat has an error.
    private(set) var hasWrongSection = false
    /// A section that may repeat.
    private struct Seen {
        /// The index of the section in the list of its kind.
        var index: Int
        /// The number of the last file that has it, and the line there.
        var file: Int
        var line: Int
    }
    /// What was read so far, each as `NIC nic0`.
    private var seen: [String: Seen] = [:]
    /// How many sections without a name the file has so far, by title.
    private var unnamed: [String: Int] = [:]
    /// The number of the file that is being read.
    private var fileNumber = 0

    /// The problems to report.
    var reported: [Problem] {
        guard let suppressed else { return problems }
        return problems + [.truncated(count - problems.count, at: suppressed)]
    }

    mutating func read(_ file: UnitFile, into config: inout Config) {
        let before = problems.count
        for error in file.errors {
            report(.syntax, error.message, remedy: error.remedy, at: error.position, in: file.name)
        }
        unnamed = [:]
        fileNumber += 1
        let unreadable = unreadableSections(of: file)
        for (index, section) in file.sections.enumerated() {
            let part = SectionSource.Part(file: file.name, section: section)
            let isReadable = !unreadable.contains(index)
            switch section.name {
            case HostSection.title: _ = assign(part, to: &config.host)
            case HugepagesSection.title: _ = assign(part, to: &config.hugepages)
            case TuningSection.title: _ = assign(part, to: &config.tuning)
            case NetworkSection.title: _ = assign(part, to: &config.network)
            case NICSection.title: add(part, isReadable, to: &config.nics)
            case TestpmdSection.title: add(part, isReadable, to: &config.testpmds)
            case GuestSection.title: add(part, isReadable, to: &config.guests)
            case InterfaceSection.title: add(part, isReadable, to: &config.interfaces)
            case BuildSection.title: add(part, isReadable, to: &config.builds)
            case GeneratorSection.title: add(part, isReadable, to: &config.generators)
            case let name where name.hasPrefix("X-"): break
            default: unknownSection(part)
            }
        }
        problems[before...].sort {
            ($0.location?.line ?? 0, $0.location?.column ?? 0) < ($1.location?.line ?? 0, $1.location?.column ?? 0)
        }
    }

    /// The sections with a line in them that is none. Errors and sections are both in the order of
    /// the file.
    private func unreadableSections(of file: UnitFile) -> Set<Int> {
        var unreadable: Set<Int> = []
        var next = 0
        for error in file.errors {
            while next < file.sections.count, file.sections[next].position.line <= error.line { next += 1 }
            unreadable.insert(next - 1)
        }
        return unreadable
    }

    /// A section that may repeat: one with the name of an earlier file's extends that one, any
    /// other is new.
    private mutating func add<Section: NamedSection>(
        _ part: SectionSource.Part, _ isReadable: Bool, to list: inout [Section]
    ) {
        var section = Section()
        var hasWrongName = false
        let name = part.section.value("Name") ?? ""
        if !name.isEmpty, let setting = Section.settings.firstIndex(where: { $0.key == "Name" }) {
            // A wrong name is reported by assign() below; the section is called by it in what else
            // is reported.
            hasWrongName = !Section.settings[setting].assign(&section, name)
            if hasWrongName { section.name = shown(name) }
        } else {
            section.name = ordinalName(Section.self, in: list)
            unnamed[Section.title, default: 0] += 1
        }
        let called = section.name
        let id = Section.title + " " + (called ?? "")
        let earlier = seen[id]
        let index = earlier?.index ?? list.count
        seen[id] = Seen(index: index, file: fileNumber, line: part.section.position.line)
        if let earlier, earlier.file == fileNumber, !hasWrongName {
            report(
                .nameTwice, "[\(Section.title)] \(called ?? ""): name already exists at line \(earlier.line)",
                remedy: "set another Name=", at: part.section.entry("Name")?.valuePosition ?? part.section.position,
                in: part.file)
            // Further errors of the section are reported in the same run.
            _ = assign(part, to: &section)
            return
        }
        if earlier == nil { list.append(Section()) }
        let isValid = assign(part, to: &list[index])
        // Name= without a value is as none.
        list[index].name = called
        if !isValid || !isReadable {
            list[index].isWrong = true
            hasWrongSection = true
        }
    }

    /// The name of a section without `Name=`. A name that another section sets is not used.
    private func ordinalName<Section: NamedSection>(_: Section.Type, in list: [Section]) -> String {
        if Section.isUsuallyOne { return Section.ordinalName(unnamed[Section.title, default: 0]) }
        var index = list.count
        while seen[Section.title + " " + Section.ordinalName(index)] != nil { index += 1 }
        return Section.ordinalName(index)
    }

    /// Stores the section's entries in the target; returns false if one of them has an error.
    private mutating func assign<Section: ConfigSection>(_ part: SectionSource.Part, to target: inout Section) -> Bool {
        let before = count
        target.source.parts.append(part)
        for entry in part.section.entries {
            if let index = Section.settings.firstIndex(where: { $0.key == entry.key }) {
                if !Section.settings[index].assign(&target, entry.value) {
                    let setting = Section.settings[index]
                    report(
                        .value,
                        "\(entry.key)= in [\(Section.title)] is '\(shown(entry.value))', expected \(setting.expected)",
                        remedy: setting.defaultText.isEmpty
                            ? "correct it"
                            : "correct the value, or remove the line for the default: \(setting.defaultText)",
                        at: entry.valuePosition, in: part.file)
                }
            } else if !entry.key.hasPrefix("X-") {
                report(
                    .unknownKey, "unknown key '\(shown(entry.key))' in [\(Section.title)]",
                    remedy: suggestion(for: entry.key, among: Section.settings.map(\.key)).map {
                        "did you mean '\($0)'?"
                    }
                        ?? "the keys of [\(Section.title)] are \(Section.settings.map(\.key).joined(separator: ", "))",
                    at: entry.position, in: part.file)
            }
        }
        return count == before
    }

    private mutating func unknownSection(_ part: SectionSource.Part) {
        report(
            .unknownSection, "unknown section [\(shown(part.section.name))]",
            remedy: Self.remedy(forUnknown: part.section.name), at: part.section.position, in: part.file)
    }

    private static func remedy(forUnknown section: String) -> String {
        let titles = Config.documentation.map(\.title)
        return suggestion(for: section, among: titles).map { "did you mean [\($0)]?" }
            ?? "the sections are \(titles.map { "[\($0)]" }.joined(separator: ", "))"
    }

    private mutating func report(
        _ code: Problem.Code, _ message: @autoclosure () -> String, remedy: @autoclosure () -> String,
        at position: @autoclosure () -> UnitFile.Position, in file: String
    ) {
        count += 1
        guard problems.count < Self.limit else {
            if suppressed == nil { suppressed = SourceLocation(position(), in: file) }
            return
        }
        problems.append(Problem(code, message(), remedy: remedy(), at: SourceLocation(position(), in: file)))
    }
}
