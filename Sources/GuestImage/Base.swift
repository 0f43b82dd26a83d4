import Config
import Diagnostics
import Linux
import Plan

/// The image below a guest's disk, as it is on this host.
struct Base {
    let disk: DiskPlan
    let root: Root
    let reporter: Reporter

    /// Where it is noted which content was found right, and where it came from.
    private var record: String { disk.url == nil ? "\(disk.directory)/base.origin" : disk.base + ".origin" }

    /// What identifies its content: with a checksum that, else length and time.
    func identity() throws(Problem) -> Record {
        let status = try status()
        var record = Record()
        record["base"] = disk.base
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
            if try !root.isPresent(disk.base) { try fetch(url) }
            try check()
            let origin = try root.record(record)?["url"]
            if let origin, origin != url {
                reporter.warning(
                    "guest \(disk.guest): \(disk.base) was fetched from \(origin), not from \(url); set ImageFile= to another path, then `pvpgen guest reset \(disk.guest)`"
                )
            }
        } else {
            try check()
        }
    }

    private func makeLock() throws(Problem) -> FileLock {
        do {
            try root.makeDirectory(String(disk.base.prefix(upTo: disk.base.lastIndex(of: "/") ?? disk.base.startIndex)))
            return try FileLock(disk.base + ".lock", in: root) { reporter.status("Waiting for another guest, which fetches \(disk.base)") }
        } catch {
            throw error.problem("image-state", remedy: "run it as root, with that directory writable")
        }
    }

    private func fetch(_ url: String) throws(Problem) {
        let download = Download(url: url, file: disk.base, root: root, reporter: reporter)
        try download.fetch()
        if let checksum = disk.checksum {
            let found = try sum(of: download.part, checksum.algorithm)
            if found != checksum {
                // What is wrong in it nobody knows, so there is nothing to go on from.
                try download.discard()
                throw Problem(
                    "image-checksum", "\(url): \(checksum) expected, \(found) found; what was fetched is removed",
                    remedy: "correct ImageChecksum= in [Guest], or ask whoever serves the image; the next start fetches it anew")
            }
        }
        try download.finish()
        try keepRecord(url)
        reporter.done("\(disk.base): fetched from \(url)\(disk.checksum == nil ? ", without a checksum" : ", the checksum is right")")
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
        if let known, known["base"] == disk.base, known["checksum"] == "\(checksum)", known["size"] == "\(status.size)",
            known["modified"] == "\(status.modified)"
        {
            return
        }
        let found = try sum(of: disk.base, checksum.algorithm)
        guard found == checksum else {
            throw Problem(
                "image-checksum", "\(disk.base): \(checksum) expected, \(found) found",
                remedy: disk.url == nil
                    ? "correct ImageChecksum= in [Guest], or put the right image there"
                    : "correct ImageChecksum= in [Guest]; or remove the file, and the next start fetches it anew")
        }
        try keepRecord(known?["url"])
    }

    private func status() throws(Problem) -> FileStatus {
        do {
            return try root.status(disk.base)
        } catch {
            throw Problem(
                "image-missing", "guest \(disk.guest): \(disk.base): \(error.reason)",
                remedy: "put the image there, or correct Image= in [Guest]")
        }
    }

    private func sum(of path: String, _ algorithm: Checksum.Algorithm) throws(Problem) -> Checksum {
        reporter.status("Checking the \(algorithm.rawValue) of \(path)")
        let result = try Self.sumCommand(root.path(path), algorithm).run()
        // A backslash comes first when the name has something special in it.
        let word = result.output.drop { $0 == "\\" }.prefix { !$0.isWhitespace }
        guard result.status == 0, let sum = Checksum("\(algorithm.rawValue):\(word)") else {
            throw Problem("image-unreadable", "\(path): \(result.output.firstLine)", remedy: "see that the file can be read")
        }
        return sum
    }

    static func sumCommand(_ file: String, _ algorithm: Checksum.Algorithm) -> Command {
        Command(["\(algorithm.rawValue)sum", "--", file])
    }
}
