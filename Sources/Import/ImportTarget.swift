/// Where a variable of a role goes.
package enum ImportTarget: Hashable, Sendable {
    /// Each address is the `PCIAddress=` of a `[NIC]`.
    case nics
    /// One setting of one section.
    case setting(section: String, key: String)
    /// Kernel arguments: some are settings, some are the plan's, the rest is `KernelArguments=`.
    case kernelArguments
    /// No setting: why, and what to do instead.
    case nowhere(why: String, instead: String)

    /// Every variable of the role and of its fork, by role and name.
    package static let all: [AnsibleRole: [String: ImportTarget]] = [.host: host, .guest: guest, .trex: trex]

    /// Where it goes; `nil` for a variable that no role has.
    package static func of(_ name: String, role: AnsibleRole) -> ImportTarget? {
        if let target = all[role]?[name] { return target }
        if name.hasPrefix("ansible_") { return connection }
        // Variables of a play or of a file are not marked with the role that reads them.
        return role == .host ? guestOnly[name] ?? trexOnly[name] : nil
    }

    private static let connection = nowhere(
        why: "it is how Ansible reaches a machine", instead: "run pvpgen on that machine itself")
    private static let guestOnly = guest.filter { host[$0.key] == nil }
    private static let trexOnly = trex.filter { host[$0.key] == nil }

    private static let host: [String: ImportTarget] = [
        "nics": .nics,
        "cmdline_options": .kernelArguments,
        "guest_name": .setting(section: "Guest", key: "Name"),
        "local_image_file": .setting(section: "Guest", key: "Image"),
        "testpmd_bin": .setting(section: "Testpmd", key: "Binary"),
        "action": .nowhere(
            why: "setting up and tearing down are commands",
            instead: "pvpgen install and uninstall, systemctl start and stop pvp.target"),
        "skip_grub": .nowhere(
            why: "the boot loader changes only by 'pvpgen install'",
            instead: "do not run it; 'pvpgen plan' prints the kernel arguments"),
        "testpmd_session": .nowhere(
            why: "testpmd is a service, not a tmux session", instead: "journalctl -u testpmd, pvpgen console"),
        "remote_image": .setting(section: "Guest", key: "Image"),
        "image_cache_name": oneImage, "cache_path": oneImage,
        "guest_pubkey": .setting(section: "Guest", key: "SSHKey"),
        "guest_mgt_mac": .setting(section: "Guest", key: "MACAddress"),
        "guest_mgt_ip": .setting(section: "Guest", key: "Address"),
        "iommu": .setting(section: "Guest", key: "IOMMU"), "guest_iommu": .setting(section: "Guest", key: "IOMMU"),
        "qemu": hostQEMU, "qemu_install_path": hostQEMU, "qemu_src_path": hostQEMU, "qemu_version": hostQEMU,
        "version": hostQEMU,
        "dpdk": hostDPDK, "dpdk_install_path": hostDPDK, "dpdk_src_path": hostDPDK, "dpdk_version": hostDPDK,
        "devbind_bin": .nowhere(why: "pvp-vfio@.service binds NICs without dpdk-devbind", instead: "nothing to do"),
    ]

    private static let guest: [String: ImportTarget] = {
        let inside = nowhere(why: "it configures the guest's system", instead: "set it in the guest or its image")
        return ["guest_cmdline_options": inside, "nics": inside, "iommu": inside, "repos": inside]
    }()

    private static let trex: [String: ImportTarget] = {
        let generator = nowhere(
            why: "it belongs to the traffic generator, another machine", instead: "keep the trex role for that machine")
        return ["nics": generator, "trex_url": generator, "trex_version": generator]
    }()

    private static let oneImage = nowhere(
        why: "an image from a URL is fetched once, for all guests", instead: "set ImageFile= in [Guest] to its path")
    private static let hostQEMU = nowhere(
        why: "libvirt chooses the QEMU that is installed, nothing is built",
        instead:
            "install the QEMU that you want to measure, and name it with [Guest] Emulator= if libvirt chooses another")
    private static let hostDPDK = nowhere(
        why: "nothing is built or installed",
        instead: "install DPDK, and name its testpmd with [Testpmd] Binary= if it is not /usr/bin/dpdk-testpmd")
}
