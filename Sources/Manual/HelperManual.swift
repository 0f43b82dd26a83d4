/// The text of a helper program's manual page around its `--help`.
private struct Helper {
    var abstract: String
    var paragraphs: [String]
    var seeAlso: String
    /// Replaces `--help` for a program without it.
    var synopsis: [String] = []
}

/// The programs that have a page of their own beside `pvpgen(8)`.
let helperNames: [String] = helpers.keys.sorted()

/// The page of one of them, such as `pvp-console(8)`, with what it says itself when it is asked with `--help`; `nil` for one that has no page.
package func helperManual(_ name: String, help: String, version: String) -> String? {
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
        abstract: "create the systemd units of a PVP host",
        paragraphs: [
            "systemd runs this generator at boot and at each `systemctl daemon-reload`. It reads the configuration and the files that it names, `/sys`, the installed DPDK's version, the machine ID, and the records of pvpgen install and pvp-tune. It writes units and drop-ins for static units into NORMAL-DIR; the other two directories are not used. It starts no program.",
            "An error in the configuration affects only the units that depend on it. `pvp-config-error.service` fails with file, line and remedy, and the kernel log has the error too. When run by hand, errors are printed to standard error.",
            "`PVPGEN_ROOT=` specifies another root directory to read from. Exit codes: 0 on success, 1 for errors in the configuration or if a directory cannot be written, 2 for wrong usage.",
        ],
        seeAlso: "`systemd.generator`(7)", synopsis: ["pvp-generator NORMAL-DIR [EARLY-DIR LATE-DIR]"]),
    "pvp-console": Helper(
        abstract: "run testpmd on a terminal that several clients share",
        paragraphs: [
            "`testpmd.service` runs this program, with testpmd as its child. Each line of testpmd's output is a journal entry without escape sequences, with `PRIORITY=`, `PVP_TESTPMD=`, and `PVP_PORT=` if the line names a port. Input of clients is logged with `PVP_DIRECTION=input` and `PVP_USER=`.",
            "`pvpgen console` attaches to the terminal. A client that does not read is disconnected; testpmd never waits for a client.",
            "The service is ready when testpmd's telemetry shows each planned port started, and with `--auto-start` when packets are forwarded. systemd's watchdog is notified while telemetry answers.",
            "The exit code is that of testpmd.",
        ],
        seeAlso: "`dpdk-testpmd`(1), `systemd.exec`(5)"),
    "pvp-guest": Helper(
        abstract: "run a libvirt domain as a systemd unit",
        paragraphs: [
            "`pvp-guest@NAME.service` runs this program, with the domain's XML on standard input. The domain is transient: libvirt keeps nothing of it. The page `guest-life.md` of the documentation lists what happens to unit and domain when the guest pauses, panics, reboots, is shut down or killed.",
            "The journal of the unit has the output of the guest's serial port, and `pvpgen console NAME` attaches to it. A restart of libvirt's daemon does not affect the guest.",
            "At start, this program adopts a running domain of its guest if that domain was created from the same XML. So the guest keeps running after `systemctl restart` of the unit, and after a crash of this program; `systemctl stop` shuts the guest down.",
        ],
        seeAlso: "`virsh`(1), `libvirtd`(8)"),
]
