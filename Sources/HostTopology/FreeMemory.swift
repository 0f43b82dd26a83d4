package import Linux

extension Root {
    /// `MemFree` of a node's `meminfo` or of `/proc/meminfo` in KiB, from a line such as `Node 0
    /// MemFree: 3407872 kB` (proc(5)).
    package func freeMemory(_ path: String) -> Int? {
        let line = ((try? text(path)) ?? "").split(separator: "\n").lazy.map { $0.split(separator: " ") }.first {
            $0.contains("MemFree:")
        }
        return line?.dropLast().last.flatMap { Int($0) }
    }
}
