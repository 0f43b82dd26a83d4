package import Linux

/// Which program a file or process is: its path, and the identifier that its build gave it.
package struct ProgramIdentity: Hashable, Sendable, CustomStringConvertible {
    package var path: String
    /// `nil` for a program without one, or one that cannot be read.
    package var buildID: String?

    /// An identity by its parts, for tests.
    package init(path: String, buildID: String?) {
        self.path = path
        self.buildID = buildID
    }

    /// The program in a file.
    package init(file path: String, in root: Root) {
        self.path = path
        buildID = Self.buildID(path, root)
    }

    /// The program that a process runs, also after its file was replaced or removed (proc(5),
    /// `/proc/PID/exe`); `nil` for a process that has ended or is another user's.
    package init?(process id: Int, in root: Root) {
        let file = "/proc/\(id)/exe"
        guard let target = try? root.link(file) else { return nil }
        let mark = " (deleted)"
        path = target.hasSuffix(mark) ? String(target.dropLast(mark.count)) : target
        buildID = Self.buildID(file, root)
    }

    private static func buildID(_ file: String, _ root: Root) -> String? {
        (try? root.withBytes(file) { ELFBuildID(in: $0)?.text }) ?? nil
    }

    /// `/usr/bin/dpdk-testpmd, build ID 3f9c…`
    package var description: String { "\(path), \(buildIDText)" }
    /// `build ID 3f9c…`
    package var buildIDText: String { buildID.map { "build ID \($0)" } ?? "no build ID" }
}
