package import Values

/// The arguments of QEMU's `configure` for an emulator that runs the guests of a plan with KVM.
/// Flags are from `configure` and `scripts/meson-buildoptions.sh` of 7.2 and 10.0; what was added
/// between them is given since the release that added it.
package struct QEMURecipe: Hashable, Sendable {
    package var version: ReleaseNumber
    /// `generic`, `native` or a value of `-march=`.
    package var instructionSet: String
    package var libraries: Set<QEMULibrary>

    /// The directories with firmware on distributions: Debian, then Fedora and RHEL. QEMU takes a
    /// file from the first that has it.
    static let firmware = [
        "/usr/share/qemu", "/usr/share/qemu-kvm", "/usr/share/qemu-firmware", "/usr/share/seabios",
        "/usr/share/seavgabios", "/usr/lib/ipxe/qemu", "/usr/share/ipxe/qemu",
    ]

    package init(version: ReleaseNumber, instructionSet: String, libraries: Set<QEMULibrary>) {
        self.version = version
        self.instructionSet = instructionSet
        self.libraries = libraries
    }

    /// Returns the command that configures the build tree. configure takes the last of several
    /// arguments for the same option, so an option of the user replaces ours.
    func configure(_ workspace: Workspace, _ options: [String]) -> [String] {
        ["\(workspace.source)/configure"]
            + [
                "--prefix=\(workspace.prefix)", "--target-list=x86_64-softmmu",
                // A library that happens to be on the build host must not change the result.
                "--without-default-features",
                "--firmwarepath=" + Self.firmware.joined(separator: ":"),
                // A part of --version and of query-version in QMP.
                "--with-pkgversion=pvpgen \(workspace.name)",
                "--extra-ldflags=-Wl,--build-id",
            ] + target + features
            + libraries.map { "--enable-\($0.rawValue)" }.sorted()
            + [
                "--disable-tcg",
                // Firmware is that of the distribution, and archives of Debian have none.
                "--disable-install-blobs",
                "--disable-debug-info",
                // A newer compiler warns about more than the release was tested with.
                "--disable-werror",
            ] + download + options
    }

    private var features: [String] {
        [
            "--enable-kvm", "--enable-vhost-user", "--enable-vhost-kernel", "--enable-vhost-net",
            // host-nodes= and policy= of memory.
            "--enable-numa",
            // The sandbox of libvirt.
            "--enable-seccomp",
            "--enable-linux-aio",
            // The microvm machine; required in 7.2, and not each archive has a copy.
            "--enable-fdt=system",
        ]
            // VGA devices; required without an option before 8.2.
            + (version.isAtLeast(8, 2) ? ["--enable-pixman"] : [])
    }

    private var target: [String] { instructionSet == "generic" ? [] : ["--extra-cflags=-march=\(instructionSet)"] }

    /// The build has no network. Before 8.1 configure downloads only into a Git repository.
    private var download: [String] { version.isAtLeast(8, 1) ? ["--disable-download"] : [] }
}
