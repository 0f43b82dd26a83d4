/// `pvpgen-units(7)`, from the table of units.
package func unitsManual(version: String) -> String {
    var page = Roff("pvpgen-units", section: 7, version: version, title: "PVP host")
    page.name("pvpgen-units", "Systemd units of a PVP host")
    page.section("SYNOPSIS")
    page.paragraph(unitDocumentation.flatMap { $0.units }.map { "`\($0.name)`" }.joined(separator: ", "))
    page.section("DESCRIPTION")
    page.paragraph(
        "Templates and units that are the same on every host are installed in /usr/lib/systemd/system/. "
            + "`pvp-generator`(8) writes what the plan of this host adds to /run/systemd/generator/, as drop-ins named "
            + "50-pvpgen.conf and as whole units. ADDRESS is a PCI address such as 0000:17:00.0, NODE the number of a "
            + "NUMA node, GUEST and TESTPMD are names of pvp.conf.")
    page.paragraph(
        "A unit restores on stop what it changed on start. `pvpgen status` shows all units, `pvpgen cat UNIT` prints "
            + "one as generated, and `pvpgen diff` lists those that a daemon-reload changes.")
    for (title, units) in unitDocumentation {
        page.section(title)
        for unit in units {
            page.item("`\(unit.name)`", [unit.paragraph] + [unit.order, unit.control].filter { !$0.isEmpty })
        }
    }
    page.section("OVERRIDING")
    page.paragraph(
        "Prefer a setting of `pvp.conf`(5): the plan keeps units, kernel arguments and guests consistent, "
            + "and `pvpgen apply` restarts what changes. The files in /run/systemd/generator/ are written again at "
            + "each daemon-reload.")
    page.paragraph(
        "`systemctl edit UNIT` creates a drop-in, /etc/systemd/system/UNIT.d/override.conf. "
            + "It is applied after 50-pvpgen.conf, whose name sorts before it: later assignments win, lists are "
            + "extended, and an empty assignment resets a list. Another Environment= with the same name replaces a "
            + "variable.")
    page.paragraph(
        "A unit file in /etc/systemd/system/ replaces the unit of the same name. `systemctl mask UNIT` disables a "
            + "unit; pvp-ready.service then reports it as not active.")
    page.section("EXAMPLES")
    page.paragraph("More time for the stop of one guest's unit, without a change of the guest's own limit:")
    page.example(["# systemctl edit pvp-guest@guest.service", "[Service]", "TimeoutStopSec=5min"])
    page.section("SEE ALSO")
    page.paragraph("`pvpgen`(8), `pvp.conf`(5), `pvp-generator`(8), `systemd.unit`(5), `systemd.generator`(7)")
    return page.text
}

extension UnitDocumentation {
    /// Order and dependencies in a paragraph.
    fileprivate var order: String {
        Self.sentences([
            ("Started after", after), ("Started before", before), ("Requires", requires), ("Wants", wants),
            ("Stopped and restarted with", partOf),
        ])
    }

    /// What changes the unit, in a paragraph.
    fileprivate var control: String {
        let keys = settings.map { name in
            let words = name.split(separator: ".")
            return words.count == 2 ? "\(words[1])= in [\(words[0])]" : "all in [\(name)]"
        }
        return Self.sentences([("Settings:", keys), ("Variables:", variables)])
    }

    private static func sentences(_ parts: [(String, [String])]) -> String {
        parts.filter { !$0.1.isEmpty }.map { "\($0.0) \($0.1.joined(separator: ", "))." }.joined(separator: " ")
    }
}
