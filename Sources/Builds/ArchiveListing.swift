/// The names in an archive, as `tar --list --quoting-style=escape` prints them.
package struct ArchiveListing: Hashable, Sendable {
    /// The one directory that all is in.
    package var directory: String

    /// What is wrong with an archive.
    package enum Mistake: Error, Hashable, Sendable {
        /// A name leads out of the directory that it is unpacked in.
        case escape(String)
        /// It has no directory at its top, or several.
        case directories([String])
    }

    package init(_ output: String) throws(Mistake) {
        var tops: [String] = []
        // tar's message about a name comes before the name.
        for line in output.split(separator: "\n") where !line.hasPrefix("tar: Removing leading ") {
            let parts = line.split(separator: "/", omittingEmptySubsequences: true).filter { $0 != "." }
            if line.hasPrefix("/") || parts.contains("..") { throw .escape(String(line)) }
            guard let top = parts.first.map(String.init) else { continue }
            // git's own archives begin with a file of comments, which tar does not list.
            if !tops.contains(top) { tops.append(top) }
            if tops.count > 3 { break }
        }
        guard tops.count == 1, let top = tops.first else { throw .directories(tops) }
        directory = top
    }
}

/// What tar(1) and the programs that it starts print when they fail.
package enum ArchiveOutput {
    /// The line with the reason. tar prints names before it, and "Exiting with failure status"
    /// after it.
    package static func failure(in output: String) -> String {
        let lines = output.split(separator: "\n").map(String.init)
        let programs = ["gzip: ", "xz: ", "bzip2: ", "zstd: ", "tar: "]
        let reasons = lines.filter { line in programs.contains { line.hasPrefix($0) } }
        return reasons.first { !$0.contains("xiting") && !$0.contains("look like a tar") } ?? reasons.first
            ?? lines.last ?? "no output"
    }
}
