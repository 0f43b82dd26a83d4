import LabTools
import Linux

/// A guest as people have it: a whole Debian that takes its address from DHCP and lets in by ssh
/// who has been prepared for it. No key, no password and no host key is in it. Its NICs that are
/// not for management are bridged. DPDK is installed for other uses of them.
struct ServerImage {
    /// The image, qcow2.
    let path: String
    /// Its root file system, with the kernel of the guest that only bridges.
    let system: RootFileSystem

    private static let packages = [
        "systemd", "systemd-sysv", "udev", "dbus", "kmod", "iproute2", "procps", "zstd",
        "linux-image-amd64", "initramfs-tools", "openssh-server", "qemu-guest-agent", "dpdk-dev",
    ]

    /// Packages that no test in the guest uses, and would have to be fetched.
    private static let excluded = [
        "/usr/include/*", "/usr/lib/x86_64-linux-gnu/*.a", "/lib/modules/*/kernel/drivers/net/ethernet/*",
    ]

    private static let files = [
        "/etc/hostname": "server\n",
        "/etc/hosts": "127.0.0.1 localhost server\n",
        "/etc/systemd/network/10-management.network": "[Match]\nPath=*pci-0000:00:1a.0*\n[Network]\nDHCP=ipv4\n",
        "/etc/systemd/network/20-bridge.netdev":
            "[NetDev]\nName=bridge\nKind=bridge\n[Bridge]\nForwardDelaySec=0\nMulticastSnooping=no\nSTP=no\n",
        "/etc/systemd/network/20-bridge.network":
            "[Match]\nName=bridge\n[Network]\nLinkLocalAddressing=no\nConfigureWithoutCarrier=yes\n",
        "/etc/systemd/network/30-bridged.network":
            "[Match]\nDriver=virtio_net\n[Link]\nPromiscuous=yes\n[Network]\nBridge=bridge\nLinkLocalAddressing=no\n",
        "/etc/ssh/sshd_config.d/lab.conf": "UsePAM no\nUseDNS no\n",
    ]

    /// Creates the root file system.
    func install() throws {
        let excluded = RootFileSystem.excluded + Self.excluded
        let early = RootFileSystem.early(root: "/dev/vda1")
        try Debian(release: system.release, packages: Self.packages, excluded: excluded, files: early).install(
            into: system.path)
        let root = Root(system.path)
        for (file, text) in Self.files { try root.replace(file, with: Array(text.utf8)) }
        for name in try root.list("/etc/ssh") where name.hasPrefix("ssh_host_") {
            try Tool.run(["rm", root.path("/etc/ssh/\(name)")])
        }
        try Tool.run([
            "systemctl", "--root=\(system.path)", "--quiet", "enable", "systemd-networkd.service", "ssh.service",
        ])
        try Tool.run(["systemctl", "--root=\(system.path)", "--quiet", "mask"] + RootFileSystem.masked)
    }

    /// Creates the image of it, with files of its own in `directory` meanwhile.
    func build(in directory: String) throws {
        try GuestDisk(
            path: path, files: system.path, megabytes: 1024, kernel: "/vmlinuz", initrd: "/initrd.img",
            arguments: "root=/dev/vda1 rw console=ttyS0,115200 quiet no_timer_check"
        ).build(in: directory)
    }
}
