/// The directories of one build. The source and the build tree are temporary, the prefix is where
/// the result is published.
package struct Workspace: Hashable, Sendable {
    /// The unpacked and patched source tree.
    package var source: String
    /// An empty directory for the build tree, which must exist: commands are run in it.
    package var build: String
    /// The directory of the result, such as `/opt/pvpgen/builds/dpdk-24.11.1-3f9c2a17`.
    package var prefix: String

    package init(source: String, build: String, prefix: String) {
        self.source = source
        self.build = build
        self.prefix = prefix
    }

    /// The name of the result, such as `dpdk-24.11.1-3f9c2a17`.
    var name: String { prefix.split(separator: "/").last.map(String.init) ?? prefix }
}
