package import Config
import Values

/// The smallest configuration: two NICs and a guest.
private let example: [(title: String, values: [(key: String, value: String)])] = [
    ("NIC", [("PCIAddress", "0000:17:00.0")]), ("NIC", [("PCIAddress", "0000:17:00.1")]),
    ("Guest", [("Image", "/var/lib/libvirt/images/guest.qcow2")]),
]

/// Its lines.
let exampleLines = example.flatMap { section in ["[\(section.title)]"] + section.values.map { "\($0.key)=\($0.value)" }
}

/// `etc/pvp.conf`: the smallest configuration, with every other setting and its default as a
/// comment, as in systemd's own files.
package func exampleConfig(_ sections: [SectionDocumentation] = Config.documentation) -> String {
    var text = """
        # Configuration of a PVP host: NICs, testpmd and a guest. Copy this file to /etc/pvpgen/pvp.conf,
        # set PCIAddress= and Image=, then run 'pvpgen check' and 'pvpgen install'.
        # Lines that start with #Key= show defaults. See pvp.conf(5).

        """
    for section in sections {
        let used = example.filter { $0.title == section.title }
        // A section without a setting of its own changes nothing, so its header is a comment as
        // well.
        text += "\n" + (used.isEmpty ? "#" : "") + "[\(section.title)]\n"
        for setting in section.settings {
            let value = used.first?.values.first { $0.key == setting.key }?.value
            text +=
                "# \(setting.line)\n"
                + (value.map { "\(setting.key)=\($0)\n" } ?? "#\(setting.key)=\(setting.defaultValue)\n")
        }
        for another in used.dropFirst() {
            text += "\n[\(another.title)]\n" + another.values.map { "\($0.key)=\($0.value)\n" }.joined()
        }
    }
    return text
}
