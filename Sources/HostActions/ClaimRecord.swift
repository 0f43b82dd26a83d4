/// What a claim changed on the host, one line for each value: what the value was before, and what
/// the claim set.
package struct ClaimRecord: Hashable, Sendable {
    /// A value of the host that other processes may change as well.
    package struct Entry: Hashable, Sendable {
        /// What kind of value it is, such as `driver`.
        package var kind: String
        /// Where the value is: a path, or what `Tunable` has.
        package var target: String
        package var before: String
        package var set: String

        package init(_ kind: String, at target: String, before: String, set: String) {
            self.kind = kind
            self.target = target
            self.before = before
            self.set = set
        }
    }

    /// In the order in which the values are changed.
    package private(set) var entries: [Entry] = []

    package init() {}

    /// Reads what `text` wrote; other lines are left out.
    package init(_ text: String) {
        for line in text.split(separator: "\n") {
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard columns.count == 4, !columns[0].isEmpty, !columns[1].isEmpty else { continue }
            entries.append(Entry(columns[0], at: columns[1], before: columns[2], set: columns[3]))
        }
    }

    package var text: String { entries.map { "\($0.kind)\t\($0.target)\t\($0.before)\t\($0.set)\n" }.joined() }

    /// The value of a kind of which a record has one.
    package subscript(_ kind: String) -> Entry? { entries.first { $0.kind == kind } }

    /// Adds a change. Of a value that is in the record already, `before` stays: the value before
    /// all of the claim.
    package mutating func add(_ entry: Entry) {
        if let target = entries.firstIndex(where: { $0.target == entry.target }) {
            entries[target].set = entry.set
        } else {
            entries.append(entry)
        }
    }

    /// Adds a change; it replaces an earlier one of the same target.
    package mutating func replace(_ entry: Entry) {
        remove(entry.target)
        entries.append(entry)
    }

    /// Notes the value that the kernel shows after the write.
    package mutating func correct(_ target: String, to value: String) {
        if let index = entries.firstIndex(where: { $0.target == target }) { entries[index].set = value }
    }

    /// Removes a change that failed, and restores what `earlier` recorded of its target.
    package mutating func withdraw(_ target: String, for earlier: ClaimRecord) {
        if let entry = earlier.entries.first(where: { $0.target == target }) {
            correct(target, to: entry.set)
        } else {
            remove(target)
        }
    }

    package mutating func remove(_ target: String) { entries.removeAll { $0.target == target } }
}

extension ClaimRecord.Entry {
    /// What becomes of a value at its release.
    package enum Release: Hashable, Sendable {
        /// The value is as it was before the claim.
        case nothing
        /// The value is restored.
        case restore(String)
        /// Another process has changed the value since, and the change stays.
        case leave
    }

    /// The law of shared resources: what the claim set is taken back, what another process set
    /// stays. A value is restored while it is what the claim set.
    package func release(from now: String) -> Release {
        if now == before { return .nothing }
        return now == set ? .restore(before) : .leave
    }

    /// The same for a count, such as pages of a pool, to which several processes add: the release
    /// subtracts what the claim added, whatever the count is now.
    package func releaseCount(from now: Int) -> Release {
        guard let before = Int(before), let set = Int(set), set != before else { return .nothing }
        let rest = max(0, now - (set - before))
        return rest == now ? .nothing : .restore("\(rest)")
    }
}
