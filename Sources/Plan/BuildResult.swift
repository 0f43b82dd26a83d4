package import Config
package import Values

/// What a build leaves: an immutable directory whose name says what it is, so that the generator
/// need not read it, which may be on a file system that is not mounted yet.
package struct BuildResult: Hashable, Sendable {
    /// The directory of all results.
    package static let directory = "/opt/pvpgen/builds"
    /// A link for each name in `Build=` to its result. It is in `/etc`, as the links of `systemctl
    /// enable` are: the generator needs it before `/var` is mounted.
    package static let links = "/etc/pvpgen/builds"
    /// The record of what it was built from, in its directory.
    package static let record = "build.json"

    package var project: BuildProject
    package var version: ReleaseNumber
    /// The first digits of the hash over all that it was built from.
    package var hash: String

    package static let hashDigits = 8

    /// A result by what its name consists of.
    package init(_ project: BuildProject, _ version: ReleaseNumber, hash: String) {
        self.project = project
        self.version = version
        self.hash = String(hash.prefix(Self.hashDigits))
    }

    /// Reads `dpdk-24.11.1-3f9c2a17`, or a path that ends with it; `nil` for anything else.
    package init?(_ path: String) {
        guard let name = path.split(separator: "/").last, let first = name.firstIndex(of: "-"),
            let last = name.lastIndex(of: "-"), first < last,
            let project = BuildProject(rawValue: String(name[..<first])),
            let version = ReleaseNumber(String(name[name.index(after: first)..<last]))
        else { return nil }
        let hash = name[name.index(after: last)...]
        guard hash.utf8.count == Self.hashDigits, hash.utf8.allSatisfy({ "0123456789abcdef".utf8.contains($0) }) else {
            return nil
        }
        self.init(project, version, hash: String(hash))
    }

    /// `dpdk-24.11.1-3f9c2a17`
    package var name: String { "\(project.rawValue)-\(version)-\(hash)" }
    package var path: String { "\(Self.directory)/\(name)" }
    /// The program in it.
    package var program: String { Self.program(of: project, in: path) }

    /// The link of a name in `Build=`.
    package static func link(of name: String) -> String { "\(links)/\(name)" }

    package static func program(of project: BuildProject, in directory: String) -> String {
        switch project {
        case .dpdk: "\(directory)/bin/dpdk-testpmd"
        case .qemu: "\(directory)/bin/qemu-system-x86_64"
        }
    }
}
