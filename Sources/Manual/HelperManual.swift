/// What the manual page of a program says in addition to its `--help`.
private struct Helper {
    /// For section DESCRIPTION.
    var paragraphs: [String]
    /// Other pages.
    var seeAlso: String
}

/// The programs that have a page beside `pvpgen(8)`.
let helperNames: [String] = helpers.keys.sorted()

/// The page of one of them, such as `pvp-console(8)`, from its `--help`; `nil` for a program
/// without a page, or if the help has another format.
package func helperManual(_ name: String, help: String, version: String) -> String? {
    guard let helper = helpers[name], let help = HelpText(help) else { return nil }
    var page = Roff(name, section: 8, version: version, title: "PVP host")
    page.name(name, help.summary)
    page.section("SYNOPSIS")
    for line in help.usage { page.paragraph("`\(line)`") }
    page.section("DESCRIPTION")
    for paragraph in helper.paragraphs { page.paragraph(paragraph) }
    for part in help.parts {
        switch part {
        case .paragraph(let text):
            if part.isExitCodes { page.section("EXIT STATUS") }
            page.paragraph(text)
        case .list(let title, let items):
            page.section(title.uppercased())
            for item in items { page.item("`\(item.term)`", [item.text + "."]) }
        case .examples(let lines):
            page.section("EXAMPLES")
            page.example(lines)
        }
    }
    page.section("SEE ALSO")
    page.paragraph("`pvpgen`(8), `pvp.conf`(5), `pvpgen-units`(7), \(helper.seeAlso)")
    return page.text
}

private let helpers = [
    "pvp-generator": Helper(
        paragraphs: [
            "systemd runs this generator at boot and at each `systemctl daemon-reload`. It reads the configuration and "
                + "the files that it names, `/sys`, the installed DPDK's version, the machine ID, and the records of "
                + "pvpgen install and pvp-tune. It writes units and drop-ins for static units into NORMAL-DIR; "
                + "the other two directories are not used. It starts no program.",
            "An error in the configuration affects only the units that depend on it. `pvp-config-error.service` fails "
                + "with file, line and remedy, and the kernel log has the error too. When run by hand, errors are "
                + "printed to standard error.",
        ],
        seeAlso: "`systemd.generator`(7)"),
    "pvp-build": Helper(
        paragraphs: [
            "`pvp-source@BUILD.service` and `pvp-build@BUILD.service` run this program, each phase with the rights "
                + "that it needs. source and compile run as the user pvp-build. compile has no network, and what a "
                + "source executes cannot write outside of its directory. publish runs as root and executes nothing "
                + "of the source.",
            "The name of a result has a hash of all that it was built from: source, patches, options, instruction set, "
                + "drivers, libraries and compiler. A result whose inputs are unchanged is not built again. A result "
                + "gets its name last, so it is complete or does not exist. One compilation runs at a time. A phase "
                + "that was interrupted is started again by `pvpgen build`; an interrupted download is resumed.",
        ],
        seeAlso: "`meson`(1), `systemd.exec`(5)"),
    "pvp-console": Helper(
        paragraphs: [
            "`testpmd.service` runs this program, with testpmd as its child. Each line of testpmd's output is a "
                + "journal entry without escape sequences, with `PRIORITY=`, `PVP_TESTPMD=`, and `PVP_PORT=` if the "
                + "line names a port. Input of clients is logged with `PVP_DIRECTION=input` and `PVP_USER=`.",
            "`pvpgen console` attaches to the terminal. A client that does not read is disconnected; "
                + "testpmd never waits for a client.",
            "The service is ready when testpmd's telemetry shows each planned port started, and with `--auto-start` "
                + "when packets are forwarded. systemd's watchdog is notified while telemetry answers.",
        ],
        seeAlso: "`dpdk-testpmd`(1), `systemd.exec`(5)"),
    "pvp-traffic": Helper(
        paragraphs: [
            "`pvpgen measure` starts this program, by the service `pvp-traffic@GENERATOR.service`, and controls it by "
                + "commands on its socket: a line with a command and KEY=VALUE words, which is answered by a line of "
                + "JSON. `trial` sends frames at an exact rate, each with the number of the trial, a sequence number "
                + "and the time, and counts those that arrive. The intervals between frames are those of the CPU's "
                + "time stamp counter; what cannot be sent in time is not made up for, and is counted as unsent.",
            "With `--reflect`, the program sends back what it receives, with the faults that the command `reflect` "
                + "asks for: a limit of frames per second, lost, duplicated and reordered frames, and stalls. It is "
                + "the known device that measurements are tested with.",
        ],
        seeAlso: "`dpdk-testpmd`(1), `systemd.exec`(5)"),
    "pvp-guest": Helper(
        paragraphs: [
            "`pvp-guest@GUEST.service` runs this program, with the domain's XML on standard input. "
                + "The domain is transient: libvirt keeps nothing of it. The page `guest-life.md` of the documentation "
                + "lists what happens to unit and domain when the guest pauses, panics, reboots, is shut down or "
                + "killed.",
            "The journal of the unit has the output of the guest's serial port, and `pvpgen console GUEST` attaches "
                + "to it. A restart of libvirt's daemon does not affect the guest.",
            "At start, this program adopts a running domain of its guest if that domain was created from the same XML. "
                + "So the guest keeps running after `systemctl restart` of the unit, and after a crash of this "
                + "program; `systemctl stop` shuts the guest down.",
        ],
        seeAlso: "`virsh`(1), `libvirtd`(8)"),
    "pvp-host": Helper(
        paragraphs: [
            "Each verb does one thing to the host, verifies that it happened, and prints it. "
                + "The previous state is recorded in `/run/pvp/state/`, and the opposite verb restores it. "
                + "What another process has changed in between stays, and is reported.",
            "`pvp-hugepages@NODE.service`, `pvp-vfs@ADDRESS.service`, `pvp-vfio@ADDRESS.service`, `pvp-tune.service`, "
                + "`pvp-guest@GUEST.service`, `pvp-ready.service` and `pvp-config-error.service` run this program.",
        ],
        seeAlso: "`systemd.unit`(5)"),
    "pvp-image": Helper(
        paragraphs: [
            "`pvp-image@GUEST.service` runs this program. It reads the [Guest] section of the guest, downloads an "
                + "image that `Image=` names by URL, verifies `ImageChecksum=`, creates the overlay disk in "
                + "`/var/lib/pvpgen/guests/GUEST/` and prepares it for `Prepare=`. An interrupted download is resumed. "
                + "An overlay disk that exists is not changed.",
            "`systemctl status pvp-image@GUEST` shows the progress. `pvpgen guest reset GUEST` removes the overlay "
                + "disk.",
        ],
        seeAlso: "`qemu-img`(1), `virt-sysprep`(1)"),
    "pvp-network": Helper(
        paragraphs: [
            "`pvp-network.service` runs this program, with the network's XML on standard input. "
                + "The network is transient: libvirt keeps nothing of it. If its name, its bridge or its addresses are "
                + "in use, the start fails with the owner's name.",
            "The UUID identifies the network. `--destroy` removes only the network with this UUID.",
        ],
        seeAlso: "`virsh`(1), `libvirtd`(8)"),
    "pvp-dpdk": Helper(
        paragraphs: [
            "`pvpgen check` runs this program, so that the installed DPDK itself says whether it accepts the devices "
                + "of testpmd's command line. No device is opened."
        ],
        seeAlso: "`dpdk-testpmd`(1)"),
]
