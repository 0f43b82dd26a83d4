public import Diagnostics
import UnitFile

extension Config {
    /// Reads the files in their order, later ones over earlier ones, and reports every mistake. A setting that is wrong is left out, and so is the `[NIC]`, `[Testpmd]` or
    /// `[Guest]` that it is in: half of what was meant is not what was meant.
    public static func parse(_ files: [ConfigFiles.File]) -> (config: Config, problems: [Problem]) {
        var reader = ConfigReader(path: files.first?.path ?? "")
        for file in files { reader.read(UnitFile(name: file.path, bytes: file.content)) }
        return (reader.config, reader.problems)
    }
}

/// The state of reading: what was understood so far, and what was not.
private struct ConfigReader {
    private var partial: Config
    var problems: [Problem] = []
    /// Sections that have a mistake in them, as `NIC nic0`.
    private var broken: Set<String> = []

    init(path: String) { partial = Config(path: path) }

    /// What was read, without the sections that have mistakes in them.
    var config: Config {
        var config = partial
        config.nics.removeAll { broken.contains(id($0)) }
        config.testpmds.removeAll { broken.contains(id($0)) }
        config.guests.removeAll { broken.contains(id($0)) }
        return config
    }

    private func id<Section: NamedSection>(_ section: Section) -> String { "\(Section.title) \(section.name ?? "")" }

    mutating func read(_ file: UnitFile) {
        let before = problems.count
        for error in file.errors {
            problems.append(Problem("syntax", error.message, remedy: error.remedy, at: location(error.position, file)))
        }
        var seen: [String: SourceLocation] = [:]
        for section in file.sections {
            switch section.name {
            case HostSection.title: partial.host = assigned(section, in: file, to: partial.host)
            case HugepagesSection.title: partial.hugepages = assigned(section, in: file, to: partial.hugepages)
            case NICSection.title: add(section, in: file, to: \.nics, &seen)
            case TestpmdSection.title: add(section, in: file, to: \.testpmds, &seen)
            case GuestSection.title: add(section, in: file, to: \.guests, &seen)
            case let name where name.hasPrefix("X-"): break
            default: unknownSection(section, in: file)
            }
        }
        problems[before...].sort { ($0.location?.line ?? 0, $0.location?.column ?? 0) < ($1.location?.line ?? 0, $1.location?.column ?? 0) }
    }

    /// A section that may be there many times: one with the name of an earlier file's adds to that one, any other is new.
    private mutating func add<Section: NamedSection>(
        _ section: UnitFile.Section, in file: UnitFile, to list: WritableKeyPath<Config, [Section]>, _ seen: inout [String: SourceLocation]
    ) {
        let place = partial[keyPath: list].count
        var new = Section()
        new.name = Section.ordinalName(place)
        if let entry = section.entry("Name"), let setting = Section.settings.first(where: { $0.key == "Name" }), !entry.value.isEmpty {
            // A wrong name is reported by assigned() below.
            _ = setting.assign(&new, entry.value)
        }
        let here = location(section.position, file)
        if let earlier = seen.updateValue(here, forKey: id(new)) {
            report(
                "name-twice", "[\(Section.title)] \(new.name ?? ""): there is one of that name at line \(earlier.line)",
                remedy: "give it a Name= of its own", at: here)
            return
        }
        if let index = partial[keyPath: list].firstIndex(where: { $0.name == new.name }) {
            new = assigned(section, in: file, to: partial[keyPath: list][index])
            partial[keyPath: list][index] = new
        } else {
            new = assigned(section, in: file, to: new)
            partial[keyPath: list].append(new)
        }
    }

    /// The target with the section's entries in it.
    private mutating func assigned<Section: ConfigSection>(_ section: UnitFile.Section, in file: UnitFile, to target: Section) -> Section {
        var target = target
        let before = problems.count
        if target.location == nil { target.location = location(section.position, file) }
        for entry in section.entries where !entry.key.hasPrefix("X-") {
            if let setting = Section.settings.first(where: { $0.key == entry.key }) {
                if !setting.assign(&target, entry.value) {
                    report(
                        "value", "\(entry.key)= in [\(Section.title)] is '\(shown(entry.value))', expected \(setting.expected)",
                        remedy: setting.defaultText.isEmpty
                            ? "correct it" : "correct it, or remove it for the default: \(setting.defaultText)",
                        at: location(entry.valuePosition, file))
                }
            } else {
                let meant = suggestion(for: entry.key, among: Section.settings.map(\.key))
                report(
                    "unknown-key", "unknown key '\(shown(entry.key))' in [\(Section.title)]",
                    remedy: meant.map { "did you mean '\($0)'?" }
                        ?? "the keys of [\(Section.title)] are \(Section.settings.map(\.key).joined(separator: ", "))",
                    at: location(entry.position, file))
            }
        }
        if problems.count > before || hasSyntaxError(section, in: file), let named = target as? any NamedSection {
            broken.insert("\(Section.title) \(named.name ?? "")")
        }
        return target
    }

    private func hasSyntaxError(_ section: UnitFile.Section, in file: UnitFile) -> Bool {
        let start = section.position.line
        let end = file.sections.lazy.map(\.position.line).first { $0 > start } ?? .max
        return file.errors.contains { (start..<end).contains($0.line) }
    }

    private mutating func unknownSection(_ section: UnitFile.Section, in file: UnitFile) {
        let titles = [HostSection.title, HugepagesSection.title, NICSection.title, TestpmdSection.title, GuestSection.title]
        let meant = suggestion(for: section.name, among: titles)
        report(
            "unknown-section", "unknown section [\(shown(section.name))]",
            remedy: meant.map { "did you mean [\($0)]?" } ?? "the sections are \(titles.map { "[\($0)]" }.joined(separator: ", "))",
            at: location(section.position, file))
    }

    private mutating func report(_ code: String, _ message: String, remedy: String, at location: SourceLocation) {
        problems.append(Problem(code, message, remedy: remedy, at: location))
    }

    private func location(_ position: UnitFile.Position, _ file: UnitFile) -> SourceLocation {
        SourceLocation(file: file.name, line: position.line, column: position.column, text: shown(position.text, limit: 240))
    }

    /// What the user wrote, short enough for one line and without control characters.
    private func shown(_ text: String, limit: Int = 60) -> String {
        let clean = String(
            String.UnicodeScalarView(
                text.unicodeScalars.prefix(limit).map { $0.value < 0x20 && $0 != "\t" || $0.value == 0x7f ? "\u{fffd}" : $0 }))
        return text.unicodeScalars.count > limit ? clean + "…" : clean
    }
}
