package import Config
package import Diagnostics
package import Values

/// A guest's disk: an image that is only read and may be shared, and over it the guest's own, which
/// has what the guest writes.
package struct DiskPlan: Hashable, Sendable {
    /// Where all of it is kept.
    package static let state = "/var/lib/pvpgen"
    /// Images from URLs, unless `ImageFile=` names another place.
    package static let images = "\(state)/images"
    /// A directory for each guest.
    package static let guests = "\(state)/guests"

    /// The guest's name.
    package var guest: String
    /// `Image=`: a path or a URL.
    package var image: String
    /// `ImageFile=`: where an image from a URL lies.
    package var file: String?
    /// What its checksum must be.
    package var checksum: Checksum?
    /// How what is the guest's own gets in.
    package var preparation: Preparation
    /// A public key for root in the guest.
    package var sshKey: String?
    /// A file with the hash of root's password.
    package var rootPasswordFile: String?
    /// What is taken out.
    package var uninstall: PackageToRemove?
    /// Whether it is to boot by itself: without a kernel from the host.
    package var isBootable: Bool

    /// Where the image comes from if it is not on this host.
    package var url: String? { image.utf8.first == UInt8(ascii: "/") ? nil : image }
    /// Where the image lies on this host.
    package var base: String {
        guard let url else { return image }
        return file ?? "\(Self.images)/\(Self.name(lastPart(of: url), for: url))"
    }
    /// Where earlier releases put an image from a URL: URLs with the same last part had the same
    /// file.
    package var formerBase: String? {
        guard let url, file == nil else { return nil }
        return "\(Self.images)/\(lastPart(of: url))"
    }
    /// What is the guest's own.
    package var directory: String { Self.directory(of: guest) }
    /// The disk that the guest has.
    package var overlay: String { Self.overlay(of: guest) }
    /// The systemd credential that QEMU hands in. libvirt gives the file to QEMU's user, with
    /// AppArmor and SELinux as well (libvirt: `virSecurityDACSetSysinfoLabel`).
    package var credentials: String { "\(directory)/credentials" }
    /// The volume that cloud-init reads.
    package var seed: String { "\(directory)/seed.iso" }
    /// The key that the guest is known by; its public half has `.pub` behind it.
    package var hostKey: String { "\(directory)/ssh_host_ed25519_key" }
    /// For ssh: what the guest is known by, under its name (`HostKeyAlias`).
    package var knownHosts: String { Self.knownHosts(of: guest) }

    /// The same for a guest by its name.
    package static func knownHosts(of guest: String) -> String { "\(directory(of: guest))/known_hosts" }

    /// The overlay disk of a guest by its name.
    static func overlay(of guest: String) -> String { "\(directory(of: guest))/disk.qcow2" }

    /// Where a guest's own files are.
    package static func directory(of guest: String) -> String { "\(guests)/\(guest)" }

    /// What follows the last slash of the path in a URL; the guest's name when that is nothing.
    private func lastPart(of url: String) -> String {
        let path = url.prefix { $0 != "?" && $0 != "#" }
        let part =
            path.drop { $0 != "/" }.dropFirst(2).drop { $0 != "/" }.split(separator: "/").last.map(String.init) ?? ""
        return part.isEmpty || part == ".." || part == "." ? guest : part
    }

    /// Returns a file name with a digest (FNV-1a, 64 bits) of the URL before its extension. Long
    /// parts are cut, because a name has at most 255 bytes, and others are derived by appending to
    /// it.
    private static func name(_ part: String, for url: String) -> String {
        let dot = part.dropFirst().lastIndex(of: ".") ?? part.endIndex
        let digest = Hexadecimal.bytes(FNV1a.hash64(Array(url.utf8)), count: 8, separator: nil)
        return "\(part[..<dot].prefix(128))-\(digest)\(part[dot...].prefix(32))"
    }
}

extension DiskPlan {
    /// The disk of a guest as it is configured, `nil` when it has none, and what is wrong with it.
    package static func make(_ section: GuestSection) -> (disk: DiskPlan?, problems: [Problem]) {
        let problems = mistakes(in: section)
        guard let guest = section.name, let image = section.image else { return (nil, problems) }
        return (
            DiskPlan(
                guest: guest, image: image, file: section.imageFile, checksum: section.imageChecksum,
                preparation: section.prepare.value ?? (section.sshKey == nil ? .none : .credentials),
                sshKey: section.sshKey,
                rootPasswordFile: section.rootPasswordFile, uninstall: section.uninstall,
                isBootable: section.kernel == nil), problems
        )
    }

    private static func mistakes(in section: GuestSection) -> [Problem] {
        var problems: [Problem] = []
        func report(_ key: String, _ message: String, _ remedy: String, severity: Problem.Severity = .error) {
            problems.append(
                Problem(
                    .guestDisk, "guest \(section.name ?? ""): \(message)", remedy: remedy, severity: severity,
                    at: section.location(of: key)))
        }
        guard let image = section.image else {
            let given: [(key: String, isGiven: Bool)] = [
                ("ImageChecksum", section.imageChecksum != nil), ("ImageFile", section.imageFile != nil),
                ("SSHKey", section.sshKey != nil),
                ("Prepare", section.prepare.value ?? .none != .none),
                ("RootPasswordFile", section.rootPasswordFile != nil),
                ("Uninstall", section.uninstall != nil),
            ]
            if let key = given.first(where: { $0.isGiven })?.key {
                report(
                    key, "\(key)= requires a disk, and Image= is not set", "set Image= in [Guest], or remove \(key)=")
            }
            return problems
        }
        if section.imageFile != nil, image.hasPrefix("/") {
            report(
                "ImageFile", "ImageFile= requires Image= with a URL, got Image=\(image.withoutCredentials)",
                "remove ImageFile=, or set Image= to a URL")
        }
        if image.hasPrefix("http:"), section.imageChecksum == nil {
            report(
                "Image",
                "Image=\(image.withoutCredentials) is downloaded without encryption and without a checksum, so it can "
                    + "be replaced on the way",
                "set ImageChecksum=, or use https://", severity: .warning)
        }
        let prepare = section.prepare.value
        if section.sshKey == nil, let prepare, prepare == .credentials || prepare == .cloudInit {
            report(
                "Prepare", "Prepare=\(prepare.rawValue) requires SSHKey=, which is not set",
                "set SSHKey= to the path of a public key")
        }
        if section.sshKey != nil, prepare == Preparation.none {
            report(
                "SSHKey", "SSHKey= has no effect with Prepare=none, ignoring", "remove Prepare=none, or SSHKey=",
                severity: .warning)
        }
        if prepare != .sysprep, section.rootPasswordFile != nil || section.uninstall != nil {
            for (key, isGiven) in [
                ("RootPasswordFile", section.rootPasswordFile != nil), ("Uninstall", section.uninstall != nil),
            ]
            where isGiven {
                report(key, "\(key)= requires Prepare=sysprep", "set Prepare=sysprep, or remove \(key)=")
            }
        }
        return problems
    }
}
