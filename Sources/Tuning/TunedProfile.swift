/// What a profile of tuned sets, as far as its files say (tuned.conf(5)): what its scripts do is
/// not in them.
package struct TunedProfile: Hashable, Sendable {
    /// Its name; several are separated by spaces.
    package var name: String
    /// Keys by section; a key of `[sysfs]` is a path, maybe with `*` in it.
    private var keys: [String: Set<String>] = [:]

    /// A profile of that name that sets nothing yet.
    package init(_ name: String) { self.name = name }

    /// Takes a file in; returns the profiles that it includes.
    package mutating func add(_ text: String) -> [String] {
        var section = ""
        var included: [String] = []
        for line in text.split(separator: "\n") {
            let line = line.drop { $0 == " " || $0 == "\t" }
            if line.hasPrefix("["), let end = line.firstIndex(of: "]") {
                section = String(line[line.index(after: line.startIndex)..<end])
                keys[section, default: []].formUnion([])
            } else if !line.hasPrefix("#"), !line.hasPrefix(";"), let equals = line.firstIndex(of: "=") {
                let key = line[..<equals].split(separator: " ").joined()
                keys[section, default: []].insert(key)
                if section == "main", key == "include" {
                    included += line[line.index(after: equals)...].split { $0 == "," || $0 == " " }.map(String.init)
                }
            }
        }
        return included
    }

    /// Whether the profile sets the value at a place.
    func owns(_ place: Tunable, of item: TuningItem) -> Bool {
        func has(_ section: String, _ names: String...) -> Bool {
            names.contains { keys[section]?.contains($0) ?? false }
        }
        if case .file(let path) = place {
            if path.hasPrefix("/proc/sys/") {
                return has("sysctl", path.dropFirst("/proc/sys/".count).split(separator: "/").joined(separator: "."))
            }
            if keys["sysfs", default: []].contains(where: { Self.matches($0[...], path[...]) }) { return true }
        }
        return switch item {
        case .transparentHugepages: has("vm", "transparent_hugepages", "transparent_hugepage")
        case .governor: has("cpu", "governor")
        case .turbo: has("cpu", "no_turbo", "boost")
        case .irqBalance: keys["irqbalance"] != nil
        case .interrupts: has("scheduler", "isolated_cores", "default_irq_smp_affinity") || keys["irq"] != nil
        default: false
        }
    }

    /// Whether a path is one that `pattern` stands for; `*` stands for anything but a slash.
    private static func matches(_ pattern: Substring, _ path: Substring) -> Bool {
        guard let first = pattern.first else { return path.isEmpty }
        if first == "*" {
            if matches(pattern.dropFirst(), path) { return true }
            guard let next = path.first, next != "/" else { return false }
            return matches(pattern, path.dropFirst())
        }
        return path.first == first && matches(pattern.dropFirst(), path.dropFirst())
    }
}
