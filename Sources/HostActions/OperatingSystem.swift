package import Linux

/// The distribution (os-release(5)).
package enum OperatingSystem {
    /// `PRETTY_NAME=`; `nil` if no file says it.
    package static func name(in root: Root) -> String? {
        for path in ["/etc/os-release", "/usr/lib/os-release"] {
            let line = ((try? root.text(path)) ?? "").split(separator: "\n").first { $0.hasPrefix("PRETTY_NAME=") }
            if let line { return line.dropFirst("PRETTY_NAME=".count).filter { $0 != "\"" } }
        }
        return nil
    }
}
