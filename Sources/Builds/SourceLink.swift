/// A symbolic link in a source tree.
package enum SourceLink {
    /// Whether a link at `path`, relative to the tree, leads out of the tree.
    package static func leaves(from path: String, to target: String) -> Bool {
        if target.hasPrefix("/") { return true }
        var depth = path.split(separator: "/").count - 1
        for part in target.split(separator: "/") where part != "." {
            depth += part == ".." ? -1 : 1
            if depth < 0 { return true }
        }
        return false
    }
}
