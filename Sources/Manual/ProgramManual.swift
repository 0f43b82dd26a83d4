public import JSON

/// `pvpgen(8)`, from what the argument parser knows about the program (`pvpgen --experimental-dump-help`).
public func programManual(_ help: JSON, version: String) -> String {
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
    page.section("VERBS")
    for command in commands {
        let arguments = (command["arguments"]?.array ?? []).filter { $0["shouldDisplay"] == true && !isCommon($0) }
        page.subsection(([name, command["commandName"]?.string ?? ""] + arguments.map(synopsis)).joined(separator: " "))
        page.paragraph(command["abstract"]?.string ?? "")
        page.discussion(command)
        for argument in arguments { page.item("`\(spelling(argument))`", [argument["abstract"]?.string ?? ""]) }
    }
    page.section("OPTIONS")
    page.item("`-h`, `--help`", ["Help, for the program or a verb, with examples."])
    page.item("`--version`", ["The version."])
    page.section("EXIT STATUS")
    for (status, meaning) in statuses { page.item("`\(status)`", [meaning]) }
    page.section("ENVIRONMENT")
    page.item(
        "`$SYSTEMD_COLORS`", ["A boolean, or 16, 256 or 24bit: whether there are colors, whatever the output is; see `systemd`(1)."])
    page.item("`$NO_COLOR`", ["When it is set there are no colors, unless $SYSTEMD_COLORS says so."])
    page.section("FILES")
    page.item("`/etc/pvpgen/pvp.conf`, `/etc/pvpgen/pvp.conf.d/*.conf`", ["The configuration, see `pvp.conf`(5)."])
    page.item(
        "`/etc/default/grub.d/60-pvpgen.cfg`",
        ["Kernel arguments on Debian and Ubuntu, written by pvpgen install; elsewhere the files that it names."])
    page.item("`/var/lib/pvpgen/manifest.json`", ["What pvpgen install did, for pvpgen uninstall."])
    page.item("`FILE.pvpgen-save`", ["Somebody else's file, put aside by --force; pvpgen uninstall puts it back."])
    page.section("SEE ALSO")
    page.paragraph("`pvp.conf`(5), `systemd.generator`(7), `systemctl`(1), `journalctl`(1), `virsh`(1), `dpdk-testpmd`(1)")
    return page.text
}

private let statuses = [
    (0, "Done."), (1, "It failed, or the machine lacks something."), (2, "Wrong usage."),
    (3, "Not everything is up (status), or in effect without a reboot (apply)."),
    (78, "There are mistakes in the configuration, or there is none."),
    (124, "There was no answer in time (console -c)."),
]

/// Help and version are told once.
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
