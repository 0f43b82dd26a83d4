package import Values

/// The arguments of `meson setup` for a DPDK with testpmd alone. Which option exists in which
/// release is from `meson_options.txt` of each release from 20.11 to 26.07.
package struct DPDKRecipe: Hashable, Sendable {
    package var version: ReleaseNumber
    /// `generic`, `native` or a value of `-march=`.
    package var instructionSet: String
    /// The drivers beside ``virtualDrivers``; `nil` for each that the host has the libraries for.
    package var drivers: [String]?

    /// The drivers of each build that is not `Drivers=all`. None needs a library that a host may
    /// lack: net/pcap (libpcap) and net/tap (libbpf since 24.11) are not among them.
    package static let virtualDrivers = [
        // DPDK cannot be built without these three.
        "bus/pci", "bus/vdev", "mempool/ring",
        // The host's side of a guest's NIC, and the guest's side.
        "net/vhost", "net/virtio",
        // Interfaces of the kernel, such as veth, in place of a NIC.
        "net/af_packet",
        // Ports for measurements without a NIC, and between processes.
        "net/null", "net/ring", "net/memif",
    ]

    package init(version: ReleaseNumber, instructionSet: String, drivers: [String]?) {
        self.version = version
        self.instructionSet = instructionSet
        self.drivers = drivers
    }

    /// All drivers that are built; `nil` for each that the host has the libraries for.
    package var selection: [String]? { drivers.map { Set(Self.virtualDrivers + $0).sorted() } }

    /// Returns the command that configures the build tree. An option of the user replaces ours.
    func configure(_ workspace: Workspace, _ options: [String]) -> [String] {
        let own =
            [
                "--prefix=\(workspace.prefix)", "--libdir=lib", "--buildtype=release",
                // testpmd contains its drivers, so that releases do not find those of each other.
                "--default-library=static",
                // The build has no network.
                "--wrap-mode=nodownload",
                "-Dtests=false",
            ] + checks + apps + target + selected
            // The process that runs is compared with the file by this identifier.
            + ["-Dc_link_args=-Wl,--build-id"]
        let given = Set(options.compactMap(Self.name))
        return ["meson", "setup", workspace.build, workspace.source]
            + own.filter { argument in Self.name(argument).map { !given.contains($0) } ?? true }
            + options
    }

    /// The name of an option: `buildtype` for `--buildtype=X` as for `-Dbuildtype=X`. Meson refuses
    /// an option that is given in both forms.
    static func name(_ argument: String) -> String? {
        guard let end = argument.firstIndex(of: "=") else { return nil }
        let name = argument[..<end]
        if name.hasPrefix("--") { return String(name.dropFirst(2)).replacing("-", with: "_") }
        // The second word of "-D NAME=VALUE" has no prefix.
        return String(name.hasPrefix("-D") ? name.dropFirst(2) : name)
    }

    private var checks: [String] { version.isAtLeast(21, 5) ? ["-Ddeveloper_mode=disabled"] : [] }

    /// Before 22.11 all applications are configured, but ninja builds testpmd alone.
    private var apps: [String] { version.isAtLeast(22, 11) ? ["-Denable_apps=test-pmd"] : [] }

    private var target: [String] {
        guard version.isAtLeast(21, 8) else {
            // The generic instruction set has the name default, and generic as well since 21.05.
            return ["-Dmachine=\(instructionSet == "generic" ? "default" : instructionSet)"]
        }
        if instructionSet == "generic" || instructionSet == "native" { return ["-Dplatform=\(instructionSet)"] }
        return ["-Dplatform=generic", "-Dcpu_instruction_set=\(instructionSet)"]
    }

    private var selected: [String] {
        guard let selection else { return [] }
        if version.isAtLeast(21, 5) { return ["-Denable_drivers=" + selection.joined(separator: ",")] }
        return ["-Ddisable_drivers=" + DPDKDrivers.others(than: selection).joined(separator: ",")]
    }
}
