import Plan

/// Where a build happens: below a directory of the user pvp-build. All of it can be created again.
package struct BuildPaths: Hashable, Sendable {
    package static let cache = "/var/cache/pvpgen/builds"
    /// Archives by their checksum, and repositories by the hash of their URL.
    package static let sources = "\(cache)/sources"
    /// The hashes of each `Directory=`, which belong to root.
    package static let hashes = "/var/cache/pvpgen/directories"
    /// One compilation at a time.
    package static let lock = "\(cache)/lock"

    package var name: String
    package init(_ name: String) { self.name = name }

    /// Everything of one build.
    package var directory: String { "\(Self.cache)/\(name)" }
    /// The unpacked source.
    package var source: String { "\(directory)/source" }
    /// The directory that an archive is unpacked in.
    package var unpacked: String { "\(directory)/unpacked" }
    /// The compiler's files.
    package var build: String { "\(directory)/build" }
    /// What becomes the result.
    package var result: String { "\(directory)/result" }
    /// The archive of a source that is none.
    package var archive: String { "\(directory)/source.tar" }
}
