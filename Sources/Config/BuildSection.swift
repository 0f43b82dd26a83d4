package import Values

/// `[Build]`: a DPDK or QEMU that is built from source. Nothing is built unless a section says so.
package struct BuildSection: NamedSection {
    /// What `Build=` of a testpmd or guest names.
    package var name: String?
    /// What is built; `nil` if the name says it.
    package var project: BuildProject?
    /// A release of the project.
    package var version: ReleaseNumber?
    /// An archive on a server.
    package var url: String?
    /// An archive on this host.
    package var file: String?
    /// A repository.
    package var git: String?
    /// The commit of it.
    package var revision: String?
    /// A source tree on this host.
    package var directory: String?
    /// What the archive's checksum must be.
    package var checksum: Checksum?
    /// Changes, in their order.
    package var patches: [String] = []
    /// Further arguments of the project's own configuration.
    package var options: [String] = []
    /// The CPUs that the result runs on.
    package var instructionSet = "generic"
    /// DPDK's drivers.
    package var drivers = Auto<BuildDrivers>.auto
    /// How many compilers run at once.
    package var jobs = Auto<Int>.auto
    /// Where it was read.
    package var source = SectionSource()
    /// Whether the section has an error.
    package var isWrong = false
    /// The section with every default.
    package init() {}
}

/// What can be built.
package enum BuildProject: String, CaseIterable, Hashable, Sendable {
    case dpdk
    case qemu
}

/// The drivers that a DPDK is built with.
package enum BuildDrivers: Hashable, Sendable {
    /// Each that the build host has the libraries for.
    case all
    /// These, such as `net/ice`.
    case named([String])
}

extension BuildSection {
    /// `[Build]`
    package static let title = "Build"
    /// What `[Build]` is for.
    package static let documentation =
        "Describes a DPDK or QEMU that pvpgen build builds from source, for Build= in [Testpmd] and [Guest]. "
        + "The result is in /opt/pvpgen/builds/PROJECT-VERSION-HASH/, with a hash of all that it was built from, so "
        + "that any number of builds are installed side by side. Nothing is built at boot."
    /// build for the first, build-1 for the next.
    package static func ordinalName(_ index: Int) -> String { index == 0 ? "build" : "build-\(index)" }
    /// A drop-in adds builds.
    package static let isUsuallyOne = false
    /// The settings of `[Build]`.
    package static let settings: [Setting<BuildSection>] = [
        Setting(
            "Name", \.name, .name, default: "build, build-1 and so on",
            summary: "Name of the build, for Build= of testpmds and guests",
            description: "Specifies the name that Build= in [Testpmd] or [Guest] refers to, and that of its unit, "
                + "pvp-build@NAME.service."),
        Setting(
            "Project", \.project, .word(),
            summary: "What is built: dpdk or qemu",
            description:
                "Specifies what is built. dpdk: testpmd of DPDK. qemu: the emulator of QEMU for x86_64. "
                + "If not set, the project that Name= starts with."),
        Setting(
            "Version", \.version, .release,
            summary: "Release of the project, fetched from its own server",
            description:
                "Specifies a release, such as 24.11.1, that is fetched from the server of the project. "
                + "Exactly one of Version=, URL=, File=, Git= and Directory= is set."),
        Setting(
            "URL", \.url, .url,
            summary: "URL of an archive with the source",
            description: "Specifies the URL of an archive (tar, compressed by xz, gzip, bzip2 or zstd)."),
        Setting(
            "File", \.file, .path,
            summary: "Archive with the source on this host",
            description: "Specifies an archive on this host. The user pvp-build must be able to read it."),
        Setting(
            "Git", \.git, .repository,
            summary: "Git repository with the source",
            description: "Specifies a Git repository, of which Revision= is built."),
        Setting(
            "Revision", \.revision, .commit,
            summary: "Commit of Git= that is built",
            description: "Specifies the commit of Git= that is built. Takes all 40 digits: a branch or tag can change."
        ),
        Setting(
            "Directory", \.directory, .path,
            summary: "Directory with the source on this host",
            description:
                "Specifies a source tree on this host, such as one that is being worked on. It is copied, not changed. "
                + "The user pvp-build must be able to read it. The directory build in it and files of version "
                + "control, such as .git, are left out."
        ),
        Setting(
            "Checksum", \.checksum, .checksum,
            summary: "Checksum of the archive",
            description:
                "Specifies the checksum of the archive. Required for Version=, URL= and File=, except for releases "
                + "whose checksum pvpgen has."),
        Setting(
            "Patch", \.patches, .paths,
            summary: "File with changes to the source",
            description: "Specifies a file with changes to the source, as diff -u and git diff write it."),
        Setting(
            "Option", \.options, .arguments,
            summary: "Further arguments of meson setup (dpdk) or configure (qemu)",
            description:
                "Specifies further arguments of meson setup (dpdk) or configure (qemu), such as "
                + "-Dc_args=-DRTE_NET_INTEL_USE_16BYTE_DESC."),
        Setting(
            "InstructionSet", \.instructionSet, .instructionSet, default: "generic",
            summary: "CPUs that the result runs on: generic, native or a value of -march=",
            description:
                "Specifies the CPUs that the result runs on. generic: any x86-64 CPU with SSE4.2. native: CPUs that "
                + "have all that the CPU of this host has. Or a value of the compiler's -march=, such as "
                + "x86-64-v3."),
        Setting(
            "Drivers", \.drivers, .auto(or: .drivers), default: "auto",
            summary: "Drivers of a DPDK",
            description:
                "Specifies the drivers that a DPDK is built with. auto: those of the NICs in this configuration, "
                + "and the virtual devices that pvpgen uses. all: each for which this host has the libraries. "
                + "Names such as net/ice are added to the virtual devices."),
        Setting(
            "Jobs", \.jobs, .auto(or: .integer(1...1024, "jobs")), default: "auto",
            summary: "Number of compilers that run at the same time",
            description:
                "Specifies the number of compilers that run at the same time. auto: one for each housekeeping CPU, "
                + "and at most one for each GiB of available memory."),
    ]
}
