extension Root {
    /// What a process was started with (proc(5), `cmdline`); `nil` when it is gone, or a thread of
    /// the kernel's.
    package func commandLine(ofProcess id: Int) -> [String]? {
        guard let bytes = try? bytes("/proc/\(id)/cmdline"), !bytes.isEmpty else { return nil }
        return bytes.dropLast().split(separator: 0, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
    }
}
