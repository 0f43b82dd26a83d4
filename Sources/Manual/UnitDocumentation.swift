/// A unit as `pvpgen-units(7)` documents it. A test compares names and variables with the units
/// that are installed and generated.
struct UnitDocumentation {
    /// The name; capital letters stand for what differs.
    var name: String
    /// What the unit does, in whole sentences.
    var paragraph: String
    /// Units that are started before it.
    var after: [String] = []
    /// Units that are started after it.
    var before: [String] = []
    /// Units without which it does not start.
    var requires: [String] = []
    /// Units that it starts.
    var wants: [String] = []
    /// Units with which it is stopped and restarted.
    var partOf: [String] = []
    /// Settings of pvp.conf that change it, such as `Guest.Memory`.
    var settings: [String] = []
    /// Variables in `Environment=` that the generator sets.
    var variables: [String] = []
}

/// All units of the project, in the order in which they start.
let unitDocumentation: [(title: String, units: [UnitDocumentation])] = [
    ("TARGET AND SLICE", targets), ("HUGEPAGES AND TUNING", resources), ("NICS", nics), ("TESTPMD", testpmds),
    ("GUESTS", guests),
    ("MEASUREMENTS", measurements), ("REPORTS", reports), ("BUILDS", builds),
]

private let pvp = ["pvp.target"]
private let libvirt = ["libvirtd.service", "virtqemud.service"]
private let device = "sys-bus-pci-devices-ADDRESS.device"

private let targets = [
    UnitDocumentation(
        name: "pvp.target",
        paragraph:
            "Starts and stops everything. It wants each unit of the plan, and requires pvp-ready.service, "
            + "so that its start fails if one of them is not active. Without a configuration it does not start. "
            + "With Autostart=yes, multi-user.target wants it.",
        settings: ["Host.Autostart"]),
    UnitDocumentation(
        name: "pvp.slice",
        paragraph:
            "Contains testpmd and pvp-guest, and is limited to housekeeping CPUs and the CPUs of forwarding lcores "
            + "(AllowedCPUs=).",
        before: ["slices.target"], settings: ["Host.IsolatedCPUs", "Testpmd.CPUs"]),
]

private let resources = [
    UnitDocumentation(
        name: "dev-hugepages1G.mount",
        paragraph: "Mounts hugetlbfs with pages of 1 GiB. sysinit.target wants it if the plan has such pages.",
        before: ["sysinit.target"] + libvirt, settings: ["Hugepages.PageSize"]),
    UnitDocumentation(
        name: "dev-hugepages2M.mount", paragraph: "The same with pages of 2 MiB.", before: ["sysinit.target"] + libvirt,
        settings: ["Hugepages.PageSize"]),
    UnitDocumentation(
        name: "pvp-hugepages@NODE.service",
        paragraph:
            "Reserves hugepages on a NUMA node, and verifies what the kernel provides. Removes the added pages on "
            + "stop.",
        after: ["systemd-tmpfiles-setup.service"], before: libvirt + ["shutdown.target"], partOf: pvp,
        settings: ["Hugepages.PageSize", "Hugepages.Pages"], variables: ["PVP_PAGE_SIZE", "PVP_PAGES"]),
    UnitDocumentation(
        name: "pvp-tune.service",
        paragraph:
            "Keeps interrupts, kernel work and other processes off isolated CPUs, as [Tuning] specifies. "
            + "Restores the previous values on stop.",
        after: ["tuned.service", "irqbalance.service"], before: ["testpmd.service"], partOf: pvp, settings: ["Tuning"],
        variables: ["PVP_TUNE"]),
]

