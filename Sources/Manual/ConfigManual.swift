public import Config

/// `pvp.conf(5)`, from the table of settings.
public func configManual(_ sections: [SectionDocumentation] = Config.documentation, version: String) -> String {
    var page = Roff("pvp.conf", section: 5, version: version, title: "PVP host")
    page.section("NAME")
    page.paragraph("pvp.conf, pvp.conf.d - configuration of a PVP host")
    page.section("SYNOPSIS")
    for directory in ConfigFiles.directories { page.paragraph("`\(directory)/\(ConfigFiles.name)`") }
    for directory in ConfigFiles.directories { page.paragraph("`\(directory)/\(ConfigFiles.name).d/*.conf`") }
    page.section("DESCRIPTION")
    page.paragraph(
        "From these files `pvp-generator` makes the systemd units of a PVP host: NICs on vfio-pci, DPDK's testpmd between them and guests of libvirt. "
            + "It runs at boot and with every systemctl daemon-reload. `pvpgen check` finds mistakes, `pvpgen plan` shows what the files come to "
            + "on this machine.")
    page.paragraph(
        "The syntax is that of `systemd.syntax`(7). Of the main files the first in the order above counts. Drop-ins of all directories are read "
            + "after it in the order of their names, and of two with one name the one in the earlier directory counts; a link to /dev/null masks "
            + "that name. Later settings replace earlier ones, lists grow, and a setting without a value has its default again.")
    page.paragraph(
        "Sections that may be there several times are told apart by Name=. One with the name of one in an earlier file adds to it. In a drop-in, "
            + "[Testpmd] or [Guest] without Name= is the first one, [NIC] without Name= is another one. A section with a mistake in it is left out; "
            + "what does not need it is there all the same.")
    for section in sections {
        page.section("[\(section.title)] SECTION")
        page.paragraph(section.documentation + (section.isRepeatable ? " There can be several." : ""))
        for setting in section.settings { page.item("`\(setting.key)=`", [setting.documentation + ".", facts(about: setting)]) }
    }
    page.section("VALUES")
    for type in valueTypes(of: sections) { page.item("`\(type.name)`", ["\(type.syntax)."]) }
    page.section("FILES")
    page.item("`\(ConfigFiles.directories[0])/\(ConfigFiles.name)`", ["Where the administrator's own configuration is."])
    page.item("`\(ConfigFiles.credential)`", ["What the host has told this guest (GuestTestpmd=), where there is no other main file."])
    page.item("`/usr/share/doc/pvpgen/pvp.conf`", ["An example with every setting and its default."])
    page.section("EXAMPLES")
    page.paragraph("A whole configuration:")
    page.example(exampleLines)
    page.paragraph("A drop-in, /etc/pvpgen/pvp.conf.d/50-more.conf, that gives the guest more memory and five vCPUs:")
    page.example(["[Guest]", "Memory=8G", "VCPUs=5"])
    page.section("SEE ALSO")
    page.paragraph("`pvpgen`(8), `systemd.syntax`(7), `systemd.generator`(7), `dpdk-testpmd`(1)")
    return page.text
}

/// What the value may be, its unit, default and age.
private func facts(about setting: SettingDocumentation) -> String {
    var facts = "Takes \(setting.type.expected)" + (setting.type.name.isEmpty ? "." : ", see VALUES.")
    if !setting.type.unit.isEmpty { facts += " Unit: \(setting.type.unit)." }
    switch setting.need {
    case .no: if !setting.defaultText.isEmpty { facts += " Default: \(setting.defaultText)." }
    case .always: facts += " Needed."
    case .unless(let other): facts += " Needed unless \(other)= is given."
    }
    return facts + " Since \(setting.since)."
}

/// The types that have a name, each once.
private func valueTypes(of sections: [SectionDocumentation]) -> [ValueDescription] {
    var types: [ValueDescription] = []
    for type in sections.flatMap({ $0.settings.map(\.type) }) where !type.name.isEmpty && !types.contains(where: { $0.name == type.name }) {
        types.append(type)
    }
    return types.sorted { $0.name < $1.name }
}
