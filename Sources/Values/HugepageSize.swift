/// The size of a hugepage, as people and kernel arguments write it: `2M`, `1G`.
package struct HugepageSize: Hashable, Sendable, CustomStringConvertible {
    /// In KiB, as `/sys` names it.
    package let kibibytes: Int

    /// Reads a number above 0 with `K`, `M` or `G`; `nil` when it is anything else.
    package init?(_ text: String) {
        let units: [Character: Int] = ["K": 1, "M": 1 << 10, "G": 1 << 20]
        guard let unit = text.last.flatMap({ units[$0] }), let number = Int(text.dropLast()),
            (1..<1 << 20).contains(number)
        else {
            return nil
        }
        kibibytes = number * unit
    }

    /// Of a number of KiB above 0.
    package init(kibibytes: Int) { self.kibibytes = kibibytes }

    /// From the name of a directory such as `hugepages-2048kB`; `nil` when it is another.
    package init?(directory name: String) {
        guard name.hasPrefix("hugepages-"), name.hasSuffix("kB") else { return nil }
        guard let number = Int(name.dropFirst("hugepages-".count).dropLast(2)), number > 0 else { return nil }
        kibibytes = number
    }

    /// The name of its directory.
    package var directory: String { "hugepages-\(kibibytes)kB" }

    /// With the largest unit that gives a whole number: `2M`, `1G`.
    package var description: String {
        for (unit, size) in [("G", 1 << 20), ("M", 1 << 10)] where kibibytes % size == 0 {
            return "\(kibibytes / size)\(unit)"
        }
        return "\(kibibytes)K"
    }
}
