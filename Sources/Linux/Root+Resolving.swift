extension Root {
    /// Returns a path without symbolic links, each followed within the root (`path_resolution(7)`).
    /// Parts that do not exist stay as they are.
    package func resolved(_ path: String) -> String {
        var pending = path.split(separator: "/").map(String.init)[...]
        var parts: [String] = []
        var followed = 0
        while let part = pending.popFirst() {
            if part == "." { continue }
            if part == ".." {
                _ = parts.popLast()
                continue
            }
            let candidate = "/" + (parts + [part]).joined(separator: "/")
            // The kernel's own limit of links.
            guard followed < 40, let target = try? link(candidate) else {
                parts.append(part)
                continue
            }
            followed += 1
            if target.hasPrefix("/") { parts = [] }
            pending = target.split(separator: "/").map(String.init) + pending
        }
        return "/" + parts.joined(separator: "/")
    }
}
