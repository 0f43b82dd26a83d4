/// A program that people meet in units and journals, and what its page says around its own `--help`.
private struct Helper {
    var abstract: String
    var paragraphs: [String]
    var seeAlso: String
    /// What stands in for `--help` where there is none.
    var synopsis: [String] = []
}

/// The programs that have a page of their own beside `pvpgen(8)`.
public let helperNames: [String] = helpers.keys.sorted()

/// The page of one of them, such as `pvp-console(8)`, with what it says itself when it is asked with `--help`; `nil` for one that has no page.
public func helperManual(_ name: String, help: String, version: String) -> String? {
    guard let helper = helpers[name] else { return nil }
    var page = Roff(name, section: 8, version: version, title: "PVP host")
    page.section("NAME")
    page.paragraph("\(name) - \(helper.abstract)")
    page.section("SYNOPSIS")
    let lines = helper.synopsis.isEmpty ? help.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) : helper.synopsis
    page.example(lines.last == "" ? lines.dropLast() : lines)
    page.section("DESCRIPTION")
    for paragraph in helper.paragraphs { page.paragraph(paragraph) }
    page.section("SEE ALSO")
    page.paragraph("`pvpgen`(8), `pvp.conf`(5), \(helper.seeAlso)")
    return page.text
}

private let helpers = [
    "pvp-generator": Helper(
        abstract: "make the units of a PVP host from its configuration",
        paragraphs: [
            "systemd runs it at boot and at each `systemctl daemon-reload`. It reads the configuration with the files that it names, `/sys`, which DPDK is installed, the machine's id, and what pvpgen install and pvp-tune remember, and writes units and drop-ins for static units into NORMAL-DIR; the other two directories are not used. It starts no program.",
            "A mistake in the configuration is no reason to do without what it does not touch: the mistake becomes `pvp-config-error.service`, which fails with file, line and remedy, and is in the kernel's log. By hand the mistakes are on standard error.",
            "`PVPGEN_ROOT=` names another root to read from. Exit status: 0 done, 1 mistakes or a directory that cannot be written, 2 wrong usage.",
        ],
        seeAlso: "`systemd.generator`(7)", synopsis: ["pvp-generator NORMAL-DIR [EARLY-DIR LATE-DIR]"]),
    "pvp-console": Helper(
        abstract: "testpmd's terminal, for the journal and for any number of people",
        paragraphs: [
            "`testpmd.service` runs it, with testpmd as its child. Each line that testpmd prints is a line of the journal, without escape sequences, with `PRIORITY=`, `PVP_TESTPMD=`, and `PVP_PORT=` where it names a port; what people type is there too, with `PVP_DIRECTION=input` and `PVP_USER=`.",
            "`pvpgen console` attaches to it. A client that does not read is dropped; testpmd never waits for one.",
            "It is ready when testpmd's telemetry shows each planned port started, and with `--auto-start` when packets are forwarded. It pings systemd's watchdog as long as telemetry answers.",
            "It ends with testpmd's own exit status.",
        ],
        seeAlso: "`dpdk-testpmd`(1), `systemd.exec`(5)"),
    "pvp-guest": Helper(
        abstract: "a libvirt domain that lives as long as its unit",
        paragraphs: [
            "`pvp-guest@NAME.service` runs it, with the domain in its standard input. The domain is transient: nothing of it stays in libvirt. What becomes of unit and domain when the guest pauses, panics, reboots, is shut down or killed is a table in `guest-life.md` of the documentation.",
            "The guest's serial port is in the journal of the unit, and `pvpgen console NAME` attaches to it. A restart of libvirt's daemon does not touch the guest.",
            "A pvp-guest that starts adopts the domain of its guest if that runs already and was created from the same XML. So `systemctl restart` of the unit leaves the guest running, and so does a pvp-guest that is killed; `systemctl stop` shuts the guest down.",
        ],
        seeAlso: "`virsh`(1), `libvirtd`(8)"),
]
