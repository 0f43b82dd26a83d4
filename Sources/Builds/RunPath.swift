/// `DT_RPATH` and `DT_RUNPATH` of a program (elf(5), ld.so(8)).
///
/// A program in meson's build tree has a placeholder `XXX…` for the path, which `meson install`
/// replaces. The dynamic linker would take it for a directory below the working directory. A DPDK
/// with its drivers in the program needs no path at all.
package enum RunPath {
    /// `PT_DYNAMIC`
    private static let dynamicType: UInt64 = 2
    /// `DT_RPATH` and `DT_RUNPATH`
    private static let tags: Set<UInt64> = [15, 29]
    private static let entrySize = 16

    /// Removes the paths from a 64-bit little-endian program. Returns whether it had one. A file of
    /// another format is not changed.
    package static func remove(from file: inout [UInt8]) -> Bool {
        guard let segment = dynamicSegment(of: file) else { return false }
        let starts = Array(
            stride(from: segment.lowerBound, through: segment.upperBound - entrySize, by: entrySize))
        let kept = starts.filter { start in !(number(file, start, 8).map(tags.contains) ?? false) }
        let content = kept.flatMap { file[$0..<$0 + entrySize] }
        guard kept.count < starts.count else { return false }
        // Entries of zeros are DT_NULL, the end of the list.
        let whole = content + [UInt8](repeating: 0, count: starts.count * entrySize - content.count)
        file.replaceSubrange(segment.lowerBound..<segment.lowerBound + whole.count, with: whole)
        return true
    }

    /// The bytes of the segment `PT_DYNAMIC`.
    private static func dynamicSegment(of file: [UInt8]) -> Range<Int>? {
        guard file.starts(with: [0x7f, 0x45, 0x4c, 0x46, 2, 1]), let table = offset(file, 32),
            let size = number(file, 54, 2), let count = number(file, 56, 2)
        else { return nil }
        for index in 0..<Int(count) {
            let (header, isPastEnd) = table.addingReportingOverflow(index * Int(size))
            guard !isPastEnd, let kind = number(file, header, 4) else { return nil }
            guard kind == dynamicType else { continue }
            guard let start = offset(file, header + 8), let length = offset(file, header + 32),
                length <= file.count - start
            else { return nil }
            return start..<start + length
        }
        return nil
    }

    /// Reads an offset or size that is not beyond the end of the file.
    private static func offset(_ file: [UInt8], _ position: Int) -> Int? {
        number(file, position, 8).flatMap { $0 <= UInt64(file.count) ? Int($0) : nil }
    }

    private static func number(_ file: [UInt8], _ position: Int, _ size: Int) -> UInt64? {
        guard position >= 0, position <= file.count - size else { return nil }
        return file[position..<position + size].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
