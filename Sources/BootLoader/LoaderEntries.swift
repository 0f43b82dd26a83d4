import Diagnostics
import Linux

/// The entries of a boot loader that has a file for each kernel (UAPI.1 Boot Loader Specification,
/// type #1), and the file that new ones are created from (`kernel-install(8)`).
struct LoaderEntries {
    static let cmdline = "/etc/kernel/cmdline"
    let root: Root
    let directory: String

    /// Those of Linux; a rescue or fallback entry stays plain, so that there is always a way to
    /// boot without our arguments. An entry that cannot be read is among them, so that it stops an
    /// install rather than boots without our arguments. Throws `file-unreadable` for a directory.
    func paths() throws(Problem) -> [String] {
        try root.names(in: directory).filter {
            $0.hasSuffix(".conf") && !$0.contains("rescue") && !$0.contains("fallback")
        }.map {
            "\(directory)/\($0)"
        }
        .filter { path in
            guard let text = try? root.contents(path) else { return !root.isMissing(path) }
            return Self.value("linux", in: text) != nil
        }
    }

    /// The entries, and `/etc/kernel/cmdline` if new entries are created from that.
    func shared() throws(Problem) -> [BootSteps.Shared] {
        let paths = try paths()
        var shared: [BootSteps.Shared] = []
        if !root.isMissing(Self.cmdline) {
            shared.append(.init(Self.cmdline, .cmdline, isTemplate: true))
        } else if let newest = newest(of: paths), let text = try? root.bytes(newest) {
            // Without it a new kernel gets the arguments that the running one was booted with.
            let words = SharedFormat.entry.words(in: text).filter { !$0.hasPrefix("$") }
            shared.append(
                .init(
                    Self.cmdline, .cmdline, baseContent: Array((words.joined(separator: " ") + "\n").utf8),
                    isTemplate: true)
            )
        }
        return shared + paths.map { .init($0, .entry) }
    }

    /// The newest entry of kernel-install: the name ends with the release of an installed kernel.
    private func newest(of paths: [String]) -> String? {
        let releases = ["/usr/lib/modules", "/lib/modules"].flatMap { (try? root.list($0)) ?? [] }
        let dated = paths.filter { path in releases.contains { path.hasSuffix("-\($0).conf") } }.compactMap { path in
            (try? root.status(path)).map { (path: path, modified: $0.modified) }
        }
        return dated.max { ($0.modified, $0.path) < ($1.modified, $1.path) }?.path
    }

    /// The value of a key of an entry.
    static func value(_ key: String, in text: [UInt8]) -> String? {
        for line in String(decoding: text, as: UTF8.self).split(separator: "\n") {
            let words = line.split(maxSplits: 1) { $0 == " " || $0 == "\t" }
            if words.count == 2, words[0] == key { return String(words[1]) }
        }
        return nil
    }
}
