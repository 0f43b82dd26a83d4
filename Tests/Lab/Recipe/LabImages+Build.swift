import LabTools
import Linux

extension LabImages {
    /// Makes all of them, with files of its own in `work` meanwhile.
    func build(in work: String, _ progress: Progress) throws {
        let kernels = try DebianKernels()
        try kernels.download(to: kernel, in: work + "/kernel")
        let system = RootFileSystem(path: work + "/root", kernel: kernels.older)
        try Tool.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "pvp-lab", "-f", key])
        progress("images: root file system (\(try Debian.release()))")
        try system.build(publicKey: try Root.machine.text(key + ".pub") + "\n")
        progress("images: guest")
        try GuestImage(path: guest, source: system).build(in: work)
        progress("images: a guest with ssh")
        try ServerImage(path: server).build(in: work)
        progress("images: boot disk and root disk")
        try BootDisk(path: boot).build(in: work)
        try system.makeDisk(root)
        progress("images: first boot, for update-grub")
        let files = try system.kernelFiles()
        let arguments = "root=UUID=\(RootFileSystem.uuid) rw \(RootFileSystem.kernelArguments)"
        let running = try RunningLab(images: self, kernel: .init(kernel: files.image, initrd: files.initrd, arguments: arguments))
        defer { running.end() }
        _ = try running.shell.waitForBoot(within: Limit.boot)
        try running.shell.run(["systemctl", "is-system-running", "--wait"], within: Limit.boot)
        try running.shell.run(["update-grub"], within: 120)
        // The connection goes while it is being answered.
        _ = try? running.shell.attempt(["systemctl", "poweroff"], within: 30)
        try running.machine.waitForEnd(within: 180)
    }
}
