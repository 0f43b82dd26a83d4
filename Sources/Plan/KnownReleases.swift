import Config
import Values

/// Checksums of releases, as the project's own server had them when they were added.
enum KnownReleases {
    /// DPDK publishes no other checksum than MD5, and no signature (dpdk.org/download).
    private static let dpdk = [
        "20.11.10": "60d1ccd072102dd032c7915f6664bf4124f50e712045b6a3c55e651cb75cd530",
        "22.11.11": "27a3bb1f57e02eb68c7c0a6f8bbf9fb74ec198c5aab74ed602da5b71c492a476",
    ]

    /// The checksum of the archive of a release; `nil` for one that is not known.
    static func checksum(_ project: BuildProject, _ version: ReleaseNumber) -> Checksum? {
        project == .dpdk ? dpdk["\(version)"].map { Checksum(.sha256, $0) } : nil
    }

    /// Where the project has the archive of a release.
    static func url(_ project: BuildProject, _ version: ReleaseNumber) -> String {
        switch project {
        case .dpdk: "https://fast.dpdk.org/rel/dpdk-\(version).tar.xz"
        case .qemu: "https://download.qemu.org/qemu-\(version).tar.xz"
        }
    }
}
