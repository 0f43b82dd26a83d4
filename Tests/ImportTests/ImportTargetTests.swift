import Testing

@testable import Import

/// The variables that the role and its fork read or set, by role; facts from their defaults, vars,
/// tasks, templates and playbooks.
@Suite struct TargetTests {
    static let upstream = [
        "remote_image", "local_image_file", "cmdline_options", "nics", "guest_mgt_mac", "guest_mgt_ip", "guest_pubkey",
        "guest_name",
        "testpmd_session",
    ]
    static let fork = [
        "action", "skip_grub", "image_cache_name", "cache_path", "guest_iommu", "iommu", "qemu", "qemu_install_path",
        "qemu_src_path",
        "qemu_version", "version", "dpdk", "dpdk_install_path", "dpdk_src_path", "dpdk_version", "devbind_bin",
        "testpmd_bin",
    ]

    @Test(arguments: upstream + fork) func theHostRolesVariablesHaveATarget(_ name: String) {
        #expect(ImportTarget.of(name, role: .host) != nil)
    }

    @Test(arguments: ["guest_cmdline_options", "nics", "iommu", "repos"]) func theGuestRolesVariablesHaveATarget(
        _ name: String
    ) {
        #expect(ImportTarget.of(name, role: .guest) != nil)
    }

    @Test(arguments: ["nics", "trex_url", "trex_version"]) func theTrexRolesVariablesHaveATarget(_ name: String) {
        #expect(ImportTarget.of(name, role: .trex) != nil)
    }

    @Test(arguments: ["trex_url", "repos", "guest_cmdline_options", "ansible_port"]) func isReportedWithoutARoleToo(
        _ name: String
    ) {
        guard case .nowhere? = ImportTarget.of(name, role: .host) else { return #expect(Bool(false), "\(name)") }
    }

    @Test func theTableHasNoOther() {
        #expect(ImportTarget.all[.host].map { Set($0.keys) } == Set(Self.upstream + Self.fork))
        #expect(ImportTarget.of("crystal", role: .host) == nil)
    }
}