private let nics = [
    UnitDocumentation(
        name: device,
        paragraph:
            "systemd's unit of a PCI function, which 60-pvpgen.rules of udev creates. The start of a NIC waits for it: "
            + "90 s, or 20 s if the kernel did not show the function when the generator ran.",
        after: ["pvp-vfs@ADDRESS.service", "systemd-udev-trigger.service"]),
    UnitDocumentation(
        name: "pvp-vfs@ADDRESS.service",
        paragraph:
            "Creates the virtual functions of a NIC, which stays bound to its kernel driver. Removes them on stop.",
        after: [device, "systemd-tmpfiles-setup.service"], before: ["network-pre.target", "shutdown.target"],
        requires: [device],
        wants: ["network-pre.target"], partOf: pvp, settings: ["NIC.VirtualFunctions"], variables: ["PVP_VFS"]),
    UnitDocumentation(
        name: "pvp-vfio@ADDRESS.service",
        paragraph:
            "Checks the IOMMU group of a NIC and whether the host's network uses it, and binds it to vfio-pci. "
            + "Restores the previous driver on stop. NICs with Driver=none have no such unit.",
        after: [device, "pvp-vfs@ADDRESS.service", "modprobe@vfio_pci.service", "systemd-tmpfiles-setup.service"],
        before: ["network-pre.target", "shutdown.target"], requires: [device, "pvp-vfs@ADDRESS.service"],
        wants: ["modprobe@vfio_pci.service", "network-pre.target"], partOf: pvp, settings: ["NIC.Driver", "NIC.Force"],
        variables: ["PVP_VFIO"]),
]

private let testpmds = [
    UnitDocumentation(
        name: "testpmd.service",
        paragraph:
            "Runs DPDK's testpmd on the terminal of pvp-console(8); each [Testpmd] section has a service with its "
            + "Name=. Ready when telemetry shows each planned port started. A testpmd that fails, or does not "
            + "answer for 30 s, is restarted; guests keep running. A reload applies forwarding mode, "
            + "peers and number of lcores.",
        after: [
            "pvp-hugepages@NODE.service", "pvp-vfio@ADDRESS.service", device, "testpmd.socket",
            "pvp-view@TESTPMD.socket",
        ],
        requires: ["pvp-hugepages@NODE.service", "pvp-vfio@ADDRESS.service", device, "testpmd.socket"],
        wants: ["pvp-view@TESTPMD.socket"], partOf: pvp, settings: ["Testpmd"]),
    UnitDocumentation(
        name: "testpmd.socket",
        paragraph: "Console of a testpmd, /run/pvp/TESTPMD.sock, for root and group pvp. It stops with its service.",
        partOf: ["testpmd.service"]),
    UnitDocumentation(
        name: "pvp-view@TESTPMD.socket", paragraph: "Read-only console of a testpmd, for the group of ReadOnlyGroup=.",
        partOf: ["testpmd.service"], settings: ["Testpmd.ReadOnlyGroup"]),
]

