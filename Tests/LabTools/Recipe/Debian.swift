import Linux

/// Debian, of the release that this machine runs: the project was built on it and links its libraries.
public struct Debian: Sendable {
    /// The packages beside the essential ones.
    public var packages: [String]
    /// What of them stays out: patterns of paths.
    public var excluded: [String]

    /// A choice of packages; what nobody reads in the lab stays out.
    public init(packages: [String], excluded: [String] = []) {
        self.packages = packages
        self.excluded = ["/usr/share/doc/*", "/usr/share/man/*", "/usr/share/locale/*"] + excluded
    }

    /// The code name of the release.
    public static func release() throws -> String {
        let lines = try Root.machine.text("/etc/os-release").split(separator: "\n")
        guard let line = lines.first(where: { $0.hasPrefix("VERSION_CODENAME=") }), lines.contains("ID=debian") else {
            throw LabFailure("/etc/os-release: the lab is made for Debian, this is another system")
        }
        return String(line.drop { $0 != "=" }.dropFirst())
    }

    /// Installs it into a directory, from the mirrors that this machine itself uses.
    public func install(into directory: String) throws {
        // mmdebstrap has Debian's own mirror as default where a machine has neither file.
        let sources = ["/etc/apt/sources.list", "/etc/apt/sources.list.d/debian.sources"].filter(Root.machine.exists)
        var arguments = ["mmdebstrap", "--quiet", "--mode=root", "--variant=minbase", "--format=directory"]
        arguments += ["--aptopt=APT::Install-Recommends \"false\"", "--include=\(packages.joined(separator: ","))"]
        arguments += excluded.map { "--dpkgopt=path-exclude=\($0)" }
        try Tool.run(arguments + [try Self.release(), directory] + sources, within: 1800)
    }
}
