import Linux

/// Packages of a release of Debian.
package struct Debian: Sendable {
    /// The code name of the release.
    package var release: String
    /// The packages beside the essential ones.
    package var packages: [String]
    /// What of them stays out: patterns of paths.
    package var excluded: [String]
    /// Files that exist before any package is installed, and their texts.
    package var files: [String: String]

    /// A choice of packages; documentation stays out.
    package init(release: String, packages: [String], excluded: [String] = [], files: [String: String] = [:]) {
        self.release = release
        self.packages = packages
        self.excluded = ["/usr/share/doc/*", "/usr/share/man/*", "/usr/share/locale/*"] + excluded
        self.files = files
    }

    /// The code name of the release that this machine runs.
    package static func release() throws -> String {
        let lines = try Root.machine.text("/etc/os-release").split(separator: "\n")
        guard let line = lines.first(where: { $0.hasPrefix("VERSION_CODENAME=") }), lines.contains("ID=debian") else {
            throw LabFailure("/etc/os-release: the lab is made for Debian, this is another system")
        }
        return String(line.drop { $0 != "=" }.dropFirst())
    }

    /// Installs it into a directory: this machine's release from the mirrors that the machine uses,
    /// another one from Debian's archive there.
    package func install(into directory: String) throws {
        var arguments = ["mmdebstrap", "--quiet", "--mode=root", "--variant=minbase", "--format=directory"]
        arguments += ["--aptopt=APT::Install-Recommends \"false\"", "--include=\(packages.joined(separator: ","))"]
        arguments += excluded.map { "--dpkgopt=path-exclude=\($0)" }
        // Lists of a release that is not out yet expire within days, a mirror may be older.
        if try release != Self.release() { arguments += ["--aptopt=Acquire::Check-Valid-Until \"false\""] }
        let early = try Cache.temporaryDirectory("building")
        defer { Cache.remove(early) }
        for (file, text) in files { try Root(early).replace(file, with: Array(text.utf8)) }
        arguments += ["--setup-hook=cp --recursive \(early)/. \"$1\""]
        try Tool.run(arguments + [release, directory] + mirrors(), within: 1800)
    }

    private func mirrors() throws -> [String] {
        let files = ["/etc/apt/sources.list", "/etc/apt/sources.list.d/debian.sources"].filter(Root.machine.exists)
        // mmdebstrap has Debian's own mirror as default where a machine has neither file.
        if try release == Self.release() { return files }
        let words = try files.flatMap { try Root.machine.text($0).split { $0.isWhitespace } }
        return words.first { $0.hasPrefix("http") && $0.hasSuffix("/debian") }.map { [String($0)] } ?? []
    }
}
