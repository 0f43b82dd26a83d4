import Config
import Diagnostics
import Linux
import Values

extension Planner {
    /// Guests may share an image, but a file has one image, an image one content, and an overlay
    /// disk one guest. Paths are compared without looking at the host.
    mutating func checkImage(_ disk: DiskPlan, _ section: GuestSection, _ owner: String) {
        let key = disk.file == nil ? "Image" : "ImageFile"
        let path = Self.normalized(disk.base)
        if let guest = ownerOfOverlay(path) {
            report(
                .imageTwice, "\(owner): \(key)=\(path) is the overlay disk of guest \(guest), which writes to it",
                remedy: "set \(key)= to another path", at: section.location(of: key))
        }
        if let url = disk.url { checkChecksum(disk, of: url, section, owner) }
        guard let other = images[path] else {
            images[path] = disk
            return
        }
        guard other.url != disk.url else { return }
        let image = disk.image.withoutCredentials
        let otherImage = other.image.withoutCredentials
        let message =
            disk.url != nil && other.url != nil
            ? "\(path) is already in use for \(otherImage) of guest \(other.guest), not for \(image)"
            : "\(path) is both an image of this host and the file of a download: Image=\(image), and "
                + "Image=\(otherImage) of guest \(other.guest)"
        report(
            .imageTwice, "\(owner): \(message)",
            remedy: key == "Image" ? "set Image= to another path" : "set ImageFile= to another path, or remove it",
            at: section.location(of: key))
    }

    /// Sums of two algorithms can be of the same content.
    private mutating func checkChecksum(_ disk: DiskPlan, of url: String, _ section: GuestSection, _ owner: String) {
        guard let checksum = disk.checksum else { return }
        let known = checksums[url, default: []]
        guard let other = known.first(where: { $0.checksum?.algorithm == checksum.algorithm }) else {
            checksums[url] = known + [disk]
            return
        }
        guard other.checksum != checksum else { return }
        report(
            .imageTwice,
            "\(owner): ImageChecksum=\(checksum) differs from that of guest \(other.guest) for the same URL",
            remedy: "set the same ImageChecksum= in both", at: section.location(of: "ImageChecksum"))
    }

    /// The guest whose overlay disk has the path.
    private func ownerOfOverlay(_ path: String) -> String? {
        guard path.hasPrefix(DiskPlan.guests + "/") else { return nil }
        return config.guests.first { guest in
            guest.image != nil && guest.name.map { DiskPlan.overlay(of: $0) } == path
        }?.name
    }

    /// An absolute path without empty parts, "." and "..".
    static func normalized(_ path: String) -> String {
        var normal = ""
        for part in path.utf8.split(separator: UInt8(ascii: "/")).lazy.map({ Substring($0) }) where part != "." {
            if part == ".." {
                normal = Root.parent(normal)
            } else {
                normal += "/"
                normal.append(contentsOf: part)
            }
        }
        return normal.isEmpty ? "/" : normal
    }
}
