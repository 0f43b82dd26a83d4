import LabTools
import Linux

/// The host's root file system with Debian's SELinux policy, enforcing from power-on and labelled,
/// so that no boot has to do that.
struct SELinuxDisk {
    /// The disk image.
    let path: String

    private static let packages = ["selinux-policy-default", "selinux-basics", "policycoreutils", "auditd"]

    /// Beside those of the plain host. The log holds what is denied before auditd runs.
    private static let kernelArguments = "security=selinux selinux=1 enforcing=1 audit=1 audit_backlog_limit=8192"

    /// Runs with the disk mounted at `$1`, in a mount namespace of its own. Without PAM a login has
    /// no context of its own.
    private static let script = """
        set -eu
        mount -o loop "$2" "$1"
        mount -t proc proc "$1/proc"
        export DEBIAN_FRONTEND=noninteractive
        chroot "$1" apt-get -qq update
        chroot "$1" apt-get -qq -y --no-install-recommends install \(packages.joined(separator: " "))
        sed -i 's/^SELINUX=.*/SELINUX=enforcing/' "$1/etc/selinux/config"
        sed -i 's/ intel_iommu=off/& \(kernelArguments)/' "$1/etc/default/grub" "$1/boot/grub/grub.cfg"
        sed -i 's/^UsePAM no/UsePAM yes/' "$1/etc/ssh/sshd_config.d/lab.conf"
        rm -rf "$1"/tmp/.[!.]*
        chroot "$1" setfiles -F -e /proc -e /sys /etc/selinux/default/contexts/files/file_contexts /
        umount "$1/proc" "$1"
        """

    /// Creates the disk as a copy of another, with files of its own in `directory` meanwhile.
    func build(from plain: String, in directory: String) throws {
        let mount = directory + "/mount"
        try Root.machine.makeDirectory(mount)
        try Tool.run(["cp", "--sparse=always", plain, path], within: 300)
        try Tool.run(["unshare", "--mount", "sh", "-c", Self.script, "sh", mount, path], within: 1800)
    }
}
