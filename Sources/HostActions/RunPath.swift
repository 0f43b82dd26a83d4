/// `DT_RPATH` and `DT_RUNPATH` of a program (elf(5), ld.so(8)).
///
/// meson links a program with a placeholder for the path, which `meson install` replaces. The
/// dynamic linker would take it for a directory below the working directory. A DPDK with its
/// drivers in the program needs no path at all.
package enum RunPath {
    /// `DT_RPATH` and `DT_RUNPATH`
    private static let tags: Set<UInt64> = [15, 29]
    private static let entrySize = 16

    /// Removes the paths from a 64-bit little-endian program. Returns whether it had one. A file of
    /// another format is not changed.
    package static func remove(from file: inout [UInt8]) -> Bool {
        let removed = file.withUnsafeBytes { bytes -> (offset: Int, content: [UInt8])? in
            guard let segment = ELFSegment.all(in: bytes).first(where: { $0.type == ELFSegment.dynamic }),
                segment.size <= bytes.count - segment.offset
            else { return nil }
            let starts = Array(
                stride(from: segment.offset, through: segment.offset + segment.size - entrySize, by: entrySize))
            let kept = starts.filter { start in !(bytes.number(at: start, 8).map(tags.contains) ?? false) }
            guard kept.count < starts.count else { return nil }
            let content = kept.flatMap { bytes[$0..<$0 + entrySize] }
            // Entries of zeros are DT_NULL, the end of the list.
            let zeros = [UInt8](repeating: 0, count: starts.count * entrySize - content.count)
            return (segment.offset, content + zeros)
        }
        guard let removed else { return false }
        file.replaceSubrange(removed.offset..<removed.offset + removed.content.count, with: removed.content)
        return true
    }
}
