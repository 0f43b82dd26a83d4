package import Units

/// What a daemon-reload changes about one unit.
package struct UnitChange: Hashable, Sendable {
    /// What happens to a file or link.
    package enum Kind: String, Hashable, Sendable {
        /// It is new.
        case added
        /// It goes.
        case removed
        /// The unit exists before and after, and differs.
        case changed
    }

    /// A line that goes or comes.
    package struct Line: Hashable, Sendable {
        /// Whether it comes.
        package var isNew: Bool
        /// The line without its end.
        package var text: String
    }

    /// A file or link of the unit.
    package struct Part: Hashable, Sendable {
        /// Its name below the generator's directory.
        package var name: String
        /// What happens to it.
        package var kind: Kind
        /// Its lines that go or come, in the order of the file; for a link, `-> TARGET`.
        package var lines: [Line]
    }

    /// The unit's name.
    package var unit: String
    /// What is not the same, by name.
    package var parts: [Part]
    /// Whether a file is among them: a link decides only what is started.
    package var isInFiles: Bool

    /// What lies between two trees, by unit.
    package static func changes(from present: UnitTree, to new: UnitTree) -> [UnitChange] {
        var parts: [String: UnitChange] = [:]
        func add(_ part: Part, isFile: Bool) {
            let unit = UnitTree.unit(of: part.name)
            parts[unit, default: UnitChange(unit: unit, parts: [], isInFiles: false)].parts.append(part)
            if isFile { parts[unit]?.isInFiles = true }
        }
        for name in Set(present.files.keys).union(new.files.keys) where present.files[name] != new.files[name] {
            add(Part(name, from: present.files[name].map(lines), to: new.files[name].map(lines)), isFile: true)
        }
        for name in Set(present.links.keys).union(new.links.keys) where present.links[name] != new.links[name] {
            add(
                Part(name, from: present.links[name].map { ["-> " + $0] }, to: new.links[name].map { ["-> " + $0] }),
                isFile: false)
        }
        return parts.values.map { change in
            var sorted = change
            sorted.parts.sort { $0.name < $1.name }
            return sorted
        }.sorted { $0.unit < $1.unit }
    }

    private static func lines(_ content: [UInt8]) -> [String] {
        content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true).map {
            String(decoding: $0, as: UTF8.self)
        }
    }
}

extension UnitChange.Part {
    fileprivate init(_ name: String, from old: [String]?, to new: [String]?) {
        self.name = name
        kind = if old == nil { .added } else { new == nil ? .removed : .changed }
        lines = []
        var removed: [Int: String] = [:]
        var inserted: [Int: String] = [:]
        for change in (new ?? []).difference(from: old ?? []) {
            switch change {
            case .remove(let offset, let line, _): removed[offset] = line
            case .insert(let offset, let line, _): inserted[offset] = line
            }
        }
        // Both are walked side by side, so that a removed line stands before the line that replaces
        // it.
        var before = 0
        var after = 0
        while before < old?.count ?? 0 || after < new?.count ?? 0 {
            if let line = removed[before] {
                lines.append(.init(isNew: false, text: line))
                before += 1
            } else if let line = inserted[after] {
                lines.append(.init(isNew: true, text: line))
                after += 1
            } else {
                before += 1
                after += 1
            }
        }
    }
}
