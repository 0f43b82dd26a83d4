package import Config

/// A configuration file with all settings: those that are set, and the others as comments with
/// their defaults, as in systemd's own files.
package struct ConfigTemplate: Sendable {
    /// A section with settings that are set.
    package struct Section: Sendable {
        package var title: String
        /// Lines above its header.
        package var comments: [String]
        package var values: [(key: String, value: String)]

        /// Creates a section; `comments` are lines without `#`.
        package init(_ title: String, comments: [String] = [], _ values: [(key: String, value: String)]) {
            self.title = title
            self.comments = comments
            self.values = values
        }
    }

    /// Lines at the start of the file, without `#`.
    package var header: [String]
    /// Sections with settings that are set. Several may have one title.
    package var sections: [Section]

    /// Creates a template.
    package init(header: [String], sections: [Section]) {
        self.header = header
        self.sections = sections
    }

    /// `etc/pvp.conf`: the smallest configuration, two NICs and a guest.
    package static let example = ConfigTemplate(
        header: [
            "Configuration of a PVP host: NICs, testpmd and a guest. Copy this file to /etc/pvpgen/pvp.conf,",
            "set PCIAddress= and Image=, then run 'pvpgen check' and 'pvpgen install'.",
            "Lines that start with #Key= show defaults. See pvp.conf(5).",
        ],
        sections: [
            Section("NIC", [("PCIAddress", "0000:17:00.0")]), Section("NIC", [("PCIAddress", "0000:17:00.1")]),
            Section("Guest", [("Image", "/var/lib/libvirt/images/guest.qcow2")]),
        ])

    /// The settings that are set, without comments.
    package var settings: [String] {
        sections.flatMap { section in ["[\(section.title)]"] + section.values.map { "\($0.key)=\($0.value)" } }
    }

    /// The file.
    package func text(_ documentation: [SectionDocumentation] = Config.documentation) -> String {
        var text = Self.lines(header)
        for section in documentation {
            let used = sections.filter { $0.title == section.title }
            // A section in which nothing is set has its header as a comment as well.
            text += "\n" + Self.lines(used.first?.comments ?? []) + (used.isEmpty ? "#" : "") + "[\(section.title)]\n"
            for setting in section.settings {
                let value = used.first?.values.first { $0.key == setting.key }?.value
                text +=
                    "# \(setting.line)\n"
                    + (value.map { "\(setting.key)=\($0)\n" } ?? "#\(setting.key)=\(setting.defaultValue)\n")
            }
            for another in used.dropFirst() {
                text += "\n" + Self.lines(another.comments) + "[\(another.title)]\n"
                text += another.values.map { "\($0.key)=\($0.value)\n" }.joined()
            }
        }
        return text
    }

    private static func lines(_ comments: [String]) -> String { comments.map { "# \($0)\n" }.joined() }
}
