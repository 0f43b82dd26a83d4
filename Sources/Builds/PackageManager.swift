package import Linux

/// The program that installs packages on a distribution.
package enum PackageManager: String, CaseIterable, Hashable, Sendable {
    case apt = "apt-get"
    case dnf = "dnf"

    /// The package manager by `ID=` and `ID_LIKE=` (os-release(5)); `nil` for a distribution whose
    /// package names are not known.
    package init?(in root: Root) {
        let text = (try? root.text("/etc/os-release")) ?? (try? root.text("/usr/lib/os-release")) ?? ""
        let names = text.split(separator: "\n").flatMap { line -> [Substring] in
            guard let prefix = ["ID=", "ID_LIKE="].first(where: { line.hasPrefix($0) }) else { return [] }
            return line.dropFirst(prefix.count).split { $0 == " " || $0 == "\"" || $0 == "'" }
        }
        if names.contains(where: { ["debian", "ubuntu"].contains($0) }) {
            self = .apt
        } else if names.contains(where: { ["fedora", "rhel", "centos"].contains($0) }) {
            self = .dnf
        } else {
            return nil
        }
    }

    /// Returns the command that installs what is missing; `nil` if nothing is.
    package func command(for requirements: [BuildRequirement]) -> String? {
        let packages = Set(requirements.map { self == .apt ? $0.debian : $0.rpm }).sorted()
        return packages.isEmpty ? nil : (["\(rawValue) install"] + packages).joined(separator: " ")
    }
}
