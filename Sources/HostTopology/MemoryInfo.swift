package import Linux

extension Root {
    /// `MemFree` of a node's `meminfo` or of `/proc/meminfo` in KiB.
    package func freeMemory(_ path: String) -> Int? { memoryInfo("MemFree:", path).map { Int(clamping: $0) } }

    /// Returns a field of a node's `meminfo` or of `/proc/meminfo` in KiB, from a line such as
    /// `Node 0 MemFree: 3407872 kB` (proc(5)); `nil` if it is missing.
    func memoryInfo(_ field: String, _ path: String) -> UInt64? {
        let text = (try? self.text(path)) ?? ""
        var rest = text.utf8[...]
        while !rest.isEmpty {
            let line = rest.prefix { $0 != UInt8(ascii: "\n") }
            rest = rest[line.endIndex...].dropFirst()
            let words = line.split(separator: UInt8(ascii: " "))
            if let index = words.firstIndex(where: { $0.elementsEqual(field.utf8) }), index + 1 < words.count {
                return UInt64(Substring(words[index + 1]))
            }
        }
        return nil
    }
}
