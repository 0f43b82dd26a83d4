package import LabTools
import Linux

/// Everything that the machine is booted from.
package struct LabImages: Sendable {
    /// Where the host's images are.
    let directory: String
    /// Where the guests are.
    let guests: String
    /// The release of Debian of the host; `nil` is this machine's.
    let release: String?

    /// The images in a directory; the guests may be in another one.
    init(directory: String, guests: String? = nil, release: String? = nil) {
        self.directory = directory
        self.guests = guests ?? directory
        self.release = release
    }

    /// The host's root file system; not to be written to.
    var root: String { directory + "/root.ext4" }
    /// What UEFI boots from.
    var boot: String { directory + "/boot.img" }
    /// The guest.
    package var guest: String { guests + "/guest.qcow2" }
    /// A guest with ssh, as an image to be downloaded.
    package var server: String { guests + "/server.qcow2" }
    /// The package of a kernel that is newer than the host's; of this machine's release only.
    var kernel: String { directory + "/kernel.deb" }
    /// The private key that the host lets in.
    var key: String { directory + "/key" }

    /// The images of a host with a release of Debian, the machine's own by default, built if they
    /// do not exist (about 5 minutes).
    package static func ready(release: String? = nil, _ progress: Progress) throws -> LabImages {
        let guests = Cache(kind: "guests")
        let guestDirectory =
            try guests.found() ?? guests.make { try LabImages(directory: $0).buildGuests(in: $1, progress) }
        let name = try release ?? Debian.release()
        let hosts = Cache(kind: name)
        let directory =
            try hosts.found()
            ?? hosts.make { try LabImages(directory: $0, guests: guestDirectory).buildHost(name, in: $1, progress) }
        progress("images: \(directory), \(guestDirectory)")
        return LabImages(directory: directory, guests: guestDirectory, release: release)
    }
}
