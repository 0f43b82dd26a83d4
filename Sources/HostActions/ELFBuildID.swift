/// The build identifier in an ELF file (elf(5), `NT_GNU_BUILD_ID`): two files with the same one are
/// the same program. 64-bit little-endian files only.
package struct ELFBuildID: Hashable, Sendable {
    /// Hexadecimal digits.
    package private(set) var text: String

    private static let note = 4
    private static let buildID = 3

    /// Reads a file's content; `nil` for a file of another kind or without an identifier.
    package init?(in file: UnsafeRawBufferPointer) {
        for segment in ELFSegment.all(in: file) where segment.type == Self.note {
            var position = segment.offset
            let end = segment.offset + segment.size
            while position + 12 <= end, let nameSize = file.number(at: position, 4),
                let size = file.number(at: position + 4, 4), let type = file.number(at: position + 8, 4)
            {
                let content = position + 12 + Self.padded(nameSize)
                guard nameSize < 4096, size < 4096, content + Self.padded(size) <= file.count else { return nil }
                if type == Self.buildID, file.text(at: position + 12) == "GNU" {
                    text = file[content..<content + Int(size)].map { byte in
                        let digits = String(byte, radix: 16)
                        return digits.utf8.count == 1 ? "0" + digits : digits
                    }.joined()
                    return
                }
                position = content + Self.padded(size)
            }
        }
        return nil
    }

    private static func padded(_ size: UInt64) -> Int { Int(size + 3) & ~3 }
}
