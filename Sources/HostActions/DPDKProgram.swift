package import Linux

/// A DPDK program's file: which DPDK it is linked with, and where that DPDK's drivers are. The file
/// does not say which release it is.
package struct DPDKProgram: Hashable, Sendable {
    /// How DPDK is linked with a program.
    package enum Linkage: Hashable, Sendable {
        /// With libraries of an ABI: 22 is release 21.11, 25 is 24.11 to 25.07
        /// (DPDK: doc/guides/contributing/abi_policy.rst).
        case shared(abi: Int)
        /// DPDK is a part of the program, as in most own builds.
        case `static`
        /// It is no ELF file, but a script, say.
        case unknown
    }

    package private(set) var linkage: Linkage
    /// The directory of the drivers that EAL loads at its start; `nil` if there is none.
    package private(set) var drivers: String?

    private static let directories = [
        "/usr/local/lib/x86_64-linux-gnu", "/usr/local/lib64", "/usr/lib/x86_64-linux-gnu", "/usr/lib64",
    ]

    /// Reads a program's file. The linkage of a file that cannot be read is unknown.
    package init(_ path: String, in root: Root) {
        guard let libraries = try? root.withBytes(path, { SharedLibraries(in: $0) }) ?? nil else {
            linkage = .unknown
            return
        }
        let prefix = "librte_eal.so."
        let name = libraries.names.first { $0.hasPrefix(prefix) }
        guard let abi = name.flatMap({ Int($0.dropFirst(prefix.count).prefix { $0 != "." }) }) else {
            linkage = .static
            return
        }
        linkage = .shared(abi: abi)
        // DPDK's own build names the directory in the program; distributions may remove that.
        let named = libraries.directories.filter { $0.contains("/dpdk/pmds-\(abi).") && root.exists($0) }
        let found = Self.directories.lazy.compactMap { directory in
            let names = ((try? root.list("\(directory)/dpdk")) ?? []).filter { $0.hasPrefix("pmds-\(abi).") }
            return names.max().map { "\(directory)/dpdk/\($0)" }
        }
        drivers = named.first ?? found.first
    }
}
