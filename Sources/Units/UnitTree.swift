public import Linux

/// What a generator writes: files and links below one directory, named relative to it.
public struct UnitTree: Hashable, Sendable {
    /// Name to content.
    public var files: [String: [UInt8]] = [:]
    /// Name to target.
    public var links: [String: String] = [:]
    /// The units that pvp.target waits for, in the order of the chain.
    public var members: [String] = []

    /// An empty tree.
    public init() {}

    /// Writes all of it below a directory, each file whole or not at all. Throws at the first that cannot be written.
    public func write(to directory: Root) throws(SystemError) {
        for (name, content) in files.sorted(by: { $0.key < $1.key }) { try directory.replace("/" + name, with: content) }
        for (name, target) in links.sorted(by: { $0.key < $1.key }) { try directory.makeLink("/" + name, to: target) }
    }

    /// All of it for people: each file under its name, each link with its target.
    public var listing: String {
        let texts = files.sorted { $0.key < $1.key }.map { "# \($0.key)\n\(String(decoding: $0.value, as: UTF8.self))\n" }
        return texts.joined() + links.sorted { $0.key < $1.key }.map { "# \($0.key) -> \($0.value)\n" }.joined()
    }
}

/// Where the project is installed.
public struct Layout: Hashable, Sendable {
    /// Helper programs.
    public var programs: String
    /// Static units.
    public var units: String

    /// The layout below a prefix such as `/usr`.
    public init(prefix: String) {
        programs = prefix + "/lib/pvpgen"
        units = prefix + "/lib/systemd/system"
    }
}
