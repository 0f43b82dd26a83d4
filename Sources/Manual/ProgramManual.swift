package import JSON

/// `pvpgen(8)`, from what the argument parser knows about the program (`pvpgen
/// --experimental-dump-help`), with its verbs in groups.
package func programManual(_ help: JSON, groups: [(name: String, verbs: [String])], version: String) -> String {
    let program = help["command"] ?? .null
    let name = program["commandName"]?.string ?? ""
    let text = HelpText(program, words: [name], groups: groups)
    var page = Roff(name, section: 8, version: version, title: "PVP host")
    page.name(name, text.summary)
    page.section("SYNOPSIS")
    for line in text.usage { page.paragraph("`\(line)`") }
    page.section("DESCRIPTION")
    page.add(text.parts.filter { !$0.isReference(to: groups.map { $0.name } + ["Options"]) })
    for group in groups {
        page.section("\(group.name.uppercased()) COMMANDS")
        for verb in group.verbs {
            guard let command = program.verbs.first(where: { $0["commandName"]?.string == verb }) else { continue }
            page.verb(command, words: [name, verb])
        }
    }
    page.section("OPTIONS")
    page.item("`-h`, `--help`", ["Print help for the program or a verb, with examples."])
    page.item("`--version`", ["Print the version."])
    page.section("EXIT STATUS")
    for (status, meaning) in statuses { page.item("`\(status)`", [meaning]) }
    page.section("ENVIRONMENT")
    page.item(
        "`$SYSTEMD_COLORS`",
        ["Takes a boolean, or 16, 256 or 24bit: enables or disables colors for every kind of output; see `systemd`(1)."]
    )
    page.item("`$NO_COLOR`", ["If set, colors are disabled unless $SYSTEMD_COLORS enables them."])
    page.section("FILES")
    page.item("`/etc/pvpgen/pvp.conf`, `/etc/pvpgen/pvp.conf.d/*.conf`", ["The configuration, see `pvp.conf`(5)."])
    page.item(
        "`/etc/default/grub.d/60-pvpgen.cfg`",
        [
            "Kernel arguments on Debian and Ubuntu, written by pvpgen install; on other systems, the files that it "
                + "prints."
        ])
    page.item("`/var/lib/pvpgen/manifest.json`", ["Changes of pvpgen install, for pvpgen uninstall."])
    page.item("`FILE.pvpgen-save`", ["File of another owner, saved by --force; pvpgen uninstall restores it."])
    page.section("SEE ALSO")
    page.paragraph(
        "`pvp.conf`(5), `pvpgen-units`(7), `pvp-generator`(8), `systemctl`(1), `journalctl`(1), `virsh`(1), "
            + "`dpdk-testpmd`(1)"
    )
    return page.text
}

private let statuses = [
    (0, "Success."), (1, "Failure, or the host lacks something."), (2, "Wrong usage."),
    (3, "Not all units are active (status), or a reboot is required (apply)."),
    (78, "The configuration has errors or is missing."),
    (124, "No answer in time (console -c)."),
]

extension HelpText.Part {
    /// Whether the page has a section for it: a list with one of these titles, or exit codes.
    fileprivate func isReference(to titles: [String]) -> Bool {
        if case .list(let title, _) = self { titles.contains(title) } else { isExitCodes }
    }
}

extension Roff {
    /// A verb, and the verbs that it has itself.
    fileprivate mutating func verb(_ command: JSON, words: [String]) {
        let text = HelpText(command, words: words)
        subsection(text.usage.joined())
        paragraph(text.summary + ".")
        for part in text.parts {
            switch part {
            // Help is documented once, and verbs of a verb have subsections.
            case .list("Options", let items):
                for item in items.dropLast() { self.item("`\(item.term)`", [item.text + "."]) }
            case .list("Arguments", let items): for item in items { self.item("`\(item.term)`", [item.text + "."]) }
            case .list("Verbs", _): break
            default: add([part])
            }
        }
        for verb in command.verbs { self.verb(verb, words: words + [verb["commandName"]?.string ?? ""]) }
    }
}
