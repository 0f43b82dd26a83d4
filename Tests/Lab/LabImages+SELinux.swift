package import LabTools
import Linux

extension LabImages {
    /// Returns images whose host has Debian's SELinux policy, enforcing; built from the plain ones
    /// if missing (about 2 minutes).
    package static func withSELinux(_ progress: Progress) throws -> LabImages {
        let plain = try ready(progress)
        let cache = Cache(kind: "selinux-\(try Debian.release())")
        if let directory = try cache.found() { return LabImages(directory: directory) }
        progress("images: a host with SELinux")
        return LabImages(
            directory: try cache.make { directory, work in
                let images = LabImages(directory: directory)
                // The others are the same files.
                for (file, same) in [
                    (plain.boot, images.boot), (plain.guest, images.guest), (plain.server, images.server),
                    (plain.kernel, images.kernel),
                    (plain.key, images.key),
                ] { try Tool.run(["ln", file, same]) }
                try SELinuxDisk(path: images.root).build(from: plain.root, in: work)
            })
    }
}
