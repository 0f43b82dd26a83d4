/// A file for rules of the machine's own that one of libvirt's AppArmor profiles includes
/// (`apparmor.d(5)`), and the rules that the guests of a plan need in it.
package struct AppArmorAddition: Hashable, Sendable {
    package struct Rule: Hashable, Sendable {
        /// Comments and rules, as they stand in the file.
        package var lines: [String]
        /// What AppArmor refuses without the rule.
        package var refusal: String
    }

    package var path: String
    package var rules: [Rule]

    /// Each line once.
    package var lines: [String] {
        rules.flatMap(\.lines).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// What guests need beyond `text`, which all of their profiles include. `builds` is the pattern
    /// for the emulators of own builds; `nil` if no guest has one.
    init(forGuests text: String, emulators: [String], builds: String?) {
        // libvirt of Debian 13 calls the other one deprecated.
        let hasDirectory = text.contains("<abstractions/libvirt-qemu.d>")
        path =
            hasDirectory ? "\(AppArmor.abstraction).d/pvpgen" : "\(AppArmor.directory)/local/abstractions/libvirt-qemu"
        let lines = Self.trimmedLines(text)
        rules = text.contains("/cpumap r,") ? [] : [Self.nodes]
        rules += emulators.filter { !lines.contains("\($0) rmix,") }.map(Self.guest)
        if let builds, !lines.contains("\(builds) rmix,") {
            rules.append(
                Rule(lines: [Self.buildComment, "  \(builds) rmix,"], refusal: Self.refusal(ofGuest: builds)))
        }
    }

    /// What a daemon that starts QEMU needs beyond its profile.
    init(forDaemon daemon: String, _ text: String, emulators: [String], builds: String?) {
        path = Self.path(of: daemon)
        let lines = Self.trimmedLines(text)
        rules = emulators.filter { !lines.contains("\(Self.directory(of: $0))/* PUx,") }.map { emulator in
            Rule(
                lines: [Self.comment, "  \(Self.glob(emulator)) PUx,"],
                refusal: "libvirt's profile '\(daemon)' does not allow to execute '\(emulator)'")
        }
        if let builds, !lines.contains("\(builds) PUx,") {
            rules.append(
                Rule(
                    lines: [Self.buildComment, "  \(builds) PUx,"],
                    refusal: "libvirt's profile '\(daemon)' does not allow to execute '\(builds)'"))
        }
    }

    /// Returns the pattern for the emulators of all own builds below a directory, so that another
    /// build requires no other rule. They have no modules, and the firmware of the distribution.
    static func pattern(ofBuildsIn directory: String) -> String {
        glob("\(directory)/", then: "*/bin/qemu-system-x86_64")
    }

    static func path(of daemon: String) -> String { "\(AppArmor.directory)/local/usr.sbin.\(daemon)" }

    /// Those of its rules that `text`, the file's content, does not have.
    func missing(from text: String) -> AppArmorAddition {
        let present = Self.trimmedLines(text)
        var missing = self
        missing.rules.removeAll { rule in
            rule.lines.allSatisfy { $0.hasPrefix("#") || present.contains(Self.trimmed($0)) }
        }
        return missing
    }

    /// QEMU's libnuma reads which CPUs a node has, for the threads that prepare memory there.
    /// The profile of libvirt 9.0 refuses that, and the guest does not start.
    private static let nodes = Rule(
        lines: [
            "# pvpgen install: QEMU asks libnuma which CPUs the guest's NUMA node has.",
            "  @{sys}/devices/system/node/node[0-9]*/cpumap r,",
        ], refusal: "libvirt's abstraction 'libvirt-qemu' does not allow QEMU to read which CPUs a NUMA node has")

    private static let comment = "# pvpgen install: for Emulator= in /etc/pvpgen/pvp.conf."
    private static let buildComment = "# pvpgen install: for Build= in /etc/pvpgen/pvp.conf."

    private static func refusal(ofGuest emulator: String) -> String {
        "libvirt's abstraction 'libvirt-qemu' does not allow a guest to run as '\(emulator)'"
    }

    /// For a QEMU in `PREFIX/bin/` its modules, libraries and firmware too.
    private static func guest(_ emulator: String) -> Rule {
        var lines = [comment, "  \(glob(emulator)) rmix,"]
        let directory = directory(of: emulator)
        let prefix = String(directory.dropLast("/bin".count))
        if directory.hasSuffix("/bin"), !["", "/usr"].contains(prefix) {
            lines += ["lib", "lib64"].map { "  \(glob("\(prefix)/\($0)/", then: "**")) mr," }
            lines.append("  \(glob("\(prefix)/share/qemu/", then: "**")) rk,")
        }
        return Rule(lines: lines, refusal: refusal(ofGuest: emulator))
    }

    private static func directory(of path: String) -> String {
        String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    }

    /// A path as a rule has it, with its special characters escaped.
    private static func glob(_ path: String, then pattern: String = "") -> String {
        let escaped = path.map { "\\*?[]{}^\"".contains($0) ? "\\\($0)" : "\($0)" }.joined()
        let isPlain = path.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            // Minus, full stop, slash and digits.
            case UInt8(ascii: "-")...UInt8(ascii: "9"): true
            default: byte == UInt8(ascii: "_") || byte == UInt8(ascii: "+")
            }
        }
        return isPlain ? escaped + pattern : "\"\(escaped)\(pattern)\""
    }

    private static func trimmedLines(_ text: String) -> Set<String> {
        Set(text.split(separator: "\n").map { trimmed($0) })
    }

    private static func trimmed(_ line: some StringProtocol) -> String {
        var line = line.drop { $0 == " " || $0 == "\t" }
        while line.last == " " || line.last == "\t" { line.removeLast() }
        return String(line)
    }
}
