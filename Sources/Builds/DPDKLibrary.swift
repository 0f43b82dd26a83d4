package import Linux

/// A library that DPDK's own libraries are linked with if the build host has it; there is no option
/// against it (DPDK: config/meson.build, lib/*/meson.build). The result differs by them.
package enum DPDKLibrary: String, CaseIterable, Hashable, Sendable {
    case archive = "libarchive"
    case bsd = "libbsd"
    case crypto = "openssl"
    case elf = "libelf"
    case fdt = "libfdt"
    case jansson
    case pcap = "libpcap"

    /// Returns those that the host has.
    package static func found(in root: Root) -> Set<DPDKLibrary> {
        Set(allCases.filter { $0.requirement.isMet(in: root) })
    }

    private var requirement: BuildRequirement {
        // DPDK looks for the header of this one, and asks pkg-config for the others.
        BuildRequirement(self == .fdt ? .header("libfdt.h") : .library(rawValue), package: rawValue)
    }
}
