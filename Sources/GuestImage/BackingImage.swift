package import Diagnostics
import Downloads
package import Linux
package import Plan
import Values

/// The image below a guest's disk, as it is on this host.
struct BackingImage {
    let disk: DiskPlan
    let root: Root
    let reporter: Reporter
    /// Where the image lies.
    let path: String

    init(disk: DiskPlan, root: Root, reporter: Reporter) throws(Problem) {
        self.disk = disk
        self.root = root
        self.reporter = reporter
        path = try disk.baseFile(in: root)
    }

    /// Where it is noted which content was found right, and where it came from.
    private var record: String { disk.url == nil ? "\(disk.directory)/base.origin" : DiskPlan.record(of: path) }

    /// What identifies its content: with a checksum that, else length and time.
    func identity() throws(Problem) -> ProvenanceRecord {
        let status = try status()
        var record = ProvenanceRecord()
        record["base"] = path
        record["size"] = "\(status.size)"
        record["modified"] = "\(status.modified)"
        record["checksum"] = disk.checksum?.description
        return record
    }

    /// Fetches it if need be and sees that it is what it should be.
    func provide() throws(Problem) {
        if let url = disk.url {
            // Guests with the same image: the first fetches it, the others wait.
            let lock = try makeLock()
            defer { withExtendedLifetime(lock) {} }
            if try !root.isPresent(path) { try fetch(url) }
            try check()
            let origin = try root.record(record)?["url"]
            if let origin, origin != url {
                reporter.warning(
                    "guest \(disk.guest): \(path) was fetched from \(origin.withoutCredentials), "
                        + "not from \(url.withoutCredentials); "
                        + "set ImageFile= to another path, then run 'pvpgen guest reset \(disk.guest)'"
                )
            }
        } else {
            try check()
        }
    }

    private func makeLock() throws(Problem) -> FileLock {
        do {
            let directory = String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex))
            try root.makeDirectory(directory)
            // Any other directory has the mode that its owner wants.
            if directory == DiskPlan.images { try root.closeDirectory(directory) }
            return try FileLock(path + ".lock", in: root) {
                reporter.status("Waiting for another guest, which fetches \(path)")
            }
        } catch {
            throw error.problem(.imageState, remedy: "run the command as root, with that directory writable")
        }
    }

    private func fetch(_ url: String) throws(Problem) {
        let shownURL = url.withoutCredentials
        let download = Download(url: url, file: path, root: root, reporter: reporter, subject: .image)
        try download.fetch()
        if let checksum = disk.checksum { try download.verify(checksum) }
        try download.finish()
        try keepRecord(url)
        let verdict = disk.checksum == nil ? "without a checksum" : "the checksum is right"
        reporter.done("\(path): fetched from \(shownURL), \(verdict)")
    }

    private func keepRecord(_ url: String?) throws(Problem) {
        var record = try identity()
        record["url"] = url
        try root.keep(record, self.record)
    }

    /// A sum is worked out once for each content: it takes seconds.
    private func check() throws(Problem) {
        let status = try status()
        guard let checksum = disk.checksum else { return }
        let known = try root.record(record)
        if let known, known["base"] == path, known["checksum"] == "\(checksum)", known["size"] == "\(status.size)",
            known["modified"] == "\(status.modified)"
        {
            return
        }
        let found = try sum(of: path, checksum.algorithm)
        guard found == checksum else {
            throw Problem(
                .imageChecksum, "\(path): expected \(checksum), got \(found)",
                remedy: disk.url == nil
                    ? "correct ImageChecksum= in [Guest], or put the right image there"
                    : "correct ImageChecksum= in [Guest]; or remove the file, and the next start fetches it again")
        }
        try keepRecord(known?["url"])
    }

    private func status() throws(Problem) -> FileStatus {
        do {
            return try root.status(path)
        } catch {
            throw Problem(
                .imageMissing, "guest \(disk.guest): \(path): \(error.reason)",
                remedy: "copy the image to this path, or correct Image= in [Guest]")
        }
    }

    private func sum(of path: String, _ algorithm: Checksum.Algorithm) throws(Problem) -> Checksum {
        reporter.status("Checking the \(algorithm.rawValue) of \(path)")
        do {
            return try root.checksum(of: path, by: algorithm)
        } catch {
            throw error.problem(.imageUnreadable, remedy: "make the file readable")
        }
    }
}

extension DiskPlan {
    /// Returns where the image is, or where it will be. An image that an earlier release fetched
    /// from the same URL stays in use where it is, because disks lie over it.
    package func baseFile(in root: Root) throws(Problem) -> String {
        guard let url, let formerBase, !root.exists(base), root.exists(formerBase),
            try root.record(Self.record(of: formerBase))?["url"] == url
        else { return base }
        return formerBase
    }

    fileprivate static func record(of base: String) -> String { base + ".origin" }
}
