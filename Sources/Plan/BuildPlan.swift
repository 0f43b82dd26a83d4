package import Config
package import Values

/// One build: what it is made from, and what it is for.
package struct BuildPlan: Hashable, Sendable {
    /// Where source comes from.
    package enum Source: Hashable, Sendable {
        /// An archive on a server.
        case url(String, Checksum)
        /// An archive on this host.
        case file(String, Checksum)
        /// A commit of a repository.
        case git(String, revision: String)
        /// A tree on this host.
        case directory(String)
    }

    /// What `Build=` names.
    package var name: String
    package var project: BuildProject
    package var source: Source
    /// The release that was asked for; `nil` if the source says which one it is.
    package var version: ReleaseNumber?
    /// Files with changes, in their order.
    package var patches: [String]
    /// Further arguments of the project's own configuration.
    package var options: [String]
    /// `generic`, `native` or a value of `-march=`.
    package var instructionSet: String
    /// DPDK's drivers as they were given.
    package var drivers: Auto<BuildDrivers>
    /// How many compilers run at once, if that was given.
    package var jobs: Int?
    /// Testpmds and guests that use it, such as `testpmd testpmd-1`.
    package var users: [String] = []
    /// The result that its name has on this host; `nil` before it is built.
    package var result: BuildResult?
}
