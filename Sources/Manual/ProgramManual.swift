package import JSON

/// `pvpgen(8)`, from what the argument parser knows about the program (`pvpgen --experimental-dump-help`), with its verbs in groups.
package func programManual(_ help: JSON, groups: [(name: String, verbs: [String])], version: String) -> String {
    let program = help["command"] ?? .null
    let name = program["commandName"]?.string ?? ""
    let commands = (program["subcommands"]?.array ?? []).filter { $0["shouldDisplay"] == true && $0["commandName"]?.string != "help" }
    var page = Roff(name, section: 8, version: version, title: "PVP host")
    page.section("NAME")
    page.paragraph("\(name) - \(uncapitalized(program["abstract"]?.string ?? ""))")
    page.section("SYNOPSIS")
    page.paragraph("`\(name)` VERB [OPTIONS...]")
    page.section("DESCRIPTION")
    page.discussion(program)
    for group in groups {
        page.section("\(group.name.uppercased()) COMMANDS")
        for verb in group.verbs {
            guard let command = commands.first(where: { $0["commandName"]?.string == verb }) else { continue }
            let arguments = (command["arguments"]?.array ?? []).filter { $0["shouldDisplay"] == true && !isCommon($0) }
            page.subsection(([name, verb] + arguments.map(synopsis)).joined(separator: " "))
            page.paragraph((command["abstract"]?.string ?? "") + ".")
            page.discussion(command)
            for argument in arguments { page.item("`\(spelling(argument))`", [argument["abstract"]?.string ?? ""]) }
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
        ["Takes a boolean, or 16, 256 or 24bit: enables or disables colors for every kind of output; see `systemd`(1)."])
    page.item("`$NO_COLOR`", ["If set, colors are disabled unless $SYSTEMD_COLORS enables them."])
    page.section("FILES")
    page.item("`/etc/pvpgen/pvp.conf`, `/etc/pvpgen/pvp.conf.d/*.conf`", ["The configuration, see `pvp.conf`(5)."])
    page.item(
        "`/etc/default/grub.d/60-pvpgen.cfg`",
        ["Kernel arguments on Debian and Ubuntu, written by pvpgen install; on other systems, the files that it prints."])
    page.item("`/var/lib/pvpgen/manifest.json`", ["Changes of pvpgen install, for pvpgen uninstall."])
    page.item("`FILE.pvpgen-save`", ["File of another owner, saved by --force; pvpgen uninstall restores it."])
    page.section("SEE ALSO")
    page.paragraph("`pvp.conf`(5), `systemd.generator`(7), `systemctl`(1), `journalctl`(1), `virsh`(1), `dpdk-testpmd`(1)")
    return page.text
}

private let statuses = [
    (0, "Success."), (1, "Failure, or the host lacks something."), (2, "Wrong usage."),
    (3, "Not all units are active (status), or a reboot is required (apply)."),
    (78, "The configuration has errors or is missing."),
    (124, "No answer in time (console -c)."),
]

/// Help and version are documented once.
private func isCommon(_ argument: JSON) -> Bool { ["help", "version"].contains(argument["preferredName"]?["name"]?.string) }

/// `--root=DIR`, `--json`, or `KEY` for an argument without a name.
private func spelling(_ argument: JSON) -> String {
    let value = (argument["valueName"]?.string ?? "").uppercased()
    guard let name = argument["preferredName"]?["name"]?.string else { return value }
    return "--\(name)" + (argument["kind"]?.string == "option" ? "=\(value)" : "")
}

private func synopsis(_ argument: JSON) -> String {
    argument["isOptional"] == true ? "[\(spelling(argument))]" : spelling(argument)
}

private func uncapitalized(_ text: String) -> String {
    let text = text.hasSuffix(".") ? String(text.dropLast()) : text
    return text.hasPrefix("A ") ? "a " + text.dropFirst(2) : text
}

extension Roff {
    /// A command's discussion: paragraphs, and lines that are indented as they are.
    fileprivate mutating func discussion(_ command: JSON) {
        var lines: [String] = []
        for line in (command["discussion"]?.string ?? "").split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if line.hasPrefix("  ") {
                lines.append(String(line.dropFirst(2)))
                continue
            }
            if !lines.isEmpty { example(lines) }
            lines = []
            if !line.isEmpty { paragraph(line) }
        }
        if !lines.isEmpty { example(lines) }
    }
}
