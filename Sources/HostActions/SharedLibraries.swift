/// What an ELF file says of the shared libraries that it is linked with: `DT_NEEDED` and
/// `DT_RUNPATH` (elf(5)). 64-bit little-endian files only. A damaged file has fewer or none.
package struct SharedLibraries: Hashable, Sendable {
    /// Names such as `librte_eal.so.23`.
    package private(set) var names: [String] = []
    /// The directories in which the loader looks for them first.
    package private(set) var directories: [String] = []

    private enum Tag: UInt64 {
        case needed = 1
        case strings = 5
        case rpath = 15
        case runpath = 29
    }

    /// Reads a file's content; `nil` for a file of another kind. Every offset is checked, and the
    /// length of tables is limited.
    package init?(in file: UnsafeRawBufferPointer) {
        guard file.starts(with: [0x7f, 0x45, 0x4c, 0x46, 2, 1]) else { return nil }
        let segments = ELFSegment.all(in: file)
        guard let dynamic = segments.first(where: { $0.type == ELFSegment.dynamic }) else { return }
        var entries: [(tag: Tag, value: UInt64)] = []
        for number in 0..<min(dynamic.size / 16, 4096) {
            let position = dynamic.offset + 16 * number
            guard let tag = file.number(at: position, 8), let value = file.number(at: position + 8, 8), tag != 0 else {
                break
            }
            if let tag = Tag(rawValue: tag) { entries.append((tag, value)) }
        }
        guard let address = entries.first(where: { $0.tag == .strings })?.value,
            let strings = segments.first(where: {
                $0.type == ELFSegment.load && address >= $0.address && address - $0.address < UInt64($0.size)
            })
        else { return }
        let table = strings.offset + Int(address - strings.address)
        for entry in entries where entry.tag != .strings {
            guard entry.value < UInt64(file.count), let text = file.text(at: table + Int(entry.value)) else { continue }
            if entry.tag == .needed {
                names.append(text)
            } else {
                directories += text.split(separator: ":").map(String.init)
            }
        }
    }
}
