/// A minimal ELF program for tests.
package enum ELFFile {
    /// The bytes of a 64-bit little-endian program that is linked with these libraries (elf(5)).
    package static func program(libraries: [String], runpath: String? = nil) -> [UInt8] {
        var strings: [UInt8] = [0]
        var dynamic: [UInt8] = []
        func entry(_ tag: Int, _ value: Int) { dynamic += number(tag, 8) + number(value, 8) }
        func string(_ text: String) -> Int {
            defer { strings += Array(text.utf8) + [0] }
            return strings.count
        }
        for library in libraries { entry(1, string(library)) }
        if let runpath { entry(29, string(runpath)) }
        let headers = 64 + 2 * 56
        let address = 0x400000
        let table = headers + dynamic.count + 2 * 16
        entry(5, address + table)
        entry(0, 0)
        let size = table + strings.count
        let start: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1] + [UInt8](repeating: 0, count: 9)
        let header =
            start + number(2, 2) + number(62, 2) + number(1, 4) + number(0, 8) + number(64, 8) + number(0, 8)
            + number(0, 4)
            + number(64, 2) + number(56, 2) + number(2, 2) + number(0, 6)
        let load = segment(1, offset: 0, address: address, size: size)
        return header + load + segment(2, offset: headers, address: address + headers, size: dynamic.count) + dynamic
            + strings
    }

    private static func segment(_ type: Int, offset: Int, address: Int, size: Int) -> [UInt8] {
        number(type, 4) + number(4, 4) + number(offset, 8) + number(address, 8) + number(address, 8) + number(size, 8)
            + number(size, 8)
            + number(8, 8)
    }

    private static func number(_ number: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 < 8 ? number >> (8 * $0) : 0) }
    }
}
