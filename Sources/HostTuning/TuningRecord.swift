public import Tuning

/// What was found before it was changed, so that it can be put back: one line of text for each value.
public struct TuningRecord: Hashable, Sendable {
    /// A value that was changed.
    public struct Entry: Hashable, Sendable {
        /// What it belongs to.
        public var item: TuningItem
        /// Where it is.
        public var place: TuningPlace
        /// What it was.
        public var old: String
        /// What it was changed to.
        public var new: String
    }

    /// In the order in which they were changed.
    public private(set) var entries: [Entry] = []

    /// A record of nothing.
    public init() {}

    /// Reads what `text` wrote; a line that cannot be read is left out.
    public init(_ text: String) {
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 4, let item = TuningItem(parts[0]), let place = TuningPlace(parts[1]) else { continue }
            entries.append(Entry(item: item, place: place, old: parts[2], new: parts[3]))
        }
    }

    /// For a file.
    public var text: String { entries.map { "\($0.item.name)\t\($0.place)\t\($0.old)\t\($0.new)\n" }.joined() }

    /// Takes a change in. What was remembered before stays: it is what was there before all of it.
    public mutating func add(_ change: TuningChange) {
        if let index = entries.firstIndex(where: { $0.place == change.place }) {
            entries[index].new = change.new
        } else {
            entries.append(Entry(item: change.item, place: change.place, old: change.old, new: change.new))
        }
    }

    /// Remembers what the kernel made of a value.
    public mutating func correct(_ place: TuningPlace, to value: String) {
        if let index = entries.firstIndex(where: { $0.place == place }) { entries[index].new = value }
    }

    /// Takes a change back that could not be made: what `before` remembered of its place is remembered again.
    public mutating func withdraw(_ change: TuningChange, for before: TuningRecord) {
        let earlier = before.entries.first { $0.place == change.place }
        if let earlier { correct(change.place, to: earlier.new) } else { remove(change.place) }
    }

    /// Forgets a value.
    public mutating func remove(_ place: TuningPlace) { entries.removeAll { $0.place == place } }

}
