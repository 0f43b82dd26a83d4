/// A part of an ELF file as its program header lists it (elf(5)). 64-bit little-endian files only.
struct ELFSegment {
    static let load = 1
    static let dynamic = 2
    var type: Int
    var offset: Int
    var address: UInt64
    var size: Int

    /// The parts of a file, each within it; none for a damaged file or one of another kind.
    static func all(in file: UnsafeRawBufferPointer) -> [ELFSegment] {
        guard file.starts(with: [0x7f, 0x45, 0x4c, 0x46, 2, 1]), let table = file.number(at: 32, 8),
            table < UInt64(file.count), let size = file.number(at: 54, 2), let count = file.number(at: 56, 2)
        else { return [] }
        return (0..<min(Int(count), 256)).compactMap { number in
            let position = Int(table) + number * Int(size)
            guard let type = file.number(at: position, 4), let offset = file.number(at: position + 8, 8),
                let address = file.number(at: position + 16, 8), let size = file.number(at: position + 32, 8),
                offset < UInt64(file.count), size <= UInt64(file.count)
            else { return nil }
            return ELFSegment(type: Int(type), offset: Int(offset), address: address, size: Int(size))
        }
    }
}

extension UnsafeRawBufferPointer {
    /// A little-endian number; `nil` beyond the end.
    func number(at position: Int, _ bytes: Int) -> UInt64? {
        guard position >= 0, position <= count - bytes else { return nil }
        return self[position..<position + bytes].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Text that ends with a NUL; `nil` beyond the end.
    func text(at position: Int) -> String? {
        guard position >= 0, position < count else { return nil }
        return String(decoding: self[position...].prefix(4096).prefix { $0 != 0 }, as: UTF8.self)
    }
}
