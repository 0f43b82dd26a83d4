import Foundation
import LabTools
import Linux

/// The PVP host's root file system: Debian as a user would have it, with AppArmor and nothing of
/// the project.
struct RootFileSystem {
    /// The directory that it is built in.
    let path: String
    /// The code name of Debian's release.
    let release: String
    /// The kernel's package.
    var kernel = "linux-image-amd64"
    /// The file system's id, for `/etc/fstab` and GRUB.
    static let uuid = "0f7d1c52-8d0a-4f0e-9c7b-2f3a5b6c7d8e"

    private static let packages = [
        "systemd", "systemd-sysv", "udev", "dbus", "kmod", "iproute2", "pciutils", "procps", "zstd",
        "initramfs-tools", "grub2-common", "openssh-client", "openssh-server",
        "libvirt-daemon-system", "libvirt-clients", "qemu-system-x86", "qemu-utils", "seabios", "ipxe-qemu",
        "dpdk", "dpdk-dev", "socat", "busybox-static", "curl", "dnsmasq-base", "iptables", "libyaml-0-2", "python3",
        "xorriso", "apparmor",
    ]

    /// Kernel modules that are not needed in the lab, and would have to be read and written.
    static let excluded = [
        "/lib/modules/*/kernel/sound/*", "/lib/modules/*/kernel/drivers/media/*", "/lib/modules/*/kernel/drivers/gpu/*",
        "/lib/modules/*/kernel/drivers/net/wireless/*", "/lib/modules/*/kernel/drivers/infiniband/*",
    ]

    /// Units that take time at each boot and do nothing here. dpdk.service binds NICs too, by a
    /// file of its own.
    static let masked = [
        "apt-daily.timer", "apt-daily-upgrade.timer", "dpkg-db-backup.timer", "fstrim.timer", "e2scrub_all.timer",
        "e2scrub_reap.service",
        "dpdk.service", "systemd-networkd-wait-online.service", "systemd-pstore.service", "user@.service",
        // TCG takes 30 s at each boot to load its profiles, and 6 s each of the ten times that
        // libvirt loads a guest's: one test has it on.
        "apparmor.service",
    ]

    /// What the lab's kernel needs and a real host's does not: on a busy machine a timer of TCG's
    /// comes too late for the kernel's own check of it. The IOMMU is off, as it is by default on
    /// some distributions; that the plan's arguments come later switches it on.
    static let kernelArguments = "console=ttyS0,115200 no_timer_check intel_iommu=off"

    private static let files = [
        "/etc/hostname": "pvplab\n",
        "/etc/hosts": "127.0.0.1 localhost pvplab\n",
        "/etc/systemd/network/10-lab.network":
            "[Match]\nDriver=virtio_net\n[Network]\nAddress=10.0.2.15/24\nGateway=10.0.2.2\n",
        // Without PAM a command over ssh has no session of logind's to wait for.
        "/etc/ssh/sshd_config.d/lab.conf": "UsePAM no\nUseDNS no\n",
        "/etc/default/grub": """
        GRUB_DEFAULT=0
        GRUB_TIMEOUT=0
        GRUB_CMDLINE_LINUX_DEFAULT=""
        GRUB_CMDLINE_LINUX="\(kernelArguments)"
        GRUB_TERMINAL=console

        """,
    ]

    /// What the initial RAM disk needs to know; a kernel's package creates one when it is
    /// installed, which takes long with all drivers.
    static func early(root: String) -> [String: String] {
        [
            "/etc/fstab": "\(root) / ext4 rw,noatime 0 1\n",
            "/etc/initramfs-tools/conf.d/lab": "MODULES=list\nCOMPRESS=zstd\n",
            "/usr/share/initramfs-tools/modules.d/lab": "virtio_pci\nvirtio_blk\next4\n",
        ]
    }

    /// The kernel's release, such as `6.1.0-37-amd64`.
    func kernelRelease() throws -> String {
        let found = try Root(path).list("/lib/modules")
        guard found.count == 1, let release = found.first else {
            throw LabFailure("\(path)/lib/modules: expected one kernel, found \(found)")
        }
        return release
    }

    /// The kernel and its initial RAM disk, for a boot without boot loader.
    func kernelFiles() throws -> (image: String, initrd: String) {
        let release = try kernelRelease()
        return ("\(path)/boot/vmlinuz-\(release)", "\(path)/boot/initrd.img-\(release)")
    }

    /// Installs Debian into the directory, and lets in who has the key.
    func build(publicKey: String) throws {
        let early = Self.early(root: "UUID=\(Self.uuid)")
        try Debian(release: release, packages: Self.packages + [kernel], excluded: Self.excluded, files: early).install(
            into: path)
        let root = Root(path)
        for (file, text) in Self.files { try root.replace(file, with: Array(text.utf8)) }
        try root.makeDirectory("/root/.ssh", mode: 0o700)
        try root.replace("/root/.ssh/authorized_keys", with: Array(publicKey.utf8), mode: 0o600)
        // update-grub wants to find it.
        try root.makeDirectory("/boot/grub")
        try Tool.run(["systemctl", "--root=\(path)", "--quiet", "enable", "systemd-networkd.service", "ssh.service"])
        try Tool.run(["systemctl", "--root=\(path)", "--quiet", "mask"] + Self.masked)
    }

    /// Creates a disk without partitions out of the directory.
    func makeDisk(_ disk: String) throws {
        try Tool.run(["truncate", "--size=4G", disk])
        try Tool.run(["mkfs.ext4", "-q", "-F", "-U", Self.uuid, "-d", path, disk], within: 600)
    }
}
