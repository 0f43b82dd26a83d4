package import Linux

/// A program, header or library that a build needs on the host, with the packages that have it.
package struct BuildRequirement: Hashable, Sendable {
    /// What is looked for. A file is found without a process, so that a dry run starts none.
    package enum Item: Hashable, Sendable {
        /// A program in `PATH` of a unit (systemd.exec(5)).
        case program(String)
        /// A file for pkg-config, such as `glib-2.0`.
        case library(String)
        /// A header, such as `numa.h`.
        case header(String)
        /// A module of Python 3, such as `elftools`.
        case module(String)
    }

    package var item: Item
    /// The package of Debian and Ubuntu.
    package var debian: String
    /// The package of Fedora and RHEL.
    package var rpm: String

    init(_ item: Item, debian: String, rpm: String) {
        self.item = item
        self.debian = debian
        self.rpm = rpm
    }

    /// A requirement whose package has the same name on all distributions.
    init(_ item: Item, package: String) { self.init(item, debian: package, rpm: package) }

    /// What is missing, for a message: `program meson`, `header numa.h`.
    package var description: String {
        switch item {
        case .program(let name): "program \(name)"
        case .library(let name): "library \(name)"
        case .header(let name): "header \(name)"
        case .module(let name): "Python module \(name)"
        }
    }

    /// Returns whether the host has it.
    package func isMet(in root: Root) -> Bool {
        switch item {
        case .program(let name):
            Self.has(name, in: ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"], root)
        case .library(let name):
            Self.has("\(name).pc", in: Self.libraries.map { "\($0)/pkgconfig" } + ["/usr/share/pkgconfig"], root)
        case .header(let name):
            Self.has(name, in: ["/usr/local/include", "/usr/include", "/usr/include/x86_64-linux-gnu"], root)
        case .module(let name):
            Self.has(name, in: Self.modules(in: root), root)
        }
    }

    private static let libraries = [
        "/usr/local/lib/x86_64-linux-gnu", "/usr/local/lib64", "/usr/local/lib", "/usr/lib/x86_64-linux-gnu",
        "/usr/lib64", "/usr/lib",
    ]

    private static func has(_ name: String, in directories: [String], _ root: Root) -> Bool {
        directories.contains { root.exists("\($0)/\(name)") }
    }

    /// The directories in which Python 3 looks for modules. The name has the minor version of
    /// Python, except that of Debian's packages.
    private static func modules(in root: Root) -> [String] {
        ["/usr/local/lib64", "/usr/local/lib", "/usr/lib64", "/usr/lib"].flatMap { library in
            let versions = ((try? root.list(library)) ?? []).filter { $0.hasPrefix("python3") }
            return versions.flatMap { version in
                ["", "/dist-packages", "/site-packages"].map { "\(library)/\(version)\($0)" }
            }
        }
    }
}
