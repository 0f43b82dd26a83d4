package import Diagnostics
import UnitFile
import Values

/// Where a section stands: in one file, or in several that add to it.
package struct SectionSource: Hashable, Sendable {
    struct Part: Hashable, Sendable {
        var file: String
        var section: UnitFile.Section
    }

    /// A value as it was written.
    package struct Assignment: Hashable, Sendable {
        /// The text behind the equals sign.
        package var value: String
        /// Where the value is.
        package var location: SourceLocation
    }

    var parts: [Part] = []

    /// The source of a section that is in no file.
    package init() {}

    /// The assignments of a key that count: those since it was last given without a value.
    package func assignments(of key: String) -> [Assignment] {
        var assignments: [Assignment] = []
        for part in parts {
            for entry in part.section.entries where entry.key == key {
                if entry.value.isEmpty {
                    assignments = []
                } else {
                    assignments.append(
                        Assignment(value: entry.value, location: SourceLocation(entry.valuePosition, in: part.file)))
                }
            }
        }
        return assignments
    }

    /// Where its values are.
    package var locations: [SourceLocation] {
        parts.flatMap { part in part.section.entries.map { SourceLocation($0.valuePosition, in: part.file) } }
    }
}

extension ConfigSection {
    /// Where the section stands first.
    package var location: SourceLocation? {
        source.parts.first.map { SourceLocation($0.section.position, in: $0.file) }
    }

    /// Where a key's value is, the last one if there are several; where the section is, if the key
    /// is not given.
    package func location(of key: String) -> SourceLocation? { source.assignments(of: key).last?.location ?? location }
}

extension SourceLocation {
    init(_ position: UnitFile.Position, in file: String) {
        self.init(file: file, line: position.line, column: position.column, text: shown(position.text, limit: 240))
    }
}

/// What the user wrote, short enough for one line, without control characters and without the
/// credentials of a URL.
func shown(_ text: String, limit: Int = 60) -> String {
    let text = text.withoutCredentials
    if text.utf8.count <= limit, !text.hasControlCharacters { return text }
    let clean = String(
        String.UnicodeScalarView(
            text.unicodeScalars.prefix(limit).map {
                $0.value < 0x20 && $0 != "\t" || $0.value == 0x7f ? "\u{fffd}" : $0
            }))
    return text.unicodeScalars.count > limit ? clean + "…" : clean
}
