public import Linux

/// The ABI version of a DPDK: 22.0 is release 21.11, 23.0 is 22.11, 25.2 is 25.07 (DPDK: doc/guides/contributing/abi_policy.rst).
public struct DPDKABI: Hashable, Sendable, Comparable {
    /// The ABI's year.
    public var major: Int
    /// Counts the releases within it.
    public var minor: Int

    /// Makes a version.
    public init(major: Int, minor: Int) {
        self.major = major
        self.minor = minor
    }

    /// The installed one, told by the directory of its drivers, `dpdk/pmds-23.0`, since the generator may start no program.
    public init?(installedIn root: Root) {
        guard let found = Self.installed(in: root) else { return nil }
        self = found.version
    }

    /// The installed one, and the directory of its drivers.
    public static func installed(in root: Root) -> (version: DPDKABI, drivers: String)? {
        let directories = [
            "/usr/local/lib/x86_64-linux-gnu", "/usr/local/lib64", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64",
        ]
        for directory in directories {
            for name in (try? root.list("\(directory)/dpdk")) ?? [] where name.hasPrefix("pmds-") {
                let numbers = name.dropFirst(5).split(separator: ".").compactMap { Int($0) }
                guard numbers.count == 2 else { continue }
                return (DPDKABI(major: numbers[0], minor: numbers[1]), "\(directory)/dpdk/\(name)")
            }
        }
        return nil
    }

    /// Whether memory per node is asked for by `--numa-mem`; `--socket-mem` before (DPDK release notes 25.07).
    public var hasNUMAMem: Bool { self >= DPDKABI(major: 25, minor: 2) }

    /// By age.
    public static func < (a: DPDKABI, b: DPDKABI) -> Bool { (a.major, a.minor) < (b.major, b.minor) }
}
