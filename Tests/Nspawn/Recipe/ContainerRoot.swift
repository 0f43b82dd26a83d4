import LabTools

/// The root file system that containers run on: Debian with systemd and what a purpose needs, and
/// nothing of the project.
package enum ContainerRoot: String, Sendable {
    /// testpmd of the distribution.
    case units
    /// What DPDK and QEMU are built with.
    case builds

    func debian(_ release: String) -> Debian {
        let common = ["systemd", "systemd-sysv", "udev", "dbus", "libyaml-0-2", "procps", "socat"]
        return switch self {
        case .units:
            Debian(
                release: release, packages: common + ["dpdk-dev"], excluded: ["/usr/include/*", "/usr/lib/*/*.a"])
        case .builds: Debian(release: release, packages: common + Self.tools + Self.headers)
        }
    }

    private static let tools = [
        "bzip2", "curl", "gcc", "git", "make", "meson", "ninja-build", "patch", "pkg-config", "python3",
        "python3-pyelftools", "python3-venv", "xz-utils", "zstd",
    ]
    private static let headers = [
        "libaio-dev", "libc6-dev", "libfdt-dev", "libglib2.0-dev", "libnuma-dev", "libpixman-1-dev", "libseccomp-dev",
        "zlib1g-dev",
    ]
}
