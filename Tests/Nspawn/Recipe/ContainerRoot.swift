import LabTools

/// The root file system that containers run on: Debian with systemd and DPDK, and nothing of the project.
enum ContainerRoot {
    static let debian = Debian(
        packages: ["systemd", "systemd-sysv", "udev", "dbus", "dpdk-dev", "libyaml-0-2", "procps", "socat"],
        excluded: ["/usr/include/*", "/usr/lib/*/*.a"])
}
