package import Linux
import UnitFile
package import Units

extension UnitTree {
    /// Where systemd's generators write.
    package static let generated = "/run/systemd/generator"

    /// What there is of ours in a directory that a generator wrote to: files that begin with our
    /// mark, and links to them and to our static units. A missing directory is an empty tree; a
    /// file that cannot be read is left out.
    package init(reading root: Root, _ directory: String, layout: Layout) {
        self.init()
        var pending: [(name: String, target: String)] = []
        func read(_ name: String) {
            if let target = try? root.link("\(directory)/\(name)") {
                pending.append((name, target))
            } else if let content = try? root.bytes("\(directory)/\(name)"), content.starts(with: "# \(Self.mark)".utf8)
            {
                files[name] = content
            }
        }
        for name in (try? root.list(directory)) ?? [] {
            if Self.isOfDirectory(name) {
                for inner in (try? root.list("\(directory)/\(name)")) ?? [] { read("\(name)/\(inner)") }
            } else {
                read(name)
            }
        }
        for (name, target) in pending where isOurs(target, layout) { links[name] = target }
        if let target = files[Self.target] {
            let wants = UnitFile(name: Self.target, bytes: target).value(section: "Unit", key: "Wants") ?? ""
            members = wants.split(separator: " ").map(String.init)
        }
    }

    private static func isOfDirectory(_ name: String) -> Bool {
        [".d", ".wants", ".requires"].contains { name.hasSuffix($0) }
    }

    private func isOurs(_ target: String, _ layout: Layout) -> Bool {
        if target.hasPrefix("../") { return files[String(target.dropFirst(3))] != nil }
        return ["pvp", "dev-hugepages"].contains { target.hasPrefix("\(layout.units)/\($0)") }
    }

    /// The unit that a file or link of a tree belongs to: `a.service` of `a.service`,
    /// `a.service.d/50-x.conf` and `a.service.wants/b.service`.
    static func unit(of name: String) -> String {
        guard let slash = name.firstIndex(of: "/") else { return name }
        let directory = name[..<slash]
        return String(directory[..<(directory.lastIndex(of: ".") ?? directory.endIndex)])
    }
}
