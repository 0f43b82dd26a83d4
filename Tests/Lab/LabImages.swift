public import LabTools
import Linux

/// Everything that the machine is booted from.
public struct LabImages: Sendable {
    let directory: String

    /// The host's root file system; not to be written to.
    var root: String { directory + "/root.ext4" }
    /// What UEFI boots from.
    var boot: String { directory + "/boot.img" }
    /// The guest.
    public var guest: String { directory + "/guest.qcow2" }
    /// A guest with ssh, as an image to be downloaded.
    public var server: String { directory + "/server.qcow2" }
    /// The package of a kernel that is newer than the host's.
    var kernel: String { directory + "/kernel.deb" }
    /// The private key that the host lets in.
    var key: String { directory + "/key" }

    /// The images, built if they are not there yet (about 5 minutes).
    public static func ready(_ progress: Progress) throws -> LabImages {
        let cache = Cache(kind: try Debian.release())
        if let directory = try cache.found() {
            progress("images: there already, \(directory)")
            return LabImages(directory: directory)
        }
        return LabImages(directory: try cache.make { try LabImages(directory: $0).build(in: $1, progress) })
    }
}
