public import Diagnostics
import UnitFile

extension Config {
    /// Reads the files in their order, later ones over earlier ones, and reports every mistake. A setting that is wrong is left out, and so is the `[NIC]`, `[Testpmd]` or
    /// `[Guest]` that it is in: half of what was meant is not what was meant.
    public static func parse(_ files: [ConfigFiles.File]) -> (config: Config, problems: [Problem]) {
        var config = Config(path: files.first?.path ?? ConfigFiles.directories[0] + "/" + ConfigFiles.name)
        var reader = ConfigReader()
        for file in files { reader.read(UnitFile(name: file.path, bytes: file.content), into: &config) }
        reader.removeBroken(from: &config)
        return (config, reader.problems)
    }
}

/// What was not understood so far.
private struct ConfigReader {
    private(set) var problems: [Problem] = []
    /// Sections that have a mistake in them, as `NIC nic0`.
    private var broken: Set<String> = []
    /// How many sections without a name the file has so far, by title.
    private var unnamed: [String: Int] = [:]

    mutating func removeBroken(from config: inout Config) {
        if broken.isEmpty { return }
        config.isComplete = false
        config.nics.removeAll { broken.contains(id($0)) }
        config.testpmds.removeAll { broken.contains(id($0)) }
        config.guests.removeAll { broken.contains(id($0)) }
    }

    private func id<Section: NamedSection>(_ section: Section) -> String { "\(Section.title) \(section.name ?? "")" }

    mutating func read(_ file: UnitFile, into config: inout Config) {
        let before = problems.count
        for error in file.errors {
            problems.append(Problem("syntax", error.message, remedy: error.remedy, at: location(error.position, file)))
        }
        var seen: [String: Int] = [:]
        unnamed = [:]
        for section in file.sections {
            switch section.name {
            case HostSection.title: assign(section, in: file, to: &config.host)
            case HugepagesSection.title: assign(section, in: file, to: &config.hugepages)
            case NICSection.title: add(section, in: file, to: &config.nics, &seen)
            case TestpmdSection.title: add(section, in: file, to: &config.testpmds, &seen)
            case GuestSection.title: add(section, in: file, to: &config.guests, &seen)
            case let name where name.hasPrefix("X-"): break
            default: unknownSection(section, in: file)
            }
        }
        problems[before...].sort { ($0.location?.line ?? 0, $0.location?.column ?? 0) < ($1.location?.line ?? 0, $1.location?.column ?? 0) }
    }

    /// A section that may be there many times: one with the name of an earlier file's adds to that one, any other is new.
    private mutating func add<Section: NamedSection>(
        _ section: UnitFile.Section, in file: UnitFile, to list: inout [Section], _ seen: inout [String: Int]
    ) {
        var new = Section()
        var place = Section.isUsuallyOne ? unnamed[Section.title, default: 0] : list.count
        // A name that somebody was given by hand is not given again.
        while !Section.isUsuallyOne, list.contains(where: { $0.name == Section.ordinalName(place) }) { place += 1 }
        new.name = Section.ordinalName(place)
        if let entry = section.entry("Name"), let setting = Section.settings.first(where: { $0.key == "Name" }), !entry.value.isEmpty {
            // A wrong name is reported by assign() below.
            _ = setting.assign(&new, entry.value)
        } else {
            unnamed[Section.title, default: 0] += 1
        }
        let here = location(section.position, file)
        if let earlier = seen.updateValue(here.line, forKey: id(new)) {
            report(
                "name-twice", "[\(Section.title)] \(new.name ?? ""): there is one of that name at line \(earlier)",
                remedy: "give it a Name= of its own", at: here)
            return
        }
        if let index = list.firstIndex(where: { $0.name == new.name }) {
            assign(section, in: file, to: &list[index])
        } else {
            assign(section, in: file, to: &new)
            list.append(new)
        }
    }

    /// Puts the section's entries into the target.
    private mutating func assign<Section: ConfigSection>(_ section: UnitFile.Section, in file: UnitFile, to target: inout Section) {
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
        if text.utf8.count <= limit, !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f }) { return text }
        let clean = String(
            String.UnicodeScalarView(
                text.unicodeScalars.prefix(limit).map { $0.value < 0x20 && $0 != "\t" || $0.value == 0x7f ? "\u{fffd}" : $0 }))
        return text.unicodeScalars.count > limit ? clean + "…" : clean
    }
}
