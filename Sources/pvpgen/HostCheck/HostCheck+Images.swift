import Diagnostics
import Glibc
import Linux
import Plan

extension HostCheck {
    /// Whether what the guests boot from is there.
    var images: [Problem] {
        plan.guests.flatMap { guest in
            [("Image", guest.image), ("Kernel", guest.kernel), ("Initrd", guest.initrd)].compactMap { key, path in
                path.flatMap { file(key, $0, of: guest.name) }
            }
        }
    }

    /// libvirt gives QEMU the file itself, but QEMU's user must be able to reach it.
    private func file(_ key: String, _ path: String, of guest: String) -> Problem? {
        guard root.exists(path) else {
            return Problem(
                "image-missing", "guest \(guest): \(key)=\(path) is not there", remedy: "put it there, or correct \(key)= in [Guest]")
        }
        if key == "Image", (try? root.bytes(path, limit: 4)) != [0x51, 0x46, 0x49, 0xfb] {
            return Problem(
                "image-format", "guest \(guest): Image=\(path) is no qcow2 image",
                remedy: "qemu-img convert -O qcow2, or correct Image= in [Guest]")
        }
        var directory = path
        while let slash = directory.lastIndex(of: "/"), slash != directory.startIndex {
            directory = String(directory[..<slash])
            var status = stat()
            guard stat(root.path(directory), &status) == 0, status.st_mode & S_IXOTH == 0 else { continue }
            return Problem(
                "image-unreadable", "guest \(guest): \(key)=\(path) is out of reach for QEMU's user: \(directory) is closed to others",
                remedy: "put it below /var/lib/libvirt/images, or chmod o+x \(directory)")
        }
        return nil
    }
}
