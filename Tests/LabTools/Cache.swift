import Foundation
import Linux

/// What takes minutes to make, kept between runs under a hash of all that goes into it.
package struct Cache: Sendable {
    /// What it is, such as `bookworm`: the first part of its directory's name.
    let kind: String
    /// Folders with the sources that it is made by.
    let recipe: [String]

    /// Things of a kind that are made by the sources in the `Recipe` folder beside `file`, and
    /// those that are shared.
    package init(kind: String, recipeBeside file: String = #filePath) {
        self.kind = kind
        recipe = [file, #filePath].map {
            URL(fileURLWithPath: $0).deletingLastPathComponent().appendingPathComponent("Recipe").path
        }
    }

    /// `PVP_LAB_CACHE`, else `pvpgen-lab` where caches belong (XDG base directory specification).
    package static func directory(_ environment: [String: String] = ProcessInfo.processInfo.environment) -> String {
        if let path = environment["PVP_LAB_CACHE"] { return path + "/pvpgen-lab" }
        let home = environment["XDG_CACHE_HOME"] ?? (environment["HOME"] ?? "/root") + "/.cache"
        return home + "/pvpgen-lab"
    }

    /// The directory that it is in; `nil` if it has not been made yet.
    package func found() throws -> String? {
        let path = try path()
        return access(path, R_OK) == 0 ? path : nil
    }

    /// Creates it, whole or not at all: `make` gets a directory for it, and one for files that it
    /// needs meanwhile.
    package func make(_ make: (_ result: String, _ work: String) throws -> Void) throws -> String {
        guard geteuid() == 0 else { throw LabFailure("the lab can only be made by root") }
        let path = try path()
        let work = try Self.temporaryDirectory("building")
        defer { Self.remove(work) }
        let result = work + "/whole"
        try Root.machine.makeDirectory(result)
        try make(result, work)
        // Another run may have made the same meanwhile; that is as good.
        guard rename(result, path) == 0 || access(path, R_OK) == 0 else { throw SystemError("rename", path) }
        try forgetOld()
        return path
    }

    /// A directory in the cache that belongs to this process; those of processes that are gone are
    /// removed first.
    package static func temporaryDirectory(_ purpose: String) throws -> String {
        let cache = directory()
        for name in (try? Root.machine.list(cache)) ?? [] {
            let parts = name.split(separator: "-")
            guard parts.count == 3, ["building", "run"].contains(parts[0]), access("/proc/\(parts[1])", F_OK) != 0
            else { continue }
            remove("\(cache)/\(name)")
        }
        try Root.machine.makeDirectory(cache)
        var template = Array("\(cache)/\(purpose)-\(getpid())-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw SystemError("mkdtemp", cache) }
        return template.withUnsafeBufferPointer {
            String(decoding: $0.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }

    /// Removes a directory and all in it; what cannot be removed is no test's fault.
    package static func remove(_ directory: String) {
        _ = try? Tool.run(["rm", "-rf", "--one-file-system", directory], within: 300)
    }

    private func path() throws -> String { "\(Self.directory())/\(kind)-\(try hash())" }

    /// Keeps the three of the kind that were made last: each may be 1 GB.
    private func forgetOld() throws {
        let cache = Self.directory()
        let made = try Root.machine.list(cache).filter { $0.hasPrefix(kind + "-") }.map { name in
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(cache)/\(name)")
            return (name, attributes[.modificationDate] as? Date ?? .distantPast)
        }
        for (name, _) in made.sorted(by: { $0.1 > $1.1 }).dropFirst(3) { Self.remove("\(cache)/\(name)") }
    }

    /// FNV-1a over the sources of the recipe.
    private func hash() throws -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for folder in recipe {
            for file in try Root.machine.list(folder) {
                for byte in try Root.machine.bytes(folder + "/" + file) {
                    hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
                }
            }
        }
        return String(hash, radix: 16)
    }
}