private let guests = [
    UnitDocumentation(
        name: "pvp-network.service",
        paragraph: "Creates the libvirt network of the guests, with an address for each of them. Removes it on stop.",
        after: ["network.target", "libvirtd.service", "virtqemud.service", "virtnetworkd.service", "dbus.service"],
        partOf: pvp,
        settings: ["Network", "Guest.Network"]),
    UnitDocumentation(
        name: "pvp-image@GUEST.service",
        paragraph:
            "Downloads and verifies the image of a guest, and creates its overlay disk. There is no time limit; "
            + "a download without data fails. It stops when no guest requires it.",
        after: ["network-online.target", "nss-lookup.target"], partOf: pvp,
        settings: ["Guest.Image", "Guest.ImageChecksum", "Guest.ImageFile", "Guest.Prepare", "Guest.SSHKey"]),
    UnitDocumentation(
        name: "pvp-guest@GUEST.service",
        paragraph:
            "Runs one libvirt domain for its whole life, see pvp-guest(8). Ready as ReadyWhen= specifies. "
            + "A restart of this unit alone leaves the guest running if its domain is the same; "
            + "a stop shuts the guest down. A guest that was not ready in time is not started again.",
        after: [
            "pvp-guest@GUEST.socket", "pvp-image@GUEST.service", "pvp-network.service", "pvp-domain@GUEST.service",
            "pvp-hugepages@NODE.service", "testpmd.service", "virt-guest-shutdown.target", "libvirtd.service",
            "virtqemud.service",
            "libvirt-guests.service", "dbus.service",
        ],
        requires: ["pvp-guest@GUEST.socket", "pvp-image@GUEST.service", "pvp-hugepages@NODE.service"],
        wants: ["virt-guest-shutdown.target", "pvp-network.service", "pvp-domain@GUEST.service", "testpmd.service"],
        partOf: pvp,
        settings: ["Guest", "Interface"], variables: ["PVP_READY", "PVP_STOP"]),
    UnitDocumentation(
        name: "pvp-guest@GUEST.socket",
        paragraph:
            "Serial console of a guest, /run/pvp/guest-GUEST.sock, for root and group pvp. It stops with its service.",
        partOf: ["pvp-guest@GUEST.service"]),
    UnitDocumentation(
        name: "pvp-domain@GUEST.service",
        paragraph:
            "Shuts a guest down when its failed pvp-guest@GUEST.service is stopped, because systemd runs no command "
            + "of a failed service.",
        after: [
            "pvp-network.service", "virt-guest-shutdown.target", "libvirtd.service", "virtqemud.service",
            "libvirt-guests.service",
            "dbus.service",
        ],
        wants: ["virt-guest-shutdown.target"], partOf: ["pvp-guest@GUEST.service", "pvp.target"]),
    UnitDocumentation(
        name: "pvp-ssh@GUEST.socket",
        paragraph: "Listens on the port of this host that leads to the SSH server of a guest.", partOf: pvp,
        settings: ["Guest.SSHPort", "Guest.SSHListen"]),
    UnitDocumentation(
        name: "pvp-ssh@GUEST.service",
        paragraph: "Forwards the connections of that socket, by systemd-socket-proxyd(8).",
        after: ["pvp-ssh@GUEST.socket"], requires: ["pvp-ssh@GUEST.socket"], partOf: pvp, variables: ["PVP_SSH"]),
]

private let reports = [
    UnitDocumentation(
        name: "pvp-ready.service",
        paragraph: "Fails and prints the units of the plan that are not active. It is ordered after all of them.",
        partOf: pvp),
    UnitDocumentation(
        name: "pvp-config-error.service",
        paragraph:
            "Fails and prints the errors of the configuration, with file, line and remedy. "
            + "It exists if there are errors.",
        partOf: pvp),
    UnitDocumentation(
        name: "pvp-metrics.socket",
        paragraph: "Listens where MetricsListen= specifies. It is not part of pvp.target: sockets.target wants it.",
        settings: ["Host.MetricsListen"]),
    UnitDocumentation(
        name: "pvp-metrics@.service", paragraph: "Answers one request for metrics, on housekeeping CPUs.",
        settings: ["Host.MetricsListen"]),
]

private let measurements = [
    UnitDocumentation(
        name: "pvp-traffic@GENERATOR.service",
        paragraph:
            "Runs pvp-traffic(8), which sends and receives the frames of a measurement, for a [Generator] section on "
            + "this host. 'pvpgen measure' starts and stops it. It is never started at boot.",
        after: ["pvp-vfio@ADDRESS.service", "pvp-hugepages@NODE.service", "testpmd.service"],
        requires: ["pvp-vfio@ADDRESS.service", "pvp-hugepages@NODE.service"], partOf: ["pvp.target"],
        settings: ["Generator.Name", "Generator.CPUs", "Generator.Memory", "Generator.Device", "NIC.Generator"])
]

private let builds = [
    UnitDocumentation(
        name: "pvp-source@BUILD.service",
        paragraph:
            "Fetches and verifies the source of a [Build] section as the user pvp-build, for the unit below or "
            + "'pvpgen build --fetch'. It is never started at boot.",
        after: ["network-online.target", "nss-lookup.target"],
        settings: ["Build.Version", "Build.URL", "Build.Git", "Build.Checksum"]),
    UnitDocumentation(
        name: "pvp-build@BUILD.service",
        paragraph:
            "Compiles a [Build] section as the user pvp-build, without a network; root copies the result to "
            + "/opt/pvpgen/builds. 'pvpgen build' starts it. It is never started at boot.",
        after: ["pvp-source@BUILD.service"], requires: ["pvp-source@BUILD.service"],
        settings: ["Build.Name", "Build.Project"]),
]
