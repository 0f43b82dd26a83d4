public import Config

/// What the smallest configuration says: two NICs, a testpmd and a guest.
private let example: [(title: String, values: [(key: String, value: String)])] = [
    ("NIC", [("PCIAddress", "0000:17:00.0")]), ("NIC", [("PCIAddress", "0000:17:00.1")]), ("Testpmd", []),
    ("Guest", [("Image", "/var/lib/libvirt/images/guest.qcow2")]),
]

/// Its lines.
let exampleLines = example.flatMap { section in ["[\(section.title)]"] + section.values.map { "\($0.key)=\($0.value)" } }

/// `etc/pvp.conf`: the smallest configuration, with every other setting and its default as a comment, as in systemd's own files.
public func exampleConfig(_ sections: [SectionDocumentation] = Config.documentation) -> String {
    var text = """
        # A PVP host: NICs, testpmd and a guest. Copy this to /etc/pvpgen/pvp.conf, put in your own NICs and image, then: pvpgen install
        # Lines that begin with #Key= show defaults; pvpgen plan shows what they come to on this machine. See pvp.conf(5).

        """
    for section in sections {
        let used = example.filter { $0.title == section.title }
        // One that there can be several of is there only if it is meant.
        text += "\n" + (used.isEmpty && section.isRepeatable ? "#" : "") + "[\(section.title)]\n"
        for setting in section.settings {
            let value = used.first?.values.first { $0.key == setting.key }?.value
            text += "# \(setting.line)\n" + (value.map { "\(setting.key)=\($0)\n" } ?? "#\(setting.key)=\(setting.defaultValue)\n")
        }
        for another in used.dropFirst() {
            text += "\n[\(another.title)]\n" + another.values.map { "\($0.key)=\($0.value)\n" }.joined()
        }
    }
    return text
}
