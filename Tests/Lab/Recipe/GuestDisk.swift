import Foundation
import LabTools
import Linux

/// A guest's disk: GRUB for a BIOS, and one file system with a kernel.
struct GuestDisk {
    /// The image, qcow2.
    let path: String
    /// The directory that becomes the file system.
    let files: String
    /// The file system's size in MiB.
    let megabytes: Int
    /// Where the kernel and its initial RAM disk are in it.
    let kernel: String
    let initrd: String
    /// The kernel's arguments.
    let arguments: String

    private var bootLoader: String {
        """
        serial --unit=0 --speed=115200
        terminal_output serial
        set root=(hd0,msdos1)
        linux \(kernel) \(arguments)
        initrd \(initrd)
        boot

        """
    }

    /// Creates the image, with files of its own in `directory` meanwhile.
    func build(in directory: String) throws {
        let work = directory + "/disk"
        try Root.machine.makeDirectory(work)
        let fileSystem = work + "/ext4"
        try Tool.run(["truncate", "--size=\(megabytes)M", fileSystem])
        // GRUB 2.06 does not know metadata_csum_seed.
        try Tool.run([
            "mkfs.ext4", "-q", "-F", "-O", "^has_journal,^metadata_csum_seed", "-m", "0", "-d", files, fileSystem,
        ])
        let core = work + "/core.img"
        let early = work + "/early.cfg"
        try Root.machine.replace(early, with: Array(bootLoader.utf8))
        try Tool.run([
            "grub-mkimage", "-O", "i386-pc", "-p", "(hd0,msdos1)/boot/grub", "-c", early, "-o", core,
            "biosdisk", "part_msdos", "ext2", "linux", "serial", "terminal",
        ])
        // Sector 0: GRUB's boot code and a partition table; from sector 1: the rest of GRUB; from 1
        // MiB: the file system.
        let disk = work + "/raw"
        let table = work + "/table"
        try Root.machine.replace(table, with: Array("start=2048, type=83, bootable\n".utf8))
        try Tool.run(["truncate", "--size=\(megabytes + 1)M", disk])
        try Tool.run(["sfdisk", "--quiet", disk], input: table)
        try place("/usr/lib/grub/i386-pc/boot.img", in: disk, at: 0, limit: 440)
        try place(core, in: disk, at: 512, limit: (1 << 20) - 512)
        try Tool.run(
            ["dd", "if=\(fileSystem)", "of=\(disk)", "bs=1M", "seek=1", "conv=sparse,notrunc", "status=none"],
            within: 120)
        try Tool.run(["qemu-img", "convert", "-O", "qcow2", disk, path], within: 300)
        Cache.remove(work)
    }

    private func place(_ file: String, in disk: String, at offset: UInt64, limit: Int) throws {
        let content = try Root.machine.bytes(file)
        guard offset == 0 || content.count <= limit else {
            throw LabFailure("\(file) has \(content.count) bytes, there is room for \(limit)")
        }
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: disk))
        defer { try? handle.close() }
        try handle.seek(toOffset: offset)
        try handle.write(contentsOf: Data(content.prefix(limit)))
    }
}
