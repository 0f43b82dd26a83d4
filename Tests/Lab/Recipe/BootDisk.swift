import Foundation
import LabTools
import Linux

/// The disk that UEFI boots from: a FAT file system with GRUB, which goes on with the configuration
/// on the root file system.
struct BootDisk {
    /// The disk image.
    let path: String

    private static let configuration = """
        search --no-floppy --fs-uuid --set=root \(RootFileSystem.uuid)
        set prefix=($root)/boot/grub
        configfile $prefix/grub.cfg

        """
    /// With those that Debian's configuration asks for: GRUB waits 10 s after an error.
    private static let modules =
        "part_gpt part_msdos ext2 fat search search_fs_uuid configfile normal linux serial terminal test echo gzio "
        + "all_video"

    /// Creates it, with files of its own in `directory` meanwhile.
    func build(in directory: String) throws {
        let loader = directory + "/bootx64.efi"
        let early = directory + "/early.cfg"
        try Root.machine.replace(early, with: Array(Self.configuration.utf8))
        try Tool.run([
            "grub-mkstandalone", "-O", "x86_64-efi", "-o", loader, "--modules=\(Self.modules)", "--locales=",
            "--fonts=", "--themes=",
            "boot/grub/grub.cfg=\(early)",
        ])
        try Tool.run(["truncate", "--size=16M", path])
        try Tool.run(["mformat", "-i", path, "::"])
        try Tool.run(["mmd", "-i", path, "::/EFI", "::/EFI/BOOT"])
        try Tool.run(["mcopy", "-i", path, loader, "::/EFI/BOOT/BOOTX64.EFI"])
    }
}
