package import Config

/// `pvp.conf(5)`, from the table of settings.
package func configManual(_ sections: [SectionDocumentation] = Config.documentation, version: String) -> String {
    var page = Roff("pvp.conf", section: 5, version: version, title: "PVP host")
    page.section("NAME")
    page.paragraph("pvp.conf, pvp.conf.d - configuration of a PVP host")
    page.section("SYNOPSIS")
    for directory in ConfigFiles.directories { page.paragraph("`\(directory)/\(ConfigFiles.name)`") }
    for directory in ConfigFiles.directories { page.paragraph("`\(directory)/\(ConfigFiles.name).d/*.conf`") }
    page.section("DESCRIPTION")
    page.paragraph(
        "These files configure a PVP host (physical, virtual, physical): NICs on vfio-pci, DPDK's testpmd and libvirt "
            + "guests. `pvp-generator` reads them at boot and at every systemctl daemon-reload, and creates the "
            + "systemd units. `pvpgen check` reports errors, `pvpgen plan` shows the resulting assignment of CPUs, "
            + "memory and ports.")
    page.paragraph(
        "The syntax is described in `systemd.syntax`(7). The first existing main file in the order above is read. "
            + "Drop-ins of all directories are read after it, sorted by file name. A drop-in in an earlier directory "
            + "replaces drop-ins of the same name in later ones, and a link to /dev/null masks them. "
            + "Later assignments override earlier ones, lists are extended, and an empty assignment restores the "
            + "default."
    )
    page.paragraph(
        "Repeated sections are identified by Name=. A section with the name of an earlier one extends the earlier one. "
            + "In a drop-in, a [Testpmd] or [Guest] section without Name= extends the first one, and a [NIC] or "
            + "[Interface] section without Name= adds one. A section with an error is ignored; "
            + "units that do not depend on it are created all the same.")
    for section in sections {
        page.section("[\(section.title)] SECTION")
        page.paragraph(section.documentation + (section.isRepeatable ? " This section can be repeated." : ""))
        for setting in section.settings { page.item("`\(setting.key)=`", [setting.paragraph, facts(about: setting)]) }
    }
    page.section("VALUES")
    for type in valueTypes(of: sections) { page.item("`\(type.name)`", ["\(type.syntax)."]) }
    page.section("FILES")
    page.item("`\(ConfigFiles.directories[0])/\(ConfigFiles.name)`", ["The local configuration."])
    page.item(
        "`\(ConfigFiles.credential)`",
        ["The configuration that the host passes to this guest (GuestTestpmd=). Read if no other main file exists."])
    page.item("`/etc/pvpgen/pvp.conf.example`", ["An example with every setting and its default."])
    page.section("EXAMPLES")
    page.paragraph("A complete configuration:")
    page.example(ConfigTemplate.example.settings)
    page.paragraph("A drop-in, /etc/pvpgen/pvp.conf.d/50-more.conf, with more memory and five vCPUs for the guest:")
    page.example(["[Guest]", "Memory=8G", "VCPUs=5"])
    page.section("SEE ALSO")
    page.paragraph("`pvpgen`(8), `systemd.syntax`(7), `systemd.generator`(7), `dpdk-testpmd`(1)")
    return page.text
}

/// The type of the value, its unit and the release that introduced the setting.
private func facts(about setting: SettingDocumentation) -> String {
    var facts = "Takes \(setting.type.expected)" + (setting.type.name.isEmpty ? "." : ", see VALUES.")
    if !setting.type.unit.isEmpty { facts += " Unit: \(setting.type.unit)." }
    return facts + " Added in version \(setting.since)."
}

/// The types that have a name, each once.
private func valueTypes(of sections: [SectionDocumentation]) -> [ValueDescription] {
    var types: [ValueDescription] = []
    for type in sections.flatMap({ $0.settings.map(\.type) })
    where !type.name.isEmpty && !types.contains(where: { $0.name == type.name }) {
        types.append(type)
    }
    return types.sorted { $0.name < $1.name }
}
