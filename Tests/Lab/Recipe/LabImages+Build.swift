import LabTools
import Linux

extension LabImages {
    /// Creates the guests, of this machine's release for hosts of any release: the kernel of forky
    /// does not boot as a nested guest.
    func buildGuests(in work: String, _ progress: Progress) throws {
        let image = ServerImage(
            path: server, system: RootFileSystem(path: work + "/root", release: try Debian.release()))
        progress("images: a guest with ssh")
        try image.install()
        try image.build(in: work)
        progress("images: guest")
        try GuestImage(path: guest, source: image.system).build(in: work)
    }

    /// Creates the host's images, with files of its own in `work` meanwhile.
    func buildHost(_ release: String, in work: String, _ progress: Progress) throws {
        var system = RootFileSystem(path: work + "/root", release: release)
        if try release == Debian.release() {
            let kernels = try DebianKernels()
            try kernels.download(to: kernel, in: work + "/kernel")
            system.kernel = kernels.older
        }
        try Tool.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "pvp-lab", "-f", key])
        progress("images: root file system (\(release))")
        try system.build(publicKey: try Root.machine.text(key + ".pub") + "\n")
        progress("images: boot disk and root disk")
        try BootDisk(path: boot).build(in: work)
        try system.makeDisk(root)
        progress("images: first boot, for update-grub")
        let files = try system.kernelFiles()
        let arguments = "root=UUID=\(RootFileSystem.uuid) rw \(RootFileSystem.kernelArguments)"
        let direct = MachineSpec.DirectBoot(kernel: files.image, initrd: files.initrd, arguments: arguments)
        let running = try RunningLab(images: self, shape: .oneNode, kernel: direct)
        defer { running.end() }
        _ = try running.shell.waitForBoot(within: Limit.boot)
        try running.shell.run(["systemctl", "is-system-running", "--wait"], within: Limit.boot)
        try running.shell.run(["update-grub"], within: 120)
        // The connection goes while it is being answered.
        _ = try? running.shell.attempt(["systemctl", "poweroff"], within: 30)
        try running.machine.waitForEnd(within: 180)
    }
}
