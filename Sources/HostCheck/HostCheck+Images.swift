import Config
import Diagnostics
import GuestImage
import Linux
import Plan

extension HostCheck {
    /// Whether the files that guests boot from exist, and the programs that create their disks.
    var images: [Problem] {
        plan.guests.flatMap { guest in
            // What comes from a URL is fetched when the guest starts.
            let image = guest.disk?.url == nil ? guest.disk?.base : nil
            return [("Image", image), ("Kernel", guest.kernel), ("Initrd", guest.initrd)].compactMap { key, path in
                path.flatMap { file(key, $0, of: guest.name, isBootable: guest.kernel == nil) }
            }
                + [("SSHKey", guest.disk?.sshKey), ("RootPasswordFile", guest.disk?.rootPasswordFile)].compactMap {
                    key, path in
                    path.flatMap { root.exists($0) ? nil : missing(key, $0, of: guest.name) }
                }
        } + tools
    }

    private var tools: [Problem] {
        let disks = plan.guests.compactMap(\.disk)
        let needed: [(program: String, package: String, isNeeded: Bool)] = [
            ("qemu-img", "qemu-utils or qemu-img", !disks.isEmpty),
            ("curl", "curl", disks.contains { $0.url != nil && !root.exists((try? $0.baseFile(in: root)) ?? $0.base) }),
            (
                "ssh-keygen", "openssh-client or openssh",
                disks.contains { [.credentials, .cloudInit].contains($0.preparation) }
            ),
            ("xorriso", "xorriso", disks.contains { $0.preparation == .cloudInit }),
            ("virt-sysprep", "libguestfs-tools or guestfs-tools", disks.contains { $0.preparation == .sysprep }),
        ]
        return needed.filter { $0.isNeeded && !root.exists("/usr/bin/\($0.program)") }.map {
            Problem(
                .programMissing, "/usr/bin/\($0.program): not found, required for the disks of guests",
                remedy: "install the package \($0.package)")
        }
    }

    private func missing(_ key: String, _ path: String, of guest: String) -> Problem {
        Problem(
            .imageMissing, "guest \(guest): \(key)=\(path): not found",
            remedy: "copy the file to this path, or correct \(key)= in [Guest]")
    }

    /// libvirt gives QEMU the file itself, but QEMU's user must be able to reach it.
    private func file(_ key: String, _ path: String, of guest: String, isBootable: Bool) -> Problem? {
        guard root.exists(path) else { return missing(key, path, of: guest) }
        if key == "Image", isBootable, !DiskFile(path, in: root).looksBootable {
            return Problem(
                .imageFormat,
                "guest \(guest): Image=\(path): expected a qcow2 image, or a raw image with a boot sector",
                remedy: "run 'qemu-img convert -O qcow2', or correct Image= in [Guest]")
        }
        let account = QEMUAccount(in: root)
        var directory = path
        while let slash = directory.lastIndex(of: "/"), slash != directory.startIndex {
            directory = String(directory[..<slash])
            guard let access = try? FileAccess(of: directory, in: root) else { continue }
            // A user that is not known here is one of all others.
            if access.allows(.execute, user: account.user ?? .max, groups: account.groups) { continue }
            return Problem(
                .imageUnreadable, "guest \(guest): \(key)=\(path): QEMU's user may not search \(directory)",
                remedy: "move the file to /var/lib/libvirt/images, or run 'chmod o+x \(directory)'")
        }
        return nil
    }
}
