import Config
package import Linux
package import Plan
package import Values

extension BuildRequirement {
    /// Returns what a build needs on the host.
    ///
    /// - Parameter drivers: The drivers of a DPDK beside the virtual ones; `nil` for all that the
    ///   host has the libraries for.
    package static func all(for plan: BuildPlan, version: ReleaseNumber, drivers: [String]?) -> [BuildRequirement] {
        let project =
            switch plan.project {
            case .dpdk: dpdk + libraries(of: drivers ?? [])
            case .qemu: qemu(version)
            }
        return source(plan.source) + (plan.patches.isEmpty ? [] : [patch]) + common + project
    }

    /// Returns what the host lacks.
    package static func missing(
        for plan: BuildPlan, version: ReleaseNumber, drivers: [String]?, in root: Root
    ) -> [BuildRequirement] {
        all(for: plan, version: version, drivers: drivers).filter { !$0.isMet(in: root) }
    }

    private static let patch = BuildRequirement(.program("patch"), package: "patch")

    /// The programs that unpack a source.
    private static func source(_ source: BuildPlan.Source) -> [BuildRequirement] {
        switch source {
        case .url(let path, _), .file(let path, _):
            [BuildRequirement(.program("tar"), package: "tar")] + decompressor(of: path)
        case .git: [BuildRequirement(.program("git"), package: "git")]
        case .directory: []
        }
    }

    private static func decompressor(of path: String) -> [BuildRequirement] {
        // A URL may have a query behind the name.
        let name = path.prefix { $0 != "?" && $0 != "#" }
        if name.hasSuffix("xz") { return [BuildRequirement(.program("xz"), debian: "xz-utils", rpm: "xz")] }
        if name.hasSuffix("bz2") { return [BuildRequirement(.program("bzip2"), package: "bzip2")] }
        if name.hasSuffix("zst") { return [BuildRequirement(.program("zstd"), package: "zstd")] }
        if name.hasSuffix("gz") { return [BuildRequirement(.program("gzip"), package: "gzip")] }
        return []
    }

    private static let common = [
        BuildRequirement(.program("gcc"), package: "gcc"),
        // Debian's gcc only recommends the headers of the C library.
        BuildRequirement(.header("stdio.h"), debian: "libc6-dev", rpm: "glibc-devel"),
        BuildRequirement(.program("pkg-config"), debian: "pkg-config", rpm: "pkgconf-pkg-config"),
        BuildRequirement(.program("python3"), package: "python3"),
        BuildRequirement(.program("ninja"), package: "ninja-build"),
        BuildRequirement(.header("numa.h"), debian: "libnuma-dev", rpm: "numactl-devel"),
    ]

    private static let meson = BuildRequirement(.program("meson"), package: "meson")

    /// pyelftools reads the drivers' tables since 21.02 (DPDK: doc/guides/linux_gsg/sys_reqs.rst).
    private static let dpdk = [meson, BuildRequirement(.module("elftools"), package: "python3-pyelftools")]

    /// A driver that was named and lacks a library ends the build since 23.11, and is left out
    /// without a message before.
    private static func libraries(of drivers: [String]) -> [BuildRequirement] {
        let verbs = BuildRequirement(.library("libibverbs"), debian: "libibverbs-dev", rpm: "rdma-core-devel")
        let libraries = [
            "net/af_xdp": BuildRequirement(.library("libxdp"), debian: "libxdp-dev", rpm: "libxdp-devel"),
            "net/bnx2x": zlib,
            "net/cpfl": BuildRequirement(.library("jansson"), debian: "libjansson-dev", rpm: "jansson-devel"),
            "net/mana": verbs,
            "net/mlx4": verbs,
            "net/mlx5": verbs,
            "net/pcap": BuildRequirement(.header("pcap.h"), debian: "libpcap-dev", rpm: "libpcap-devel"),
        ]
        return Set(drivers.compactMap { libraries[$0] }).sorted { $0.debian < $1.debian }
    }

    private static let zlib = BuildRequirement(.library("zlib"), debian: "zlib1g-dev", rpm: "zlib-devel")

    private static func qemu(_ version: ReleaseNumber) -> [BuildRequirement] {
        [
            BuildRequirement(.program("make"), package: "make"),
            // Since 8.1 the archive has a meson, for an environment that Python makes (venv).
            version.isAtLeast(8, 1)
                ? BuildRequirement(.module("ensurepip"), debian: "python3-venv", rpm: "python3") : meson,
            BuildRequirement(.library("glib-2.0"), debian: "libglib2.0-dev", rpm: "glib2-devel"),
            zlib,
            BuildRequirement(.library("pixman-1"), debian: "libpixman-1-dev", rpm: "pixman-devel"),
            BuildRequirement(.library("libseccomp"), debian: "libseccomp-dev", rpm: "libseccomp-devel"),
            BuildRequirement(.header("libaio.h"), debian: "libaio-dev", rpm: "libaio-devel"),
            BuildRequirement(.header("libfdt.h"), debian: "libfdt-dev", rpm: "libfdt-devel"),
        ]
    }
}

extension QEMULibrary {
    /// The packages with the library.
    package var requirement: BuildRequirement {
        switch self {
        case .ioUring: BuildRequirement(.library("liburing"), debian: "liburing-dev", rpm: "liburing-devel")
        case .zstd: BuildRequirement(.library("libzstd"), debian: "libzstd-dev", rpm: "libzstd-devel")
        }
    }

    /// Returns the libraries that the host has.
    package static func found(in root: Root) -> Set<QEMULibrary> {
        Set(allCases.filter { $0.requirement.isMet(in: root) })
    }
}
