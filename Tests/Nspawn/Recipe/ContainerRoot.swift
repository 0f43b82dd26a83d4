import LabTools

/// The root file system that containers run on: Debian with systemd and DPDK, and nothing of the
/// project.
enum ContainerRoot {
    static func debian(_ release: String) -> Debian {
        Debian(
            release: release,
            packages: ["systemd", "systemd-sysv", "udev", "dbus", "dpdk-dev", "libyaml-0-2", "procps", "socat"],
            excluded: ["/usr/include/*", "/usr/lib/*/*.a"])
    }
}
