public import Foundation
import Linux

/// Everything that the machine is booted from, kept between runs under a hash of all that went in.
public struct LabImages: Sendable {
    let directory: String

    /// The host's root file system; not to be written to.
    var root: String { directory + "/root.ext4" }
    /// What UEFI boots from.
    var boot: String { directory + "/boot.img" }
    /// The guest.
    public var guest: String { directory + "/guest.qcow2" }
    /// The private key that the host lets in.
    var key: String { directory + "/key" }

    /// `PVP_LAB_CACHE`, else `pvpgen-lab` where caches belong (XDG base directory specification).
    public static func cache(_ environment: [String: String] = ProcessInfo.processInfo.environment) -> String {
        if let path = environment["PVP_LAB_CACHE"] { return path + "/pvpgen-lab" }
        let home = environment["XDG_CACHE_HOME"] ?? (environment["HOME"] ?? "/root") + "/.cache"
        return home + "/pvpgen-lab"
    }

    /// The images, built if they are not there yet (about 5 minutes).
    public static func ready(_ progress: Progress) throws -> LabImages {
        let cache = cache()
        let images = LabImages(directory: cache + "/" + (try recipe()))
        if access(images.root, R_OK) == 0 {
            progress("images: there already, \(images.directory)")
            return images
        }
        guard geteuid() == 0 else { throw LabFailure("the lab's images can only be made by root") }
        try Root.machine.makeDirectory(cache)
        var template = Array((cache + "/building.XXXXXX").utf8CString)
        guard let work = mkdtemp(&template).map({ String(cString: $0) }) else { throw SystemError("mkdtemp", cache) }
        defer { _ = try? Tool.run(["rm", "-rf", "--one-file-system", work], within: 300) }
        let whole = LabImages(directory: work + "/whole")
        try Root.machine.makeDirectory(whole.directory)
        try whole.build(in: work, progress)
        // Another run may have made the same meanwhile; that is as good.
        guard rename(whole.directory, images.directory) == 0 || access(images.root, R_OK) == 0 else {
            throw SystemError("rename", images.directory)
        }
        return images
    }

    private func build(in work: String, _ progress: Progress) throws {
        let system = RootFileSystem(path: work + "/root")
        try Tool.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "pvp-lab", "-f", key])
        progress("images: root file system (\(try RootFileSystem.release()))")
        try system.build(publicKey: try Root.machine.text(key + ".pub") + "\n")
        progress("images: guest")
        try GuestImage(path: guest, source: system).build(in: work)
        progress("images: boot disk and root disk")
        try BootDisk(path: boot).build(in: work)
        try system.makeDisk(root)
        progress("images: first boot, for update-grub")
        let kernel = try system.kernel()
        let arguments = "root=UUID=\(RootFileSystem.uuid) rw \(RootFileSystem.kernelArguments)"
        let running = try RunningLab(images: self, kernel: .init(kernel: kernel.image, initrd: kernel.initrd, arguments: arguments))
        defer { running.end() }
        _ = try running.shell.waitForBoot(within: Limit.boot)
        try running.shell.run(["systemctl", "is-system-running", "--wait"], within: Limit.boot)
        try running.shell.run(["update-grub"], within: 120)
        // The connection goes while it is being answered.
        _ = try? running.shell.attempt(["systemctl", "poweroff"], within: 30)
        try running.machine.waitForEnd(within: 180)
    }

    /// FNV-1a over the sources in this folder and the release: all that goes into the images.
    static func recipe() throws -> String {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for file in try Root.machine.list(folder) {
            for byte in try Root.machine.bytes(folder + "/" + file) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        }
        return try RootFileSystem.release() + "-" + String(hash, radix: 16)
    }
}
