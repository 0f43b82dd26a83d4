import LabTools
import Linux

/// Two kernels of Debian's: the machine has the older one, so that there is one to upgrade to.
struct DebianKernels {
    /// The package of the older one.
    let older: String
    /// The package of the newest one.
    let newer: String

    /// The newest two that this machine's own package lists have.
    init() throws {
        let pattern = "^linux-image-[0-9.]+-[0-9]+-amd64$"
        let listing = try Tool.run(["apt-cache", "search", "--names-only", pattern])
        let found = listing.split(separator: "\n").compactMap { $0.split(separator: " ").first }
        let sorted = found.sorted { Self.numbers($0).lexicographicallyPrecedes(Self.numbers($1)) }.map(String.init)
        guard let newest = sorted.last, sorted.count > 1 else {
            throw LabFailure("apt-cache: expected two kernels, found \(found)")
        }
        newer = newest
        older = sorted[sorted.count - 2]
    }

    private static func numbers(_ name: Substring) -> [Int] { name.split { !$0.isNumber }.compactMap { Int($0) } }

    /// Fetches the newer one's package, by way of a directory of its own.
    func download(to file: String, in directory: String) throws {
        try Tool.run(["mkdir", directory])
        try Tool.run(["env", "--chdir=\(directory)", "apt-get", "--quiet", "download", newer], within: 300)
        guard let package = try Root(directory).list("/").first else {
            throw LabFailure("apt-get download \(newer): nothing is there")
        }
        try Tool.run(["mv", directory + "/" + package, file])
    }
}
