public import Foundation
import Linux

/// Everything that the machine is booted from, kept between runs under a hash of all that went in.
public struct LabImages: Sendable {
    let directory: String

    /// The host's root file system; not to be written to.
    var root: String { directory + "/root.ext4" }
    /// What UEFI boots from.
    var boot: String { directory + "/boot.img" }
    /// The guest.
    public var guest: String { directory + "/guest.qcow2" }
    /// The private key that the host lets in.
    var key: String { directory + "/key" }

    /// `PVP_LAB_CACHE`, else `pvpgen-lab` where caches belong (XDG base directory specification).
    public static func cache(_ environment: [String: String] = ProcessInfo.processInfo.environment) -> String {
        if let path = environment["PVP_LAB_CACHE"] { return path + "/pvpgen-lab" }
        let home = environment["XDG_CACHE_HOME"] ?? (environment["HOME"] ?? "/root") + "/.cache"
        return home + "/pvpgen-lab"
    }

    /// The images, built if they are not there yet (about 5 minutes).
    public static func ready(_ progress: Progress) throws -> LabImages {
        let cache = cache()
        let images = LabImages(directory: cache + "/" + (try recipe()))
        if access(images.root, R_OK) == 0 {
            progress("images: there already, \(images.directory)")
            return images
        }
        guard geteuid() == 0 else { throw LabFailure("the lab's images can only be made by root") }
        let work = try temporaryDirectory("building")
        defer { remove(work) }
        let whole = LabImages(directory: work + "/whole")
        try Root.machine.makeDirectory(whole.directory)
        try whole.build(in: work, progress)
        // Another run may have made the same meanwhile; that is as good.
        guard rename(whole.directory, images.directory) == 0 || access(images.root, R_OK) == 0 else {
            throw SystemError("rename", images.directory)
        }
        try forgetOld()
        return images
    }

    /// A directory in the cache that belongs to this process; those of processes that are gone are removed first.
    static func temporaryDirectory(_ purpose: String) throws -> String {
        let cache = cache()
        for name in (try? Root.machine.list(cache)) ?? [] {
            let parts = name.split(separator: "-")
            guard parts.count == 3, ["building", "run"].contains(parts[0]), access("/proc/\(parts[1])", F_OK) != 0 else { continue }
            remove("\(cache)/\(name)")
        }
        try Root.machine.makeDirectory(cache)
        var template = Array("\(cache)/\(purpose)-\(getpid())-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw SystemError("mkdtemp", cache) }
        return template.withUnsafeBufferPointer { String(decoding: $0.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self) }
    }

    /// Removes a directory and all in it; what cannot be removed is no test's fault.
    static func remove(_ directory: String) {
        _ = try? Tool.run(["rm", "-rf", "--one-file-system", directory], within: 300)
    }

    /// Keeps the three images that were made last: each is about 1 GB.
    private static func forgetOld() throws {
        let cache = cache()
        let made = try Root.machine.list(cache).filter { access("\(cache)/\($0)/root.ext4", F_OK) == 0 }.map { name in
            (
                name,
                try FileManager.default.attributesOfItem(atPath: "\(cache)/\(name)/root.ext4")[.modificationDate] as? Date ?? .distantPast
            )
        }
        for (name, _) in made.sorted(by: { $0.1 > $1.1 }).dropFirst(3) { remove("\(cache)/\(name)") }
    }

    /// FNV-1a over the sources of the recipe and the release: all that goes into the images.
    static func recipe() throws -> String {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Recipe").path
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for file in try Root.machine.list(folder) {
            for byte in try Root.machine.bytes(folder + "/" + file) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        }
        return try RootFileSystem.release() + "-" + String(hash, radix: 16)
    }
}
